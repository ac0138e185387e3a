import type { BinnedTable } from "./quantileBins.ts";

/**
 * Inner node: its column and threshold; values <= threshold go to node `left`, others to `left` + 1.
 * Leaf: feature -1, and its value in `threshold`.   // [nodes] each, the root first, children behind their parent
 */
export interface RegressionTree {
  readonly feature: number[];
  readonly threshold: number[];
  readonly left: number[];
}

export interface TreeShape {
  /** Leaves, at most. */
  readonly leaves: number;
  /** Rows that a leaf keeps at least. */
  readonly minimum: number;
  /** Penalty on the squared values of leaves. */
  readonly ridge: number;
}

/** Rows order[from..to), with the sums of their gradients and hessians. */
interface Leaf {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly gradient: number;
  readonly hessian: number;
  /** Absent where no split may gain anything. */
  split?: Split;
  histogram?: Float64Array;
}

/** What goes left: bins up to this one of the column in this slot, with the sums of their rows. */
interface Split {
  readonly gain: number;
  readonly slot: number;
  readonly bin: number;
  readonly rows: number;
  readonly gradient: number;
  readonly hessian: number;
}

/** Of a bin: gradient, hessian, rows. */
const fields = 3;
const slotSize = 256 * fields;
/** Hessian that a side of a split must keep, and gain below which a split is rounding. */
const leastHessian = 1e-3;
const leastGain = 1e-9;

/** A number that is short in JSON: six digits. */
export const short = (value: number): number => Number(value.toPrecision(6));

/**
 * Grows trees on one table, leaf by leaf, always where it gains most (Shi, 2007; LightGBM: Ke et al., 2017):
 *
 *     gain  = GL^2 / (HL + ridge) + GR^2 / (HR + ridge) - G^2 / (H + ridge)
 *     value = -rate * G / (H + ridge)
 *
 * with G, H the sums of gradients and hessians. The histogram of a split's smaller side is counted, the other side's
 * is what the parent's leaves. Of equal gains, the first column and the lowest threshold.
 */
export class TreeGrower {
  readonly #table: BinnedTable;
  readonly #shape: TreeShape;
  readonly #order: Uint32Array;
  readonly #scratch: Uint32Array;
  /** Gradients and hessians of a leaf's rows, in its order. */
  readonly #gathered: [Float64Array, Float64Array];
  readonly #spare: Float64Array[] = [];

  constructor(table: BinnedTable, n: number, shape: TreeShape) {
    this.#table = table;
    this.#shape = shape;
    this.#order = new Uint32Array(n);
    this.#scratch = new Uint32Array(n);
    this.#gathered = [new Float64Array(n), new Float64Array(n)];
  }

  /**
   * One tree on these columns, whose leaf values are added to `logits`; undefined where no split gains anything.
   * @param gradient @param hessian of the loss, by row   // [n]
   */
  grow(
    columns: readonly number[],
    gradient: Float64Array,
    hessian: Float64Array,
    rate: number,
    logits: Float64Array,
  ): RegressionTree | undefined {
    const n = gradient.length;
    const { leaves: most, ridge } = this.#shape;
    for (let i = 0; i < n; i++) this.#order[i] = i;
    const tree: RegressionTree = { feature: [-1], threshold: [0], left: [0] };
    const root: Leaf = { node: 0, from: 0, to: n, gradient: sum(gradient), hessian: sum(hessian) };
    root.histogram = this.#count(root, columns, gradient, hessian);
    this.#seek(root, columns);
    const leaves = [root];
    while (leaves.length < most) {
      const best = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
      if (best.split === undefined) break;
      const { slot, bin } = best.split;
      const node = tree.feature.length;
      tree.feature[best.node] = columns[slot]!;
      tree.threshold[best.node] = this.#table.edges[columns[slot]!]![bin]!;
      tree.left[best.node] = node;
      tree.feature.push(-1, -1);
      tree.threshold.push(0, 0);
      tree.left.push(0, 0);
      const sides = this.#divide(best, best.split, columns[slot]!, node);
      leaves.splice(leaves.indexOf(best), 1, ...sides);
      // The last two leaves stay as they are.
      if (leaves.length < most) this.#open(best, sides, columns, gradient, hessian);
      else this.#spare.push(best.histogram!);
    }
    for (const leaf of leaves) {
      if (leaf.histogram !== undefined) this.#spare.push(leaf.histogram);
      const value = short((-rate * leaf.gradient) / (leaf.hessian + ridge));
      tree.threshold[leaf.node] = value;
      if (leaves.length > 1) for (let i = leaf.from; i < leaf.to; i++) logits[this.#order[i]!]! += value;
    }
    return leaves.length > 1 ? tree : undefined;
  }

  /** Rows of low bins to the front, each side in the order that it had. */
  #divide(leaf: Leaf, split: Split, column: number, node: number): [Leaf, Leaf] {
    const [order, scratch, bins] = [this.#order, this.#scratch, this.#table.bins[column]!];
    let [middle, others] = [leaf.from, 0];
    for (let i = leaf.from; i < leaf.to; i++) {
      const row = order[i]!;
      if (bins[row]! <= split.bin) order[middle++] = row;
      else scratch[others++] = row;
    }
    order.set(scratch.subarray(0, others), middle);
    const { gradient, hessian } = split;
    return [
      { node, from: leaf.from, to: middle, gradient, hessian },
      {
        node: node + 1,
        from: middle,
        to: leaf.to,
        gradient: leaf.gradient - gradient,
        hessian: leaf.hessian - hessian,
      },
    ];
  }

  /** Finds the splits of both sides; the parent's histogram becomes the larger side's. */
  #open(
    parent: Leaf,
    [left, right]: [Leaf, Leaf],
    columns: readonly number[],
    gradient: Float64Array,
    hessian: Float64Array,
  ): void {
    const [small, large] = left.to - left.from < right.to - right.from ? [left, right] : [right, left];
    large.histogram = parent.histogram!;
    if (large.to - large.from < 2 * this.#shape.minimum) return;
    small.histogram = this.#count(small, columns, gradient, hessian);
    const [whole, part] = [large.histogram, small.histogram];
    for (let i = 0; i < columns.length * slotSize; i++) whole[i]! -= part[i]!;
    this.#seek(small, columns);
    this.#seek(large, columns);
  }

  /** Sums of the leaf's rows by bin   // [columns, 256, fields] */
  #count({ from, to }: Leaf, columns: readonly number[], gradient: Float64Array, hessian: Float64Array): Float64Array {
    const [slopes, curvatures] = this.#gathered;
    const rows = this.#order.subarray(from, to);
    for (let i = 0; i < rows.length; i++) {
      slopes[i] = gradient[rows[i]!]!;
      curvatures[i] = hessian[rows[i]!]!;
    }
    const histogram = this.#spare.pop()?.fill(0) ?? new Float64Array(columns.length * slotSize);
    for (const [slot, column] of columns.entries())
      addRows(
        histogram.subarray(slot * slotSize, (slot + 1) * slotSize),
        this.#table.bins[column]!,
        rows,
        slopes,
        curvatures,
      );
    return histogram;
  }

  /** The leaf's best split, from its histogram. */
  #seek(leaf: Leaf, columns: readonly number[]): void {
    const { minimum, ridge } = this.#shape;
    const all = leaf.to - leaf.from;
    const histogram = leaf.histogram!;
    const before = leaf.gradient ** 2 / (leaf.hessian + ridge) + leastGain;
    let best = 0;
    for (const [slot, column] of columns.entries()) {
      const edges = this.#table.edges[column]!.length;
      let [rows, gradient, hessian] = [0, 0, 0];
      for (let bin = 0, at = slot * slotSize; bin < edges; bin++, at += fields) {
        const inBin = histogram[at + 2]!;
        if (inBin === 0) continue; // the same rows as one bin before
        gradient += histogram[at]!;
        hessian += histogram[at + 1]!;
        rows += inBin;
        if (rows < minimum || hessian < leastHessian) continue;
        if (all - rows < minimum || leaf.hessian - hessian < leastHessian) break;
        const rest = leaf.gradient - gradient;
        const gain =
          (gradient * gradient) / (hessian + ridge) + (rest * rest) / (leaf.hessian - hessian + ridge) - before;
        if (gain <= best) continue;
        best = gain;
        leaf.split = { gain, slot, bin, rows, gradient, hessian };
      }
    }
  }
}

/** The loop in which fitting spends its time. */
function addRows(
  histogram: Float64Array,
  bins: Uint8Array,
  rows: Uint32Array,
  slopes: Float64Array,
  curvatures: Float64Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const at = bins[rows[i]!]! * fields;
    histogram[at]! += slopes[i]!;
    histogram[at + 1]! += curvatures[i]!;
    histogram[at + 2]!++;
  }
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
