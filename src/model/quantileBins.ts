import { setImmediate } from "node:timers/promises";
import type { Rng } from "../core/rng.ts";

/** A table whose values were replaced by the numbers of the bins that they fall into, column by column. */
export interface BinnedTable {
  /** bins[column][row], 0..254: how many of the column's edges lie below the value   // [width][n] */
  readonly bins: readonly Uint8Array[];
  /** Ascending; a value at an edge belongs to the bin below it. None for a column that does not vary. */
  readonly edges: readonly Float64Array[];
}

/** 255 bins, so that their numbers fit a byte with one to spare, as in LightGBM. */
const most = 255;
/** Rows that the quantiles are taken of, at most. */
const sampleSize = 50_000;
/** Rows binned at a time: what they hold of all columns stays in the cache, though the table lies row by row. */
const block = 256;

/**
 * Bins of about as many rows each, by quantiles of each column; where a column has at most 255 values, one a bin.
 * @param table [n, width], row by row; RangeError where a value is not finite
 * @param rng draws the rows that the quantiles are taken of, where there are more than 50,000
 */
export async function binTable(
  { width, data }: { readonly width: number; readonly data: Float32Array },
  n: number,
  rng: Rng,
  signal?: AbortSignal,
): Promise<BinnedTable> {
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong !== -1)
    throw new RangeError(
      `Trees need finite numbers: row ${Math.floor(wrong / width)}, column ${wrong % width} is ${data[wrong]}.`,
    );
  const rows = sampleRows(n, rng);
  const edges: Float64Array[] = [];
  for (let column = 0; column < width; column++) {
    edges.push(edgesOf(Float32Array.from(rows, (row) => data[row * width + column]!).sort()));
    await setImmediate();
    signal?.throwIfAborted();
  }
  const bins = edges.map(() => new Uint8Array(n));
  for (let from = 0; from < n; from += block) {
    const to = Math.min(n, from + block);
    for (let column = 0; column < width; column++) {
      const [own, steps] = [bins[column]!, edges[column]!];
      for (let row = from; row < to; row++) own[row] = below(steps, data[row * width + column]!);
    }
    if ((from / block) % 64 === 0) await setImmediate();
    signal?.throwIfAborted();
  }
  return { bins, edges };
}

/** Distinct rows, in ascending order. */
function sampleRows(n: number, rng: Rng): Uint32Array {
  const rows = Uint32Array.from({ length: n }, (_, i) => i);
  if (n <= sampleSize) return rows;
  for (let i = 0; i < sampleSize; i++) {
    const j = i + rng.integer(n - i);
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
  return rows.slice(0, sampleSize).sort();
}

/**
 * Walks up the values and closes a bin once it holds its share of the rows that are left, so that one value of many
 * rows (the zeros of a sparse column) costs one bin and leaves the others to the rest.
 */
function edgesOf(sorted: Float32Array): Float64Array {
  let values = 1;
  for (let i = 1; i < sorted.length; i++) if (sorted[i]! > sorted[i - 1]!) values++;
  const edges: number[] = [];
  let begin = 0;
  for (let i = 1; i < sorted.length && edges.length < most - 1; i++) {
    if (sorted[i] === sorted[i - 1]) continue;
    values--;
    const left = most - edges.length; // bins, this one among them
    if (values >= left && (i - begin) * left < sorted.length - begin) continue;
    edges.push(between(sorted[i - 1]!, sorted[i]!));
    begin = i;
  }
  return Float64Array.from(edges);
}

/** A short number t near the middle with low <= t < high; 9 digits tell any two neighbouring 32-bit floats apart. */
function between(low: number, high: number): number {
  const middle = (low + high) / 2;
  const short = Number(middle.toPrecision(6));
  return low <= short && short < high ? short : Number(middle.toPrecision(9));
}

/** How many edges lie below the value. */
function below(edges: Float64Array, value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
