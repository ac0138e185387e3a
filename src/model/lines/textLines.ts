import { UnionFind } from "../../data/unionFind.ts";
import type { Pixels } from "../../image/codec.ts";
import type { Window } from "../../image/window.ts";

/** Levels of luma, 0..255, between neighbours that make an edge. */
const edge = 28;
/** Of a picture 1,080 pixels wide, in its pixels; others in proportion to their width. */
const reference = 1080;
/** Gaps between edges of one row that belong to one line: letters and words, not columns. */
const gap = 22;
const lowest = 9;
const highest = 110;
/** Width over height that a line of text has at least: a digit and more. */
const slimmest = 0.7;
/** A capture of several screens has a few hundred; of what has more, no text, the topmost are looked at. */
const most = 400;

/** Luma, ITU-R BT.601, rounded   // [height, width], 0..255 */
export function lumaOf({ width, height, data }: Pixels): Uint8Array {
  const luma = new Uint8Array(width * height);
  for (let i = 0, from = 0; i < luma.length; i++, from += 3)
    luma[i] = (19595 * data[from]! + 38470 * data[from + 1]! + 7471 * data[from + 2]! + 32768) >> 16;
  return luma;
}

/**
 * Where a screenshot shows text: edges are joined along rows over gaps as long as a space, and what hangs together and
 * has the size of a line is one. Small icons are lines, too: they are drawn alike, and compared alike. From top to
 * bottom, at most 400.
 * @param luma [height, width], 0..255
 */
export function findTextLines(luma: Uint8Array, { width, height }: { width: number; height: number }): Window[] {
  const scale = width / reference;
  const reach = Math.max(3, Math.round(gap * scale));
  const runs = edgeRuns(luma, width, height, reach);
  return boxesOf(runs)
    .filter(
      (box) => box.height >= lowest * scale && box.height <= highest * scale && box.width >= slimmest * box.height,
    )
    .sort((a, b) => a.top - b.top || a.left - b.left)
    .slice(0, most);
}

/** Stretches of a row: y, from, to (exclusive). */
interface Runs {
  readonly y: number[];
  readonly from: number[];
  readonly to: number[];
  /** Runs of neighbouring rows that hang together, two numbers a pair. */
  readonly pairs: number[];
}

function edgeRuns(luma: Uint8Array, width: number, height: number, reach: number): Runs {
  const runs: Runs = { y: [], from: [], to: [], pairs: [] };
  let [aboveStart, aboveEnd] = [0, 0];
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const start = runs.y.length;
    let last = -1;
    for (let x = 0; x < width; x++) {
      if (!isEdge(luma, row + x, x, y, width, height)) continue;
      if (last >= 0 && x - last < reach) runs.to[runs.to.length - 1] = x + 1;
      else {
        runs.y.push(y);
        runs.from.push(x);
        runs.to.push(x + 1);
      }
      last = x;
    }
    joinRows(runs, aboveStart, aboveEnd, start);
    [aboveStart, aboveEnd] = [start, runs.y.length];
  }
  return runs;
}

function isEdge(luma: Uint8Array, at: number, x: number, y: number, width: number, height: number): boolean {
  const value = luma[at]!;
  return (
    (x > 0 && Math.abs(value - luma[at - 1]!) > edge) ||
    (x < width - 1 && Math.abs(value - luma[at + 1]!) > edge) ||
    (y > 0 && Math.abs(value - luma[at - width]!) > edge) ||
    (y < height - 1 && Math.abs(value - luma[at + width]!) > edge)
  );
}

/** Runs of a row hang together with those of the row above that they overlap. */
function joinRows({ from, to, pairs }: Runs, aboveStart: number, aboveEnd: number, start: number): void {
  let above = aboveStart;
  for (let run = start; run < from.length; run++) {
    while (above < aboveEnd && to[above]! <= from[run]!) above++;
    for (let other = above; other < aboveEnd && from[other]! < to[run]!; other++) pairs.push(other, run);
  }
}

function boxesOf({ y, from, to, pairs }: Runs): Window[] {
  const sets = new UnionFind(y.length);
  for (let i = 0; i < pairs.length; i += 2) sets.join(pairs[i]!, pairs[i + 1]!);
  const boxes = new Map<number, { left: number; top: number; right: number; bottom: number }>();
  for (let run = 0; run < y.length; run++) {
    const root = sets.find(run);
    const box = boxes.get(root);
    if (box === undefined) boxes.set(root, { left: from[run]!, top: y[run]!, right: to[run]!, bottom: y[run]! + 1 });
    else {
      box.left = Math.min(box.left, from[run]!);
      box.right = Math.max(box.right, to[run]!);
      box.bottom = y[run]! + 1;
    }
  }
  return [...boxes.values()].map(({ left, top, right, bottom }) => ({
    left,
    top,
    width: right - left,
    height: bottom - top,
  }));
}
