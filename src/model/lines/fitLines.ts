import type { Rng } from "../../core/rng.ts";
import { fitLogistic } from "../../metrics/fitLogistic.ts";
import { type BoostedTrees, fitBoostedTrees } from "../boostedTrees.ts";
import { comparedWidth, compareLines } from "./compareLines.ts";
import type { LineHead } from "./lineHead.ts";
import { lineWidth, type MeasuredLines } from "./measureLines.ts";

/** A picture's lines, and the share of each that was edited, 0..1. */
export interface KnownLines extends Pick<MeasuredLines, "statistics"> {
  readonly edited: ArrayLike<number>;
}

export interface LineOptions {
  readonly trees: number;
  readonly leaves: number;
  readonly learningRate: number;
}

/** A line of which at least so much was edited is fake; one of which less than `untouched` was is genuine. */
const editedShare = 0.25;
const untouched = 0.02;

/** The trees, on every line whose truth is plain; undefined where no line, or every line, was edited. */
export async function fitLines(
  pictures: readonly KnownLines[],
  { trees, leaves, learningRate }: LineOptions,
  rng: Rng,
  onProgress: (done: number, of: number) => void,
): Promise<Pick<LineHead, "deviation" | "trees"> | undefined> {
  const deviation = deviationsOf(pictures);
  const plain = (share: number) => share >= editedShare || share < untouched;
  const count = pictures.reduce((sum, { edited }) => sum + Array.from(edited).filter(plain).length, 0);
  const data = new Float32Array(count * comparedWidth);
  const labels = new Uint8Array(count);
  let to = 0;
  for (const { statistics, edited } of pictures) {
    const rows = compareLines(statistics, deviation);
    for (let i = 0; i < statistics.length; i++) {
      if (!plain(edited[i]!)) continue;
      data.set(rows.subarray(i * comparedWidth, (i + 1) * comparedWidth), to * comparedWidth);
      labels[to++] = edited[i]! >= editedShare ? 1 : 0;
    }
  }
  const fakes = labels.reduce((sum, label) => sum + label, 0);
  if (fakes === 0 || fakes === count) return undefined;
  const grown: BoostedTrees = await fitBoostedTrees(
    { width: comparedWidth, data },
    labels,
    rng,
    { trees, leaves, learningRate },
    onProgress,
  );
  return { deviation, trees: grown };
}

/** To six digits: a model file holds them. */
function deviationsOf(pictures: readonly KnownLines[]): number[] {
  const sum = new Float64Array(lineWidth);
  const square = new Float64Array(lineWidth);
  let n = 0;
  for (const { statistics } of pictures)
    for (const line of statistics) {
      n++;
      for (let i = 0; i < lineWidth; i++) {
        sum[i]! += line[i]!;
        square[i]! += line[i]! ** 2;
      }
    }
  return Array.from(sum, (total, i) => {
    const variance = square[i]! / Math.max(1, n) - (total / Math.max(1, n)) ** 2;
    return Number(Math.sqrt(Math.max(variance, 1e-12)).toPrecision(6));
  });
}

/** Cells of pictures that the trees have not seen: what network and line said of each, NaN where no line is, and whether it was edited. */
export interface KnownCells {
  readonly network: number[];
  readonly line: number[];
  readonly edited: number[];
}

/** How much network and line count in a cell, by logistic regression on cells whose truth is known. */
export function fitCells({ network, line, edited }: KnownCells): LineHead["cells"] {
  const under = Float64Array.from(line, (logit) => (Number.isNaN(logit) ? 0 : 1));
  const weights = fitLogistic(
    [Float64Array.from(network), Float64Array.from(line, (logit) => (Number.isNaN(logit) ? 0 : logit)), under],
    Float64Array.from(edited),
  );
  return [...weights].map((weight) => Number(weight.toPrecision(6))) as LineHead["cells"];
}
