/** Row-major index of the k-th coefficient along the zigzag (T.81, figure A.6)   // [64] */
export const zigzag: Uint8Array = zigzagOrder();

function zigzagOrder(): Uint8Array {
  const order = new Uint8Array(64);
  let k = 0;
  for (let diagonal = 0; diagonal < 15; diagonal++) {
    const cells: number[] = [];
    for (let row = Math.max(0, diagonal - 7); row <= Math.min(7, diagonal); row++) cells.push(row * 8 + diagonal - row);
    // Odd diagonals run downwards, even ones upwards.
    for (const cell of diagonal % 2 === 1 ? cells : cells.reverse()) order[k++] = cell;
  }
  return order;
}
