import { z } from "zod";
import type { Pixels } from "../../image/codec.ts";
import type { Window } from "../../image/window.ts";
import { boostedLogit, boostedTrees } from "../boostedTrees.ts";
import { silent } from "../pooling.ts";
import type { CoarseMap } from "../predict.ts";
import { comparedWidth, compareLines } from "./compareLines.ts";
import { lineWidth, measureLines } from "./measureLines.ts";

/** Trees that say how little a line of text is like the others of its picture, fitted where masks exist. */
export const lineHead = z.object({
  statistics: z.literal("lines/2"),
  /** Of each number of a line over the pictures that it was fitted on: what distances are measured in. */
  deviation: z.array(z.number().positive()).length(lineWidth),
  trees: boostedTrees.refine(
    ({ trees }) => trees.every(({ feature }) => feature.every((column) => column < comparedWidth)),
    "trees that ask for numbers which a line does not have",
  ),
  /** What makes a cell's logit: of the network's, of its line's, of there being a line, and the bias. */
  cells: z.tuple([z.number(), z.number(), z.number(), z.number()]),
});
export type LineHead = z.infer<typeof lineHead>;

/** What the trees say of a picture's lines. */
export interface LineAnswers {
  readonly boxes: readonly Window[];
  /** Log odds that a line was edited, one each. */
  readonly logits: readonly number[];
}

export function examineLines(pixels: Pixels, head: Pick<LineHead, "deviation" | "trees">): LineAnswers {
  const { boxes, statistics } = measureLines(pixels);
  const rows = compareLines(statistics, head.deviation);
  const logits = boxes.map((_, i) =>
    boostedLogit(rows.subarray(i * comparedWidth, (i + 1) * comparedWidth), head.trees),
  );
  return { boxes, logits };
}

/** How many of the most suspicious lines are averaged. */
const topLines = [1, 2, 4] as const;
/** Of a picture without lines, and of places without one: less suspicious than any line. */
const quiet = -7;

/** Means of the highest lines, and the log of their number: what the picture's logit takes from them. */
export function pooledLines({ logits }: LineAnswers): number[] {
  const sorted = [...logits].sort((a, b) => b - a);
  const meanOf = (some: readonly number[]) =>
    some.reduce((sum, logit) => sum + Math.max(quiet, logit), 0) / some.length;
  return [
    ...topLines.map((k) => (sorted.length === 0 ? quiet : meanOf(sorted.slice(0, k)))),
    Math.log1p(sorted.length),
  ];
}

/** Of each cell the highest logit of the lines over it, NaN where there is none   // [height, width] */
export function cellsOfLines({ boxes, logits }: LineAnswers, { width, height, cell = 8 }: CoarseMap): Float32Array {
  const cells = new Float32Array(width * height).fill(Number.NaN);
  for (const [i, box] of boxes.entries()) {
    const right = Math.min(width, Math.ceil((box.left + box.width) / cell));
    const bottom = Math.min(height, Math.ceil((box.top + box.height) / cell));
    for (let y = Math.floor(box.top / cell); y < bottom; y++)
      for (let x = Math.floor(box.left / cell); x < right; x++) {
        const at = y * width + x;
        if (!(cells[at]! >= logits[i]!)) cells[at] = logits[i]!;
      }
  }
  return cells;
}

/** cell' = a cell + d, and + b line + c under a line; a cell that was not looked at stays as it is   // logits, [height, width] */
export function withLines(
  map: CoarseMap,
  lines: LineAnswers,
  { cells: [a, b, c, d] }: Pick<LineHead, "cells">,
): CoarseMap {
  const over = cellsOfLines(lines, map);
  const data = map.data.map((logit, i) =>
    logit <= silent ? logit : a * logit + d + (Number.isNaN(over[i]!) ? 0 : b * over[i]! + c),
  );
  return { ...map, data };
}
