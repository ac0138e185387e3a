/**
 * The k nearest other rows of every row by Euclidean distance, nearest first; of equals the first.   // [n, k]
 *
 * Every pair is measured: right for the rare class, which has at most thousands of rows.
 *
 * @param rows [n, width]
 */
export function nearestOthers(rows: Float32Array, width: number, k: number): Int32Array {
  const n = rows.length / width;
  if (!Number.isInteger(n) || k < 1 || k >= n) throw new RangeError(`${k} neighbours among ${n} rows: 1..${n - 1}.`);
  const nearest = new Int32Array(n * k);
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) distances[j] = i === j ? Number.POSITIVE_INFINITY : squaredDistance(rows, i, j, width);
    const order = Array.from(distances, (_, j) => j).sort((a, b) => distances[a]! - distances[b]! || a - b);
    nearest.set(order.slice(0, k), i * k);
  }
  return nearest;
}

function squaredDistance(rows: Float32Array, i: number, j: number, width: number): number {
  let sum = 0;
  for (let c = 0, a = i * width, b = j * width; c < width; c++, a++, b++) {
    const difference = rows[a]! - rows[b]!;
    sum += difference * difference;
  }
  return sum;
}
