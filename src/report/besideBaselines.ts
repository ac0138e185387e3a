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
  /** Behind the point. */
  readonly digits: number;
}

/** Digits behind the point that say something of a number of this size, at least three. */
function digitsFor(share: number): number {
  return share > 0 ? Math.max(3, 1 - Math.floor(Math.log10(share))) : 3;
}

/** How well fakes are set before genuine pictures, whatever the threshold; last the accuracy, which says little. */
export function rankingRows({ baselines, budget }: RareFigures): BesideBaseline[] {
  const row = (metric: MetricName, name: string, meaning: string, baseline: number, digits = 3): BesideBaseline => ({
    ...{ metric, name, meaning, baseline, digits },
  });
  return [
    row("rocAuc", "ROC-AUC", "a fake scores above a real one", 0.5),
    row("partialRocAuc", "partial AUC", "below 5\u00a0% false alarms", 0.5),
    row("prAuc", "PR-AUC", "average precision", baselines.prAuc, digitsFor(baselines.prAuc)),
    row("recallAtFpr1", "recall at 1\u00a0%", "false alarms", 0.01),
    row("recallAtBudget", `recall at ${perThousand(budget)} in 1,000`, "alarms that are looked at", budget),
    row(
      "accuracy",
      "accuracy",
      "at “fake”, beside always “real”",
      baselines.accuracy,
      digitsFor(1 - baselines.accuracy),
    ),
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
  /** Behind the point. */
  readonly digits: number;
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
    digits: metric === "brierSkill" ? 3 : digitsFor(baselines.shareOfFakes),
  });
  return [
    row("loss", "log loss", "in nats", baselines.loss),
    row("brier", "Brier score", "squared error", baselines.brier),
    row("brierSkill", "Brier skill", "over the base rate", 0),
    row("ece", "ECE", "15 bins", baselines.ece),
  ];
}
