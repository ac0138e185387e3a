import type { Size } from "../image/resample.ts";

/** How suspicious each cell of a picture is. Cell (column, row) covers cell x cell pixels from (column, row) * cell on. */
export interface CellMap extends Size {
  /** [height, width], 0..1 */
  readonly data: Float32Array;
  /** Side of a cell, in pixels of the picture as stored. */
  readonly cell: number;
}

/** x, y, width, height: whole pixels of the picture as stored. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Mean of the map over the cells at or above the threshold, 0..1. */
  readonly score: number;
  /** Of a slip whose layout is known: which of its fields. */
  readonly field?: string;
}

/** Nobody reads more boxes than these. */
const most = 12;

/** Cells between two hot ones in a row that are bridged: gaps between words and letters. */
const gap = 2;

/** A box of so few hot cells is a speck, unless no box is larger. */
const speck = 2;

/**
 * The places of a map at or above a threshold, as boxes, the most suspicious first: hot cells, gaps of one or two
 * bridged along rows, joined by 8-neighbourhood; specks of fewer than `speck` hot cells are dropped where anything
 * larger stands. At most 12; scores are those of the hot cells alone.
 */
export function regionsOf(map: CellMap, threshold: number, picture: Size): Region[] {
  const { width, height, data, cell } = map;
  const hot = bridged(data, { width, height }, threshold);
  const found: { score: number; cells: number; box: readonly [number, number, number, number] }[] = [];
  const stack: number[] = [];
  for (let start = 0; start < hot.length; start++) {
    if (hot[start] === 0) continue;
    let [left, top, right, bottom, sum, cells] = [width, height, -1, -1, 0, 0];
    stack.push(start);
    hot[start] = 0;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      const value = data[at]!;
      if (value >= threshold) [sum, cells] = [sum + value, cells + 1];
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const next = v * width + u;
          if (hot[next] === 0) continue;
          hot[next] = 0;
          stack.push(next);
        }
    }
    found.push({ score: sum / cells, cells, box: [left, top, right + 1, bottom + 1] });
  }
  const large = found.filter(({ cells }) => cells >= speck);
  return (large.length > 0 ? large : found)
    .sort((a, b) => b.score - a.score || b.cells - a.cells)
    .map(({ score, box }) => ({ ...pixelBox(box, cell, picture), score }))
    .filter((region) => region.width > 0 && region.height > 0)
    .slice(0, most);
}

/** 1 where a cell is at or above the threshold or lies in a short gap between two such of its row.   // [height, width] */
function bridged(data: Float32Array, { width, height }: Size, threshold: number): Uint8Array {
  const hot = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    let last = Number.NEGATIVE_INFINITY;
    for (let x = 0; x < width; x++) {
      if (!(data[y * width + x]! >= threshold)) continue;
      hot.fill(1, y * width + (x - last - 1 <= gap ? last + 1 : x), y * width + x + 1);
      last = x;
    }
  }
  return hot;
}

/** Cells to pixels, cut at the picture's edges. */
function pixelBox([left, top, right, bottom]: readonly [number, number, number, number], cell: number, picture: Size) {
  const [x, y] = [left * cell, top * cell];
  return {
    x,
    y,
    width: Math.min(right * cell, picture.width) - x,
    height: Math.min(bottom * cell, picture.height) - y,
  };
}

/** The field whose box ([x, y, width, height], in pixels) shares the most pixels with a region; undefined where none does. */
export function fieldAt(
  region: Pick<Region, "x" | "y" | "width" | "height">,
  boxes: Readonly<Record<string, readonly [x: number, y: number, width: number, height: number]>>,
): string | undefined {
  let best: string | undefined;
  let largest = 0;
  for (const [field, [x, y, width, height]] of Object.entries(boxes)) {
    const across = Math.min(region.x + region.width, x + width) - Math.max(region.x, x);
    const down = Math.min(region.y + region.height, y + height) - Math.max(region.y, y);
    const shared = Math.max(0, across) * Math.max(0, down);
    if (shared > largest) [best, largest] = [field, shared];
  }
  return best;
}
