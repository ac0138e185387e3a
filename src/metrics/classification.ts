import { missingClass, noPictures, onlyFake, onlyReal, type Ranked, type Value } from "./ranked.ts";

/** [[true negatives, false positives], [false negatives, true positives]]: rows are the truth, columns the answer. */
export type ConfusionMatrix = readonly [readonly [tn: number, fp: number], readonly [fn: number, tp: number]];

/** Counts where 1 = fake stands in both lists. */
export function confusionMatrix(labels: ArrayLike<number>, predicted: ArrayLike<number>): ConfusionMatrix {
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < labels.length; i++) counts[2 * labels[i]! + predicted[i]!]!++;
  return square(counts);
}

/** A picture is called fake where probability >= threshold. */
export function confusionAt({ labels, probabilities, weights }: Ranked, threshold: number): ConfusionMatrix {
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < labels.length; i++) {
    const isCalledFake = probabilities[i]! >= threshold ? 1 : 0;
    counts[2 * labels[i]! + isCalledFake]! += weights[i]!;
  }
  return square(counts);
}

/** (tp + tn) / n */
export function accuracy([[tn, fp], [fn, tp]]: ConfusionMatrix): Value {
  const n = tn + fp + fn + tp;
  return n === 0 ? noPictures : (tp + tn) / n;
}

/** (recall of the fakes + recall of the real ones) / 2 */
export function balancedAccuracy(matrix: ConfusionMatrix): Value {
  const [[tn, fp], [fn, tp]] = matrix;
  return missing(matrix) ?? (tp / (tp + fn) + tn / (tn + fp)) / 2;
}

/** tp / (tp + fp): of the pictures called fake, the share that is. scikit-learn prints 0 where none is called fake. */
export function precision([[, fp], [, tp]]: ConfusionMatrix): Value {
  return tp + fp === 0 ? { undefinedBecause: "no picture was called fake" } : tp / (tp + fp);
}

/** tp / (tp + fn): of the fakes, the share that was found. */
export function recall(matrix: ConfusionMatrix): Value {
  const [, [fn, tp]] = matrix;
  if (tp + fn > 0) return tp / (tp + fn);
  return missing(matrix) ?? onlyReal;
}

/** 2 tp / (2 tp + fp + fn) */
export function f1(matrix: ConfusionMatrix): Value {
  const [[tn, fp], [fn, tp]] = matrix;
  if (tp + fp + fn > 0) return (2 * tp) / (2 * tp + fp + fn);
  return tn === 0 ? noPictures : { undefinedBecause: "there is no fake and none was called fake" };
}

/**
 * (tp tn - fp fn) / sqrt((tp + fp)(tp + fn)(tn + fp)(tn + fn)), -1..1 (Matthews, 1975).
 * 0 where all answers are alike, as in scikit-learn.
 */
export function mcc(matrix: ConfusionMatrix): Value {
  const [[tn, fp], [fn, tp]] = matrix;
  const product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn);
  return missing(matrix) ?? (product === 0 ? 0 : (tp * tn - fp * fn) / Math.sqrt(product));
}

/** tn / (tn + fp): of the genuine pictures, the share that raises no alarm. */
export function specificity(matrix: ConfusionMatrix): Value {
  const [[tn, fp]] = matrix;
  if (tn + fp > 0) return tn / (tn + fp);
  return missing(matrix) ?? onlyFake;
}

/**
 * (1 + alpha (recall - specificity)) recall specificity: the squared geometric mean, more where fakes are found better
 * than genuine pictures are spared (Garcia et al., Index of Balanced Accuracy, 2009); alpha as in imbalanced-learn.
 */
export function indexBalancedAccuracy(matrix: ConfusionMatrix, alpha = 0.1): Value {
  const [[tn, fp], [fn, tp]] = matrix;
  const [found, spared] = [tp / (tp + fn), tn / (tn + fp)];
  return missing(matrix) ?? (1 + alpha * (found - spared)) * found * spared;
}

/** sqrt(recall of the fakes * recall of the real ones), as in imbalanced-learn (Kubat and Matwin, 1997). */
export function geometricMean(matrix: ConfusionMatrix): Value {
  const [[tn, fp], [fn, tp]] = matrix;
  return missing(matrix) ?? Math.sqrt((tp / (tp + fn)) * (tn / (tn + fp)));
}

function missing([[tn, fp], [fn, tp]]: ConfusionMatrix) {
  return missingClass({ real: tn + fp, fake: fn + tp });
}

function square([tn, fp, fn, tp]: number[]): ConfusionMatrix {
  return [
    [tn!, fp!],
    [fn!, tp!],
  ];
}
