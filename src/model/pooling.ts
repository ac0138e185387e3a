import { z } from "zod";
import type { CoarseMap } from "./predict.ts";

/** A logistic regression on the statistics below, fitted on pictures whose tiles the network did not learn from. */
export const poolingHead = z.object({
  statistics: z.enum(["tiles/1", "tiles+lines/1"]),
  mean: z.array(z.number()),
  deviation: z.array(z.number().positive()),
  weights: z.array(z.number()),
  bias: z.number(),
});
export type PoolingHead = z.infer<typeof poolingHead>;

/** What a network said of a picture's tiles. */
export interface TileAnswers {
  /** Logit of every cell   // [height, width] */
  readonly map: CoarseMap;
  /** One a tile; tiles of a single colour say nothing and are left out. */
  readonly tileLogits: readonly number[];
}

/** How many of the highest cells are averaged, and of the highest tiles. */
const topCells = [1, 4, 16, 64, 256, 1024] as const;
const topTiles = [1, 2, 4] as const;

/** Cells that were not looked at hold this logit. */
export const silent = -12;

/**
 * means of the highest cells after a 3 x 3 mean; means of the highest tiles; log of the cells above 0 and of the cells
 * that say anything: the most suspicious places, and how much there was to suspect.
 * Top-k pooling keeps a small edit from drowning in a large picture (FIELD 1: "top-1 % pooling works best").
 */
export function pooledStatistics({ map, tileLogits }: TileAnswers): Float64Array {
  const smooth = smoothed(map).sort().reverse();
  const tiles = [...tileLogits].sort((a, b) => b - a);
  const speaking = smooth.findIndex((logit) => logit <= silent + 1e-3);
  const said = speaking === -1 ? smooth.length : speaking;
  const above = smooth.findIndex((logit) => logit <= 0);
  return Float64Array.from([
    ...topCells.map((k) => meanOfFirst(smooth, k)),
    ...topTiles.map((k) => meanOfFirst(tiles, k)),
    Math.log1p(above === -1 ? smooth.length : above),
    Math.log1p(said),
  ]);
}

/** weights . (statistics - mean) / deviation + bias */
export function pooledLogit(statistics: ArrayLike<number>, head: PoolingHead): number {
  return head.weights.reduce(
    (sum, weight, i) => sum + (weight * (statistics[i]! - head.mean[i]!)) / head.deviation[i]!,
    head.bias,
  );
}

/** Penalty on the squared weights, in units of one picture's loss. */
const ridge = 1;
const steps = 3000;

/**
 * The head that makes the labels likeliest, under a ridge penalty: convex, so plain gradient descent with momentum
 * finds it. Both classes weigh the same, whatever their numbers.
 * @param rows statistics of pictures, one each   @param labels 1 for fake
 */
export function fitPooling(
  rows: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  statistics: PoolingHead["statistics"] = "tiles/1",
): PoolingHead {
  const width = rows[0]!.length;
  const columns = Array.from({ length: width }, (_, i) => rows.map((row) => row[i]!));
  const mean = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / rows.length);
  const deviation = columns.map(
    (column, i) => Math.sqrt(column.reduce((sum, value) => sum + (value - mean[i]!) ** 2, 0) / rows.length) || 1,
  );
  const x = rows.map((row) => mean.map((center, i) => (row[i]! - center) / deviation[i]!));
  const fakes = Array.from(labels).filter((label) => label === 1).length;
  const share = [rows.length / (2 * Math.max(1, rows.length - fakes)), rows.length / (2 * Math.max(1, fakes))];
  const weights = new Array<number>(width).fill(0);
  const speed = new Array<number>(width + 1).fill(0);
  let bias = 0;
  // The Hessian's norm is at most (width + 1) / 4 times the largest class weight.
  const rate = 2 / ((width + 1) * Math.max(...share));
  for (let step = 0; step < steps; step++) {
    const slope = new Array<number>(width + 1).fill(0);
    for (const [r, row] of x.entries()) {
      const z = row.reduce((sum, value, i) => sum + value * weights[i]!, bias);
      const off = (share[labels[r]!]! * (1 / (1 + Math.exp(-z)) - labels[r]!)) / x.length;
      for (let i = 0; i < width; i++) slope[i]! += off * row[i]!;
      slope[width]! += off;
    }
    for (let i = 0; i < width; i++) slope[i]! += (ridge * weights[i]!) / x.length;
    for (let i = 0; i <= width; i++) {
      speed[i] = 0.9 * speed[i]! - rate * slope[i]!;
      if (i < width) weights[i]! += speed[i]!;
      else bias += speed[i]!;
    }
  }
  return { statistics, mean, deviation, weights, bias };
}

/** The mean of each cell and its neighbours, those outside of the picture left out. */
function smoothed({ width, height, data }: CoarseMap): Float64Array {
  const across = new Float64Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const [left, right] = [x > 0, x < width - 1];
      const sum = data[at]! + (left ? data[at - 1]! : 0) + (right ? data[at + 1]! : 0);
      across[at] = sum / (1 + Number(left) + Number(right));
    }
  return Float64Array.from(across, (middle, at) => {
    const [above, below] = [at >= width, at < width * (height - 1)];
    return (
      (middle + (above ? across[at - width]! : 0) + (below ? across[at + width]! : 0)) /
      (1 + Number(above) + Number(below))
    );
  });
}

function meanOfFirst(sorted: ArrayLike<number>, k: number): number {
  const n = Math.min(k, sorted.length);
  if (n === 0) return silent;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += sorted[i]!;
  return sum / n;
}
