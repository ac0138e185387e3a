import type { Rng } from "../core/rng.ts";

/** Between which rows a new one lies. */
export interface Mix {
  /** Place in the table of neighbours [n, k]: row and neighbour at once, 0..n k - 1. */
  readonly place: number;
  /** How far towards the neighbour, 0..1. */
  readonly step: number;
}

/** Every pair of a row and a neighbour of it has the same chance, as in imbalanced-learn. */
export function drawMixes(count: number, places: number, rng: Rng): Mix[] {
  return Array.from({ length: count }, () => ({ place: rng.integer(places), step: rng.uniform() }));
}

/** x_i + step (x_j - x_i)   // [mixes, width] */
export function mixRows(
  rows: Float32Array,
  { width, neighbours, k }: { readonly width: number; readonly neighbours: Int32Array; readonly k: number },
  mixes: readonly Mix[],
): Float32Array {
  const made = new Float32Array(mixes.length * width);
  for (const [m, { place, step }] of mixes.entries()) {
    const from = Math.floor(place / k) * width;
    const towards = neighbours[place]! * width;
    for (let c = 0; c < width; c++)
      made[m * width + c] = rows[from + c]! + step * (rows[towards + c]! - rows[from + c]!);
  }
  return made;
}
