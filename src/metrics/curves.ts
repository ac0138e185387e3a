import { countClasses, eachThreshold, missingClass, noPictures, onlyReal, type Ranked, type Value } from "./ranked.ts";

export interface RocPoint {
  readonly falseAlarmRate: number;
  readonly recall: number;
  /** Called fake where probability >= threshold; Infinity at the first point, where nothing is. */
  readonly threshold: number;
}

export interface PrecisionRecallPoint {
  readonly precision: number;
  readonly recall: number;
  readonly threshold: number;
}

/** One point per distinct probability, thresholds falling, from (0, 0) to (1, 1). Empty where a class is missing. */
export function rocCurve(ranked: Ranked): RocPoint[] {
  const { real, fake } = countClasses(ranked);
  if (real === 0 || fake === 0) return [];
  const points: RocPoint[] = [{ falseAlarmRate: 0, recall: 0, threshold: Number.POSITIVE_INFINITY }];
  eachThreshold(ranked, (tp, fp, threshold) => {
    points.push({ falseAlarmRate: fp / real, recall: tp / fake, threshold });
  });
  return points;
}

/** Thresholds falling, from (recall 0, precision 1), scikit-learn's closing point, to recall 1. Empty without fakes. */
export function precisionRecallCurve(ranked: Ranked): PrecisionRecallPoint[] {
  const { fake } = countClasses(ranked);
  if (fake === 0) return [];
  const points: PrecisionRecallPoint[] = [{ precision: 1, recall: 0, threshold: Number.POSITIVE_INFINITY }];
  eachThreshold(ranked, (tp, fp, threshold) => {
    points.push({ precision: tp / (tp + fp), recall: tp / fake, threshold });
  });
  return points;
}

/** P(score of a fake > score of a real one) + P(equal) / 2: the area under the ROC curve (Hanley and McNeil, 1982). */
export function rocAuc(ranked: Ranked): Value {
  const counts = countClasses(ranked);
  let area = 0;
  let [lastTp, lastFp] = [0, 0];
  eachThreshold(ranked, (tp, fp) => {
    area += ((fp - lastFp) * (tp + lastTp)) / 2;
    [lastTp, lastFp] = [tp, fp];
  });
  return missingClass(counts) ?? area / (counts.real * counts.fake);
}

/** sum of (recall_k - recall_k-1) * precision_k over falling thresholds: the area under the PR curve, by steps. */
export function averagePrecision(ranked: Ranked): Value {
  const { real, fake } = countClasses(ranked);
  if (fake === 0) return real === 0 ? noPictures : onlyReal;
  let sum = 0;
  let lastTp = 0;
  eachThreshold(ranked, (tp, fp) => {
    sum += ((tp - lastTp) / fake) * (tp / (tp + fp));
    lastTp = tp;
  });
  return sum;
}

/** The highest recall among thresholds whose false-alarm rate is at most `limit`; no point is interpolated. */
export function recallAtFpr(ranked: Ranked, limit: number): Value {
  const { real, fake } = countClasses(ranked);
  let best = 0;
  eachThreshold(ranked, (tp, fp) => {
    if (fp / real <= limit) best = tp / fake;
  });
  return missingClass({ real, fake }) ?? best;
}

/**
 * The area under the ROC curve up to a false-alarm rate, .5 for chance and 1 for perfect (McClish, Analyzing a Portion
 * of the ROC Curve, 1989); at the limit the curve is interpolated, as in scikit-learn.
 */
export function partialRocAuc(ranked: Ranked, limit: number): Value {
  const { real, fake } = countClasses(ranked);
  let area = 0;
  let [lastTp, lastFp] = [0, 0];
  eachThreshold(ranked, (tp, fp) => {
    const [from, to] = [lastFp / real, fp / real];
    const end = Math.min(to, limit);
    if (from < limit && end > from) {
      const recallAtEnd = (lastTp + ((tp - lastTp) * (end - from)) / (to - from)) / fake;
      area += ((end - from) * (recallAtEnd + lastTp / fake)) / 2;
    }
    [lastTp, lastFp] = [tp, fp];
  });
  const chance = limit ** 2 / 2;
  return missingClass({ real, fake }) ?? (1 + (area - chance) / (limit - chance)) / 2;
}

/**
 * The highest recall among thresholds that raise at most `share` of all pictures as alarms: what reviewers who can look
 * at so many find. Genuine pictures count as often as the prevalence says: `realPerFake`, or as they are.
 */
export function recallAtBudget(ranked: Ranked, share: number, realPerFake?: number): Value {
  const { real, fake } = countClasses(ranked);
  const factor = realPerFake === undefined ? 1 : (realPerFake * fake) / real;
  let best = 0;
  eachThreshold(ranked, (tp, fp) => {
    // Weights are no whole numbers: a budget that is met to the picture must not be missed by a last bit.
    if (tp + factor * fp <= share * (fake + factor * real) * (1 + 1e-12)) best = tp / fake;
  });
  return missingClass({ real, fake }) ?? best;
}
