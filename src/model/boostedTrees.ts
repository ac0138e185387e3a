import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import type { Rng } from "../core/rng.ts";
import { type RegressionTree, short, TreeGrower } from "./histogramTree.ts";
import { binTable } from "./quantileBins.ts";

/** Children stand behind their parent, so every walk ends. */
const isTree = ({ feature, threshold, left }: RegressionTree): boolean =>
  feature.length > 0 &&
  threshold.length === feature.length &&
  left.length === feature.length &&
  feature.every((column, node) => column === -1 || (left[node]! > node && left[node]! + 1 < feature.length));

/** Log odds of class 1: a bias and a value from every tree. In JSON, in a model file. */
export const boostedTrees = z.object({
  bias: z.number(),
  trees: z.array(
    z
      .object({ feature: z.array(z.int().min(-1)), threshold: z.array(z.number()), left: z.array(z.int()) })
      .refine(isTree, "not a tree: children must stand behind their parent, and all lists be as long"),
  ),
});
export type BoostedTrees = z.infer<typeof boostedTrees>;

/**
 * bias + sum over trees of the value of the leaf that the row falls into: log odds of class 1.
 * Values count as 32-bit floats, as in fitting. RangeError where a tree asks for a value that is NaN or missing.
 * @param row [width]
 */
export function boostedLogit(row: ArrayLike<number>, { bias, trees }: BoostedTrees): number {
  let logit = bias;
  for (const { feature, threshold, left } of trees) {
    let node = 0;
    for (let column = feature[0]!; column >= 0; column = feature[node]!) {
      const value = Math.fround(row[column]!);
      if (Number.isNaN(value)) throw new RangeError(`Trees need finite numbers: column ${column} is ${row[column]}.`);
      node = left[node]! + (value <= threshold[node]! ? 0 : 1);
    }
    logit += threshold[node]!;
  }
  return logit;
}

export interface BoostingOptions {
  readonly trees?: number;
  /** Leaves of a tree, at most. */
  readonly leaves?: number;
  /** What a tree's answer is multiplied by. */
  readonly learningRate?: number;
  /** Share of the columns that a tree is grown on, drawn anew for each, (0, 1]. */
  readonly columns?: number;
  /** Rows that a leaf keeps at least. */
  readonly minimum?: number;
  /** Penalty on the squared values of leaves. */
  readonly ridge?: number;
}

/**
 * Gradient boosting on log loss (Friedman, Greedy Function Approximation, 2001), with Newton's steps in the leaves and
 * histograms of 255 bins (Ke et al., LightGBM, 2017): every tree is grown on gradients p - y and hessians p (1 - p) of
 * the answers so far, from bias = log odds of class 1 in the table. Trees draw from the columns that vary, so a
 * constant one changes nothing. With labels of one class there are no trees, and half a row stands for the other.
 * Answers on the table's rows are those of `boostedLogit`, to the last bit.
 * @param table [n, width], row by row   @param labels 0 or 1   // [n]
 * @throws RangeError for values that are not finite and for tables and labels that do not belong together
 */
export async function fitBoostedTrees(
  table: { readonly width: number; readonly data: Float32Array },
  labels: Uint8Array,
  rng: Rng,
  options: BoostingOptions = {},
  onProgress?: (done: number, of: number) => void,
  signal?: AbortSignal,
): Promise<BoostedTrees> {
  const { trees = 300, leaves = 24, learningRate = 0.06, columns = 0.25, minimum = 20, ridge = 1 } = options;
  const n = labels.length;
  if (n === 0 || table.data.length !== n * table.width)
    throw new RangeError(`${n} labels need ${n} rows of ${table.width} values, not ${table.data.length} values.`);
  if (labels.some((label) => label > 1)) throw new RangeError("Labels are 0 or 1.");
  const ones = labels.reduce((sum, label) => sum + label, 0);
  const bias = short(Math.log(Math.max(ones, 0.5) / Math.max(n - ones, 0.5)));
  const binned = await binTable(table, n, rng.fork("rows"), signal);
  if (ones === 0 || ones === n) return { bias, trees: [] };

  const varying = [...binned.edges.keys()].filter((column) => binned.edges[column]!.length > 0);
  const share = Math.max(1, Math.round(columns * varying.length));
  const grower = new TreeGrower(binned, n, { leaves, minimum, ridge });
  const logits = new Float64Array(n).fill(bias);
  const [gradient, hessian] = [new Float64Array(n), new Float64Array(n)];
  const grown: RegressionTree[] = [];
  for (let t = 0; t < trees; t++) {
    await setImmediate();
    signal?.throwIfAborted();
    for (let i = 0; i < n; i++) {
      const p = 1 / (1 + Math.exp(-logits[i]!));
      gradient[i] = p - labels[i]!;
      hessian[i] = p * (1 - p);
    }
    const drawn = rng.fork(`tree/${t}`).shuffle(varying).slice(0, share);
    const tree = grower.grow(
      drawn.sort((a, b) => a - b),
      gradient,
      hessian,
      learningRate,
      logits,
    );
    if (tree !== undefined) grown.push(tree);
    onProgress?.(t + 1, trees);
  }
  return { bias, trees: grown };
}
