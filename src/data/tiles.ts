import type { Window } from "../image/window.ts";

/** Side of a cell of a network's map, in pixels: that of a JPEG block, so that every tile begins at a corner of one. */
export const cell = 8;

/** A tile, and the cells of the picture's map that it answers for. */
export interface Tile extends Window {
  /** In cells of the picture: every cell belongs to one tile, to the one in whose middle it lies deepest. */
  readonly cells: Window;
}

/** How a picture is covered. */
export interface Tiling {
  readonly tiles: readonly Tile[];
  /** Of the map, in cells. */
  readonly width: number;
  readonly height: number;
}

/**
 * Covers a picture with overlapping tiles, all of one size, at multiples of 8 pixels, no pixel resampled. A picture
 * that is smaller than a tile, or no multiple of 8, is mirrored out by as much.
 *
 * @param side of a tile, in pixels: a multiple of 8
 * @param overlap of neighbours at least, in pixels: a multiple of 16
 */
export function tilesOf(picture: { width: number; height: number }, side: number, overlap: number): Tiling {
  const columns = spans(picture.width, side, overlap);
  const rows = spans(picture.height, side, overlap);
  const tiles = rows.flatMap((row) =>
    columns.map((column) => ({
      left: column.start,
      top: row.start,
      width: side,
      height: side,
      cells: { left: column.from, top: row.from, width: column.to - column.from, height: row.to - row.from },
    })),
  );
  return { tiles, width: columns.at(-1)!.to, height: rows.at(-1)!.to };
}

/** Along one axis: where each tile starts, in pixels, and which cells are its own. */
function spans(length: number, side: number, overlap: number): { start: number; from: number; to: number }[] {
  const cells = Math.ceil(length / cell);
  const whole = Math.max(cells * cell, side);
  const starts: number[] = [];
  for (let start = 0; start + side < whole; start += side - overlap) starts.push(start);
  starts.push(whole - side);
  // Two neighbours share what they both see, half and half.
  const borders = starts.slice(1).map((start, i) => Math.round((starts[i]! + side + start) / 2 / cell));
  return starts.map((start, i) => ({ start, from: borders[i - 1] ?? 0, to: Math.min(borders[i] ?? cells, cells) }));
}
