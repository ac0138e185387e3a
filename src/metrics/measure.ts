import { type Estimate, isDefined } from "../core/estimate.ts";
import type { Rng } from "../core/rng.ts";
import { groupBootstrap } from "./bootstrap.ts";
import { brier, brierSkill, expectedCalibrationError, logLoss } from "./calibration.ts";
import * as by from "./classification.ts";
import { averagePrecision, recallAtFpr, rocAuc } from "./curves.ts";
import { doubtPerfection, groupsOfRarerClass } from "./doubtPerfection.ts";
import { countClasses, rank } from "./ranked.ts";
import type { Scores } from "./scores.ts";

export const metricNames = [
  "loss",
  "accuracy",
  "balancedAccuracy",
  "precision",
  "recall",
  "f1",
  "mcc",
  "rocAuc",
  "prAuc",
  "recallAtFpr1",
  "brier",
  "brierSkill",
  "ece",
  "geometricMean",
] as const;
export type MetricName = (typeof metricNames)[number];

export type Metrics = Readonly<Record<MetricName, Estimate>>;

export interface Measurement {
  /** With 95 % intervals from resampled groups. */
  readonly metrics: Metrics;
  readonly confusionMatrix: by.ConfusionMatrix;
  readonly threshold: number;
}

/** Shares that can be perfect: there the resamples all agree, and the bootstrap would claim certainty. */
const shares: readonly MetricName[] = [
  "accuracy",
  "balancedAccuracy",
  "precision",
  "recall",
  "f1",
  "rocAuc",
  "prAuc",
  "recallAtFpr1",
  "geometricMean",
];

/**
 * Every metric of these scores, a picture being called fake where its probability >= threshold.
 * `n` is what a metric rests on: fakes for recall, pictures called fake for precision, else all pictures.
 */
export function measure(
  scores: Scores,
  { threshold, rng, replicates }: { readonly threshold: number; readonly rng: Rng; readonly replicates?: number },
): Measurement {
  const confusionMatrix = by.confusionAt(rank(scores), threshold);
  const estimates: Record<MetricName, Estimate> = groupBootstrap(
    scores,
    (sample) => {
      const matrix = by.confusionAt(sample, threshold);
      return {
        loss: logLoss(sample),
        accuracy: by.accuracy(matrix),
        balancedAccuracy: by.balancedAccuracy(matrix),
        precision: by.precision(matrix),
        recall: by.recall(matrix),
        f1: by.f1(matrix),
        mcc: by.mcc(matrix),
        rocAuc: rocAuc(sample),
        prAuc: averagePrecision(sample),
        recallAtFpr1: recallAtFpr(sample, 0.01),
        brier: brier(sample),
        brierSkill: brierSkill(sample),
        ece: expectedCalibrationError(sample),
        geometricMean: by.geometricMean(matrix),
      };
    },
    { rng: rng.fork("bootstrap"), ...(replicates === undefined ? {} : { replicates }) },
  );

  const trials = groupsOfRarerClass(scores);
  for (const name of shares) estimates[name] = doubtPerfection(estimates[name], trials);
  const [[, fp], [, tp]] = confusionMatrix;
  const { fake } = countClasses(rank(scores));
  const restsOn = (estimate: Estimate, n: number) => (isDefined(estimate) ? { ...estimate, n } : estimate);
  return {
    metrics: {
      ...estimates,
      precision: restsOn(estimates.precision, tp + fp),
      recall: restsOn(estimates.recall, fake),
      recallAtFpr1: restsOn(estimates.recallAtFpr1, fake),
    },
    confusionMatrix,
    threshold,
  };
}
