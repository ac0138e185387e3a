import { fitLogistic } from "../../src/metrics/fitLogistic.ts";

/** Vectors with their labels. */
export interface Judging {
  /** [rows, width] */
  readonly x: Float32Array;
  readonly width: number;
  /** 1 = fake   // [rows] */
  readonly labels: ArrayLike<number>;
}

/**
 * score = distance to the nearest genuine row - distance to the nearest fake: the learner that knows by heart whatever
 * it has seen, and a copy of a row that it has seen at distance 0.   // [rows of `judged`]
 */
export function nearestNeighbourScores(judged: Judging, learnt: Judging): Float64Array {
  const { width } = judged;
  return Float64Array.from({ length: judged.labels.length }, (_, i) => {
    const nearest: [real: number, fake: number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let j = 0; j < learnt.labels.length; j++) {
      const label = learnt.labels[j] as 0 | 1;
      const limit = nearest[label];
      let sum = 0;
      for (let c = 0, a = i * width, b = j * width; c < width && sum < limit; c++, a++, b++)
        sum += (judged.x[a]! - learnt.x[b]!) ** 2;
      if (sum < limit) nearest[label] = sum;
    }
    return Math.sqrt(nearest[0]) - Math.sqrt(nearest[1]);
  });
}

/** What a learner that saw the rows `learnt` says of others: the higher, the more a fake   // [rows of `judged`] */
export type Learner = (judged: Judging, learnt: Judging) => Float64Array;

/** score = w x + b, by logistic regression: one number for each column, which is little to know anything by heart. */
export function linearScores(judged: Judging, learnt: Judging): Float64Array {
  const columns = Array.from({ length: learnt.width }, (_, c) =>
    Float64Array.from({ length: learnt.labels.length }, (_, i) => learnt.x[i * learnt.width + c]!),
  );
  const weights = fitLogistic(columns, Float64Array.from(learnt.labels));
  return Float64Array.from({ length: judged.labels.length }, (_, i) =>
    columns.reduce((sum, _, c) => sum + weights[c]! * judged.x[i * judged.width + c]!, weights.at(-1)!),
  );
}

/** Those rows alone. */
export function pick({ x, width, labels }: Judging, rows: readonly number[]): Judging {
  const picked = new Float32Array(rows.length * width);
  for (const [to, from] of rows.entries()) picked.set(x.subarray(from * width, (from + 1) * width), to * width);
  return { x: picked, width, labels: rows.map((row) => labels[row]!) };
}

/** One set of rows after the other. */
export function join(a: Judging, b: Judging): Judging {
  const x = new Float32Array(a.x.length + b.x.length);
  x.set(a.x);
  x.set(b.x, a.x.length);
  return { x, width: a.width, labels: [...Array.from(a.labels), ...Array.from(b.labels)] };
}

/** Every row judged by the rows of the other folds; `resample` adds rows to those that are learnt   // [rows] */
export function outOfFold(
  rows: Judging,
  folds: Int32Array,
  learner: Learner,
  resample: (learnt: Judging) => Judging = (learnt) => learnt,
): Float64Array {
  const scores = new Float64Array(rows.labels.length);
  for (const fold of new Set(folds)) {
    const places = Array.from(folds.keys());
    const inside = places.filter((i) => folds[i] === fold);
    const outside = places.filter((i) => folds[i] !== fold);
    const found = learner(pick(rows, inside), resample(pick(rows, outside)));
    for (const [k, row] of inside.entries()) scores[row] = found[k]!;
  }
  return scores;
}
