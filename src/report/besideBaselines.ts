import type { Estimate } from "../core/estimate.ts";
import type { MetricName, Metrics, ProbabilityMetrics } from "../metrics/measure.ts";
import { perThousand } from "./rareWords.ts";
import type { ResultFigures } from "./resultFigures.ts";

/** A result's figures with its metrics at thresholds.fake. */
export type RareFigures = ResultFigures & { readonly metrics: Metrics };

/** A metric beside what an answer has that looks at no picture. */
export interface BesideBaseline {
  readonly metric: MetricName;
  readonly name: string;
  readonly meaning: string;
  readonly baseline: number;
}

/** How well fakes are set before genuine pictures, whatever the threshold; last the accuracy, which says little. */
export function rankingRows({ baselines, budget }: RareFigures): BesideBaseline[] {
  return [
    { metric: "rocAuc", name: "ROC-AUC", meaning: "a fake scores above a real one", baseline: 0.5 },
    { metric: "partialRocAuc", name: "partial AUC", meaning: "below 5\u00a0% false alarms", baseline: 0.5 },
    { metric: "prAuc", name: "PR-AUC", meaning: "average precision", baseline: baselines.prAuc },
    { metric: "recallAtFpr1", name: "recall at 1\u00a0%", meaning: "false alarms", baseline: 0.01 },
    {
      metric: "recallAtBudget",
      name: `recall at ${perThousand(budget)} in 1,000`,
      meaning: "alarms that are looked at",
      baseline: budget,
    },
    {
      metric: "accuracy",
      name: "accuracy",
      meaning: "at “fake”, beside always “real”",
      baseline: baselines.accuracy,
    },
  ];
}

/** How right the probabilities are, step by step. */
export interface ProbabilityRow {
  readonly metric: keyof ProbabilityMetrics;
  readonly name: string;
  readonly meaning: string;
  readonly raw: Estimate;
  readonly corrected?: Estimate;
  readonly calibrated: Estimate;
  /** Of always answering the share of fakes. */
  readonly baseRate: number;
}

export function probabilityRows({ baselines, beforeCalibration, metrics }: RareFigures): ProbabilityRow[] {
  const { raw, corrected } = beforeCalibration;
  const row = (metric: keyof ProbabilityMetrics, name: string, meaning: string, baseRate: number): ProbabilityRow => ({
    metric,
    name,
    meaning,
    raw: raw[metric],
    ...(corrected === undefined ? {} : { corrected: corrected[metric] }),
    calibrated: metrics[metric],
    baseRate,
  });
  return [
    row("loss", "log loss", "in nats", baselines.loss),
    row("brier", "Brier score", "squared error", baselines.brier),
    row("brierSkill", "Brier skill", "of the base rate", 0),
    row("ece", "ECE", "15 bins", baselines.ece),
  ];
}
