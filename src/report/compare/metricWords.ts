import type { ComparedMetric, ComparisonData } from "./comparisonData.ts";

interface MetricWords {
  readonly name: string;
  readonly meaning: string;
  /** Which way is better. */
  readonly better: "higher" | "lower";
  /** What an answer without knowledge gets at a share of fakes; left out where it depends on its threshold. */
  readonly guess?: (prevalence: number, data: Pick<ComparisonData, "budget">) => number;
}

/** How people read the metrics of a comparison, and what guessing, or always the base rate, would get. */
export const metricWords: Readonly<Record<ComparedMetric, MetricWords>> = {
  prAuc: { name: "PR-AUC", meaning: "average precision", better: "higher", guess: (p) => p },
  rocAuc: { name: "ROC-AUC", meaning: "a fake scores above a real one", better: "higher", guess: () => 0.5 },
  partialRocAuc: {
    name: "partial AUC",
    meaning: "below 5\u00a0% false alarms; .5 is chance",
    better: "higher",
    guess: () => 0.5,
  },
  recallAtFpr1: { name: "recall at 1\u00a0%", meaning: "false alarms", better: "higher", guess: () => 0.01 },
  recallAtBudget: {
    name: "recall at budget",
    meaning: "alarms that reviewers can look at",
    better: "higher",
    guess: (_, { budget }) => budget / 1000,
  },
  precision: { name: "precision", meaning: "of the alarms, right", better: "higher", guess: (p) => p },
  recall: { name: "recall", meaning: "of the fakes, found", better: "higher" },
  specificity: { name: "specificity", meaning: "of the real, left alone", better: "higher" },
  f1: { name: "F1", meaning: "of precision and recall", better: "higher" },
  geometricMean: { name: "G-mean", meaning: "geometric mean of both recalls", better: "higher" },
  indexBalancedAccuracy: { name: "IBA", meaning: "index of balanced accuracy, alpha .1", better: "higher" },
  balancedAccuracy: { name: "balanced accuracy", meaning: "mean recall of both classes", better: "higher" },
  accuracy: { name: "accuracy", meaning: "of all pictures, right", better: "higher" },
  loss: {
    name: "log loss",
    meaning: "in nats",
    better: "lower",
    guess: (p) => -p * Math.log(p) - (1 - p) * Math.log1p(-p),
  },
  brier: { name: "Brier score", meaning: "squared error", better: "lower", guess: (p) => p * (1 - p) },
  brierSkill: { name: "Brier skill", meaning: "0: always the base rate", better: "higher", guess: () => 0 },
  ece: { name: "ECE", meaning: "calibration error, 15 bins", better: "lower", guess: () => 0 },
};

/** `p = 0.008`, `p < 0.001` */
export function showP(p: number): string {
  if (p > 0.9995) return "p\u00a0=\u00a01";
  return p < 0.001 ? "p\u00a0<\u00a00.001" : `p\u00a0=\u00a0${p.toFixed(3)}`;
}

/** Holm-adjusted, below 5 %: chance alone would rarely show such a difference anywhere in the table. */
export function isClear(pAdjusted: number | null): boolean {
  return pAdjusted !== null && pAdjusted < 0.05;
}

/** `+0.049`, `−0.011` */
export function signed(x: number): string {
  return `${x < 0 ? "\u2212" : "+"}${Math.abs(x).toFixed(3)}`;
}
