import type { Rng } from "../core/rng.ts";

/** Rows of facts: [n, width], row by row. */
export interface Rows {
  readonly width: number;
  readonly data: Float64Array;
}

export interface ForestOptions {
  readonly trees?: number;
  /** Rows that a leaf keeps at least. */
  readonly leaf?: number;
}

/** The share of fakes that a forest expects at a row of these facts, 0..1. */
export type Forest = (facts: ArrayLike<number>) => number;

/** Inner node: its feature and threshold, left where value < threshold; leaf: feature -1 and the share of fakes. */
interface Tree {
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/**
 * Extremely randomised trees (Geurts, Ernst and Wehenkel, 2006): every tree grows on all rows; a node draws
 * sqrt(width) features that vary in it, one threshold each, uniform between their ends there, and keeps the split
 * with the lowest Gini impurity. The forest's answer is the mean over its trees. Strong on tables of facts, and quick.
 */
export function growForest(
  rows: Rows,
  labels: Uint8Array,
  rng: Rng,
  { trees = 100, leaf = 4 }: ForestOptions = {},
): Forest {
  // Column by column: a node looks at few features of many rows.
  const columns = Float64Array.from(
    rows.data,
    (_, i) => rows.data[(i % labels.length) * rows.width + Math.floor(i / labels.length)]!,
  );
  const grown = Array.from({ length: trees }, (_, t) =>
    growTree({ width: rows.width, data: columns }, labels, rng.fork(`tree/${t}`), leaf),
  );
  return (facts) => grown.reduce((sum, tree) => sum + ask(tree, facts), 0) / grown.length;
}

function ask({ feature, threshold, left, right }: Tree, facts: ArrayLike<number>): number {
  let node = 0;
  while (feature[node]! >= 0) node = facts[feature[node]!]! < threshold[node]! ? left[node]! : right[node]!;
  return threshold[node]!;
}

/** data: [width, n] */
function growTree({ width, data }: Rows, labels: Uint8Array, rng: Rng, leaf: number): Tree {
  const n = labels.length;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const most = 2 * n;
  const tree = {
    feature: new Int32Array(most).fill(-1),
    threshold: new Float64Array(most),
    left: new Int32Array(most),
    right: new Int32Array(most),
  };
  const features = Int32Array.from({ length: width }, (_, i) => i);
  const tries = Math.max(1, Math.round(Math.sqrt(width)));
  let nodes = 1;
  // Nodes to split: their number and their rows, order[from..to).
  const open: [node: number, from: number, to: number][] = [[0, 0, n]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, from, to] = next;
    let fakes = 0;
    for (let i = from; i < to; i++) fakes += labels[order[i]!]!;
    const split = fakes === 0 || fakes === to - from || to - from < 2 * leaf ? undefined : bestSplit(from, to, fakes);
    if (split === undefined) {
      tree.threshold[node] = fakes / (to - from);
      continue;
    }
    const middle = partition(from, to, split.feature, split.threshold);
    tree.feature[node] = split.feature;
    tree.threshold[node] = split.threshold;
    tree.left[node] = nodes++;
    tree.right[node] = nodes++;
    open.push([tree.left[node]!, from, middle], [tree.right[node]!, middle, to]);
  }
  return tree;

  function bestSplit(from: number, to: number, fakes: number): { feature: number; threshold: number } | undefined {
    let best: { feature: number; threshold: number } | undefined;
    let bestScore = Number.NEGATIVE_INFINITY;
    // Features in random order, until enough were found that vary here and leave both sides large enough.
    for (let drawn = 0, found = 0; drawn < width && found < tries; drawn++) {
      const pick = drawn + rng.integer(width - drawn);
      const feature = features[pick]!;
      features[pick] = features[drawn]!;
      features[drawn] = feature;
      const column = data.subarray(feature * n, (feature + 1) * n);
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let i = from; i < to; i++) {
        const value = column[order[i]!]!;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      if (!(low < high)) continue;
      // In (low, high]: both sides hold at least one row.
      const threshold = high - (high - low) * rng.uniform();
      let [count, positive] = [0, 0];
      for (let i = from; i < to; i++) {
        const row = order[i]!;
        if (column[row]! < threshold) {
          count++;
          positive += labels[row]!;
        }
      }
      const rest = to - from - count;
      if (count < leaf || rest < leaf) continue;
      found++;
      // Sum over both sides of (fakes^2 + reals^2) / rows: the higher, the purer.
      const purity = (k: number, of: number) => (k * k + (of - k) * (of - k)) / of;
      const score = purity(positive, count) + purity(fakes - positive, rest);
      if (score > bestScore) [best, bestScore] = [{ feature, threshold }, score];
    }
    return best;
  }

  /** Rows below the threshold to the front; where the others begin. */
  function partition(from: number, to: number, feature: number, threshold: number): number {
    const column = data.subarray(feature * n, (feature + 1) * n);
    let middle = from;
    for (let i = from; i < to; i++) {
      const row = order[i]!;
      if (column[row]! >= threshold) continue;
      order[i] = order[middle]!;
      order[middle++] = row;
    }
    return middle;
  }
}

/**
 * Each row's answer from a forest that never saw its group: groups are dealt to 5 folds, the largest first, each to the
 * fold that holds the fewest rows so far   // [n], 0..1
 */
export function crossValidate(
  rows: Rows,
  labels: Uint8Array,
  groups: readonly string[],
  rng: Rng,
  options: ForestOptions = {},
): Float64Array {
  const fold = foldsOf(groups, rng.fork("folds"), 5);
  const answers = new Float64Array(labels.length);
  for (const held of new Set(fold)) {
    const fit = Int32Array.from(labels.keys()).filter((i) => fold[i] !== held);
    const own = { width: rows.width, data: new Float64Array(fit.length * rows.width) };
    fit.forEach((row, i) => {
      own.data.set(rows.data.subarray(row * rows.width, (row + 1) * rows.width), i * rows.width);
    });
    const forest = growForest(
      own,
      Uint8Array.from(fit, (i) => labels[i]!),
      rng.fork(`fold/${held}`),
      options,
    );
    for (let i = 0; i < labels.length; i++)
      if (fold[i] === held) answers[i] = forest(rows.data.subarray(i * rows.width, (i + 1) * rows.width));
  }
  return answers;
}

function foldsOf(groups: readonly string[], rng: Rng, folds: number): Int32Array {
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const held = new Array<number>(folds).fill(0);
  const foldOf = new Map<string, number>();
  for (const [group, size] of rng.shuffle([...sizes]).sort((a, b) => b[1] - a[1])) {
    const fold = held.indexOf(Math.min(...held));
    held[fold]! += size;
    foldOf.set(group, fold);
  }
  return Int32Array.from(groups, (group) => foldOf.get(group)!);
}
