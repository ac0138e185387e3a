import type { Mask } from "../data/protocols.ts";
import type { Window } from "../image/window.ts";
import type { Cells } from "../metrics/pixelCounts.ts";
import { centrePriorAt } from "../metrics/pixelCounts.ts";

/** A network's map over a picture. */
export interface PictureMap {
  readonly height: number;
  readonly width: number;
  /** [height, width], 0..1 */
  readonly data: Float32Array;
  /** Side of a cell in pixels, laid from the upper left corner; absent: the map is stretched over the picture. */
  readonly cell?: number;
}

/** The cells of a map with the pixels of the picture that lie in each, and the edited ones among them. */
export function cellsOf(map: PictureMap, mask: Mask): Cells {
  const columnOf = places(mask.width, map.width, map.cell);
  const rowOf = places(mask.height, map.height, map.cell);
  const edited = new Float32Array(map.data.length);
  const pixels = new Float32Array(map.data.length);
  for (let y = 0; y < mask.height; y++) {
    const row = rowOf[y]! * map.width;
    for (let x = 0, at = y * mask.width; x < mask.width; x++, at++) {
      const cell = row + columnOf[x]!;
      pixels[cell]!++;
      edited[cell]! += mask.data[at]!;
    }
  }
  return { score: map.data, edited, pixels };
}

/** The same cells as the centre prior scores them, each by its middle. */
export function centrePriorCells(cells: Cells, map: PictureMap, picture: { width: number; height: number }): Cells {
  const [wide, high] = [map.cell ?? picture.width / map.width, map.cell ?? picture.height / map.height];
  const score = Float32Array.from(cells.score, (_, i) =>
    centrePriorAt(((i % map.width) + 0.5) * wide, (Math.floor(i / map.width) + 0.5) * high, picture),
  );
  return { ...cells, score };
}

/** The same cells marked where a line of text lies over them, whatever it looks like: what a blind eye says of a slip. */
export function textPriorCells(
  cells: Cells,
  map: PictureMap,
  lines: readonly Window[],
  picture: { width: number; height: number },
): Cells {
  const [wide, high] = [map.cell ?? picture.width / map.width, map.cell ?? picture.height / map.height];
  const score = new Float32Array(cells.score.length);
  for (const { left, top, width, height } of lines)
    for (let row = Math.floor(top / high); row < Math.min(map.height, (top + height) / high); row++) {
      const from = row * map.width;
      score.fill(1, from + Math.floor(left / wide), from + Math.min(map.width, Math.ceil((left + width) / wide)));
    }
  return { ...cells, score };
}

/** The cell of each pixel along one side; pixels beyond the last cell belong to it. */
function places(length: number, cells: number, cell: number | undefined): Uint32Array {
  const place = (i: number) => (cell === undefined ? (i * cells) / length : i / cell);
  return Uint32Array.from({ length }, (_, i) => Math.min(cells - 1, Math.floor(place(i))));
}
