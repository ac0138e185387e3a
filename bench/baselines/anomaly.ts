/** What rows of genuine pictures look like: their mean, their spread, and how they vary together. */
export interface Normality {
  readonly mean: Float64Array; // [width]
  /** Standard deviation; 1 where a feature never varies   // [width] */
  readonly deviation: Float64Array;
  /** Weight of the identity in the shrunk covariance of the standardised rows, 0..1. */
  readonly shrinkage: number;
  /** L with L L^T = that covariance, row by row, lower triangle   // [width, width] */
  readonly factor: Float64Array;
}

/**
 * Mean and shrunk covariance of rows: (1 - a) S + a m I, where S is the covariance of the standardised rows, m the mean
 * of its diagonal, and a the weight that comes closest to the truth in expectation (Ledoit and Wolf, 2004).
 * Throws RangeError on fewer than 2 rows.
 */
export function fitNormality(rows: readonly ArrayLike<number>[]): Normality {
  const n = rows.length;
  if (n < 2) throw new RangeError(`${n} rows have no covariance; at least 2 do.`);
  const width = rows[0]!.length;
  const mean = new Float64Array(width);
  for (const row of rows) for (let i = 0; i < width; i++) mean[i]! += row[i]! / n;
  const deviation = new Float64Array(width);
  for (const row of rows) for (let i = 0; i < width; i++) deviation[i]! += (row[i]! - mean[i]!) ** 2 / n;
  for (let i = 0; i < width; i++) deviation[i] = Math.sqrt(deviation[i]!) || 1;

  const covariance = new Float64Array(width * width);
  let fourth = 0;
  for (const row of rows) {
    const z = standardised(row, { mean, deviation });
    let length = 0;
    for (let i = 0; i < width; i++) {
      length += z[i]! * z[i]!;
      for (let j = 0; j <= i; j++) covariance[i * width + j]! += (z[i]! * z[j]!) / n;
    }
    fourth += (length * length) / n;
  }
  let [trace, squares] = [0, 0];
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++) {
      const value = covariance[i * width + j]!;
      if (i === j) trace += value;
      squares += (i === j ? 1 : 2) * value * value;
    }
  // How far S lies from m I, and how much of that is the chance of n rows.
  const level = trace / width;
  const distance = squares - width * level * level;
  const chance = Math.min(distance, (fourth - squares) / n);
  const shrinkage = distance > 0 ? chance / distance : 1;
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++) {
      covariance[i * width + j]! *= 1 - shrinkage;
      if (i === j) covariance[i * width + j]! += shrinkage * level;
    }
  return { mean, deviation, shrinkage, factor: cholesky(covariance, width) };
}

/** How far a row lies from the genuine ones: sqrt((x - mean)^T C^-1 (x - mean)) (Mahalanobis, 1936), from 0 up. */
export function distanceOf(normality: Normality, row: ArrayLike<number>): number {
  const { factor } = normality;
  const z = standardised(row, normality);
  const width = z.length;
  let sum = 0;
  // L y = z, downwards; the distance is the length of y.
  for (let i = 0; i < width; i++) {
    let y = z[i]!;
    for (let j = 0; j < i; j++) y -= factor[i * width + j]! * z[j]!;
    y /= factor[i * width + i]!;
    z[i] = y;
    sum += y * y;
  }
  return Math.sqrt(sum);
}

/** Mean of the 3 largest, of fewer where there are fewer; 0 of none. */
export function meanOfLargest(distances: readonly number[]): number {
  const largest = [...distances].sort((a, b) => b - a).slice(0, 3);
  return largest.reduce((sum, distance) => sum + distance, 0) / Math.max(1, largest.length);
}

function standardised(
  row: ArrayLike<number>,
  { mean, deviation }: Pick<Normality, "mean" | "deviation">,
): Float64Array {
  return mean.map((centre, i) => (row[i]! - centre) / deviation[i]!);
}

/** Lower triangle of L with L L^T = matrix; a feature without any variance of its own gets a tiny one. */
function cholesky(matrix: Float64Array, width: number): Float64Array {
  const factor = new Float64Array(width * width);
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * width + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * width + k]! * factor[j * width + k]!;
      factor[i * width + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / factor[j * width + j]!;
    }
  return factor;
}
