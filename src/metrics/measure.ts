import { type Estimate, isDefined } from "../core/estimate.ts";
import type { Rng } from "../core/rng.ts";
import { groupBootstrap } from "./bootstrap.ts";
import { brier, brierSkill, expectedCalibrationError, logLoss } from "./calibration.ts";
import * as by from "./classification.ts";
import { averagePrecision, partialRocAuc, recallAtBudget, recallAtFpr, rocAuc } from "./curves.ts";
import { doubtPerfection, groupsOfRarerClass } from "./doubtPerfection.ts";
import { atPrevalence } from "./prevalence.ts";
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
  "specificity",
  "indexBalancedAccuracy",
  "partialRocAuc",
  "recallAtBudget",
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
  "specificity",
  "partialRocAuc",
  "recallAtBudget",
];

/** False-alarm rate that the partial area goes up to. */
const partialLimit = 0.05;
/** Alarms in a thousand pictures that reviewers look at, where nobody says otherwise. */
export const usualBudget = 0.01;

export interface MeasureOptions {
  /** Called fake from this probability on. */
  readonly threshold: number;
  readonly rng: Rng;
  readonly replicates?: number;
  /** Share of fakes that the metrics are for, 0..1; default: that of these pictures. */
  readonly prevalence?: number | undefined;
  /** Alarms that reviewers look at, as a share of all pictures. */
  readonly budget?: number | undefined;
}

/**
 * Every metric of these scores, a picture being called fake where its probability >= threshold.
 * `n` is what a metric rests on: fakes for recall, genuine pictures for specificity, pictures called fake for precision,
 * else all pictures. With a prevalence the metrics that depend on it are weighted, in every resample anew; those that
 * compare each class with itself, and the counts of the confusion matrix, are what they were.
 */
export function measure(scores: Scores, options: MeasureOptions): Measurement {
  const { threshold, rng, replicates, prevalence, budget = usualBudget } = options;
  const realPerFake = prevalence === undefined ? undefined : (1 - prevalence) / prevalence;
  const confusionMatrix = by.confusionAt(rank(scores), threshold);
  const estimates: Record<MetricName, Estimate> = groupBootstrap(
    scores,
    (sample) => {
      const matrix = by.confusionAt(sample, threshold);
      const weighted = prevalence === undefined ? sample : atPrevalence(sample, prevalence);
      const weightedMatrix = prevalence === undefined ? matrix : by.confusionAt(weighted, threshold);
      return {
        loss: logLoss(weighted),
        accuracy: by.accuracy(weightedMatrix),
        balancedAccuracy: by.balancedAccuracy(matrix),
        precision: by.precision(weightedMatrix),
        recall: by.recall(matrix),
        f1: by.f1(weightedMatrix),
        mcc: by.mcc(weightedMatrix),
        rocAuc: rocAuc(sample),
        prAuc: averagePrecision(weighted),
        recallAtFpr1: recallAtFpr(sample, 0.01),
        brier: brier(weighted),
        brierSkill: brierSkill(weighted),
        ece: expectedCalibrationError(weighted),
        geometricMean: by.geometricMean(matrix),
        specificity: by.specificity(matrix),
        indexBalancedAccuracy: by.indexBalancedAccuracy(matrix),
        partialRocAuc: partialRocAuc(sample, partialLimit),
        recallAtBudget: recallAtBudget(sample, budget, realPerFake),
      };
    },
    { rng: rng.fork("bootstrap"), ...(replicates === undefined ? {} : { replicates }) },
  );

  const trials = groupsOfRarerClass(scores);
  for (const name of shares) estimates[name] = doubtPerfection(estimates[name], trials);
  const [[, fp], [, tp]] = confusionMatrix;
  const { real, fake } = countClasses(rank(scores));
  const restsOn = (estimate: Estimate, n: number) => (isDefined(estimate) ? { ...estimate, n } : estimate);
  return {
    metrics: {
      ...estimates,
      precision: restsOn(estimates.precision, tp + fp),
      recall: restsOn(estimates.recall, fake),
      recallAtFpr1: restsOn(estimates.recallAtFpr1, fake),
      specificity: restsOn(estimates.specificity, real),
      recallAtBudget: restsOn(estimates.recallAtBudget, fake),
    },
    confusionMatrix,
    threshold,
  };
}

/** Metrics of how right the probabilities are, whatever the threshold. */
export const probabilityMetrics = ["loss", "brier", "brierSkill", "ece"] as const satisfies readonly MetricName[];
export type ProbabilityMetrics = Readonly<Record<(typeof probabilityMetrics)[number], Estimate>>;

/** The same four for probabilities that no verdict is drawn from, on the same resamples as `measure` with this rng. */
export function measureProbabilities(
  scores: Scores,
  { rng, replicates, prevalence }: Omit<MeasureOptions, "threshold" | "budget">,
): ProbabilityMetrics {
  return groupBootstrap(
    scores,
    (sample) => {
      const weighted = prevalence === undefined ? sample : atPrevalence(sample, prevalence);
      return {
        loss: logLoss(weighted),
        brier: brier(weighted),
        brierSkill: brierSkill(weighted),
        ece: expectedCalibrationError(weighted),
      };
    },
    { rng: rng.fork("bootstrap"), ...(replicates === undefined ? {} : { replicates }) },
  );
}
