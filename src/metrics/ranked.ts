/** Scores in falling order, sample i counted weights[i] times: what every metric reads. */
export interface Ranked {
  /** 1 = fake   // [n] */
  readonly labels: Uint8Array;
  /** Never rising   // [n] */
  readonly probabilities: Float64Array;
  /** All 1 for the data themselves, counts 0, 1, 2, … in a resample, no whole numbers at a prevalence   // [n] */
  readonly weights: Float64Array;
}

/** A metric's value, or the reason why these data have none. */
export type Value = number | { readonly undefinedBecause: string };

/** Sorts once; a resample then only changes the weights. */
export function rank(scores: { readonly labels: Uint8Array; readonly probabilities: Float64Array }): Ranked {
  const order = rankOrder(scores.probabilities);
  return {
    labels: Uint8Array.from(order, (i) => scores.labels[i]!),
    probabilities: Float64Array.from(order, (i) => scores.probabilities[i]!),
    weights: new Float64Array(order.length).fill(1),
  };
}

/** Indices in falling order of the probabilities; equal ones keep their order. */
export function rankOrder(probabilities: Float64Array): Uint32Array {
  return Uint32Array.from(probabilities, (_, i) => i).sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
}

/** Counts of fakes and of real ones at or above each distinct probability; those that no sample counts are skipped. */
export function eachThreshold(
  { labels, probabilities, weights }: Ranked,
  visit: (tp: number, fp: number, threshold: number) => void,
): void {
  let tp = 0;
  let fp = 0;
  let added = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = weights[i]!;
    added += weight;
    if (labels[i] === 1) tp += weight;
    else fp += weight;
    if (added === 0 || probabilities[i + 1] === probabilities[i]) continue;
    visit(tp, fp, probabilities[i]!);
    added = 0;
  }
}

/** How many genuine and how many fake pictures there are. */
export function countClasses({ labels, weights }: Ranked): { real: number; fake: number } {
  let fake = 0;
  let all = 0;
  for (let i = 0; i < labels.length; i++) {
    all += weights[i]!;
    fake += weights[i]! * labels[i]!;
  }
  return { real: all - fake, fake };
}

/** Why a metric that compares the two classes has no value here; undefined where it has one. */
export function missingClass(counts: { real: number; fake: number }): { undefinedBecause: string } | undefined {
  if (counts.real > 0 && counts.fake > 0) return undefined;
  if (counts.real === 0 && counts.fake === 0) return noPictures;
  return counts.fake === 0 ? onlyReal : onlyFake;
}

export const noPictures = { undefinedBecause: "there are no pictures" };
export const onlyReal = { undefinedBecause: "all pictures are real, there is no fake" };
export const onlyFake = { undefinedBecause: "all pictures are fake, there is no real one" };
