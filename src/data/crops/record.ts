import type { Pixels } from "../../image/codec.ts";
import { cutPixels } from "../../image/window.ts";
import { cell } from "../tiles.ts";

/**
 * A crop as it is kept: RGB [side, side, 3], then the edited pixels of each of its cells, 0..64, or 255 where nobody
 * knows // [side / 8, side / 8]
 */
export function recordBytes(side: number): number {
  return 3 * side * side + (side / cell) ** 2;
}

export function recordOf({ data }: Pixels, cells: Uint8Array): Uint8Array {
  const record = new Uint8Array(data.length + cells.length);
  record.set(data);
  record.set(cells, data.length);
  return record;
}

const unknownCell = 255;

export function unknown(side: number): Uint8Array {
  return new Uint8Array((side / cell) ** 2).fill(unknownCell);
}

/** A window of a record, which begins at multiples of 8. */
export interface RecordWindow {
  readonly left: number;
  readonly top: number;
  /** In pixels. */
  readonly side: number;
}

/** What a network is taught about a window of a record. */
export interface Truth {
  /** 1: edited by half at least   // [side / 8, side / 8] */
  readonly edited: Float32Array;
  /** 1; 0 where nobody knows, and where less than half is edited, which is neither yes nor no. */
  readonly weights: Float32Array;
  readonly label: 0 | 1;
}

/** `fake`: the picture's own label, which stands for the window's where nobody knows its cells. */
export function truthOf(
  record: Uint8Array,
  recordSide: number,
  { left, top, side }: RecordWindow,
  fake: boolean,
): Truth {
  const cells = side / cell;
  const columns = recordSide / cell;
  const from = 3 * recordSide * recordSide;
  const edited = new Float32Array(cells * cells);
  const weights = new Float32Array(cells * cells).fill(1);
  let [known, any] = [true, false];
  for (let y = 0; y < cells; y++)
    for (let x = 0; x < cells; x++) {
      const covered = record[from + (top / cell + y) * columns + left / cell + x]!;
      const at = y * cells + x;
      if (covered === unknownCell) {
        known = false;
        weights[at] = 0;
      } else if (covered >= (cell * cell) / 2) {
        any = true;
        edited[at] = 1;
      } else if (covered > 0) weights[at] = 0;
    }
  return { edited, weights, label: (known ? any : fake) ? 1 : 0 };
}

/** The pixels of a window of a record   // [side, side, 3] */
export function pixelsOf(record: Uint8Array, recordSide: number, { left, top, side }: RecordWindow): Pixels {
  const whole: Pixels = { width: recordSide, height: recordSide, channels: 3, data: record };
  return cutPixels(whole, { left, top, width: side, height: side });
}

/** Which sides change places: in the pixels and in the cells alike, since a window is a whole number of cells. */
export interface Mirror {
  readonly across: boolean;
  readonly down: boolean;
}

/** A table of `width` columns, each of `channels` numbers, mirrored   // [height, width, channels] -> the same */
export function mirrored<T extends Uint8Array | Float32Array>(
  table: T,
  { width, channels }: { readonly width: number; readonly channels: number },
  { across, down }: Mirror,
): T {
  const turned = table.slice() as T;
  const height = table.length / (width * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = ((down ? height - 1 - y : y) * width + (across ? width - 1 - x : x)) * channels;
      const to = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) turned[to + c] = table[from + c]!;
    }
  return turned;
}
