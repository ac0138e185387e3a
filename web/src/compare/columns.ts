import { type Estimate, isDefined } from "../../../src/core/estimate.ts";
import type {
  ComparedMetric,
  ComparedRatio,
  ComparedStrategy,
  ComparisonData,
  StrategyCost,
} from "../../../src/report/compare/comparisonData.ts";
import { isClear, metricWords, showP, signed } from "../../../src/report/compare/metricWords.ts";
import { bytes, duration } from "../../../src/report/compare/words.ts";
import { interval, showThree } from "./words.ts";

/** What stands in a cell of the table. */
export interface Cell {
  /** What the column is sorted by; undefined where there is no value. */
  readonly value?: number;
  readonly text: string;
  readonly interval?: string;
  readonly p?: string;
  /** Why there is no value. */
  readonly reason?: string;
  readonly isStrong?: boolean;
}

export interface Column {
  readonly key: string;
  readonly name: string;
  readonly meaning: string;
  readonly better: "higher" | "lower";
  readonly of: (strategy: ComparedStrategy) => Cell;
  /** Of training on as many fakes as genuine pictures. */
  readonly balanced?: Cell;
  /** Of an answer that knows nothing. */
  readonly guess?: string;
}

export const views = [
  { name: "finding", title: "Finding fakes" },
  { name: "threshold", title: "Threshold" },
  { name: "probabilities", title: "Probabilities" },
  { name: "cost", title: "Cost" },
] as const;
export type ViewName = (typeof views)[number]["name"];

/** The columns of a view, each one question. */
export function columnsOf(view: ViewName, ratio: ComparedRatio, data: ComparisonData): readonly Column[] {
  const of = (metric: ComparedMetric) => metricColumn(metric, ratio, data);
  if (view === "finding")
    return [
      of("prAuc"),
      againstColumn(data),
      of("rocAuc"),
      of("recallAtFpr1"),
      of("recallAtBudget"),
      of("partialRocAuc"),
    ];
  if (view === "threshold") return thresholdMetrics.map((metric) => ({ ...of(metric), ...alwaysReal(metric, ratio) }));
  if (view === "probabilities")
    return [...beforeAndAfter("ece", of), ...beforeAndAfter("brier", of), of("brierSkill"), of("loss")];
  return costColumns;
}

const thresholdMetrics = [
  "precision",
  "recall",
  "f1",
  "geometricMean",
  "indexBalancedAccuracy",
  "specificity",
  "accuracy",
] as const;

function metricColumn(metric: ComparedMetric, { prevalence, balanced }: ComparedRatio, data: ComparisonData): Column {
  const { name, meaning, better, guess } = metricWords[metric];
  return {
    key: metric,
    name,
    meaning,
    better,
    of: ({ metrics }) => estimateCell(metrics[metric]),
    balanced: estimateCell(balanced[metric]),
    ...(guess && { guess: guess(prevalence, data).toFixed(3) }),
  };
}

/** In the view of the threshold the row that knows nothing is “always real”, whose accuracy is high. */
function alwaysReal(metric: (typeof thresholdMetrics)[number], { prevalence }: ComparedRatio): { guess: string } {
  const known: Partial<Record<ComparedMetric, number>> = { specificity: 1, accuracy: 1 - prevalence };
  if (metric === "precision" || metric === "f1") return { guess: "–" };
  return { guess: (known[metric] ?? 0).toFixed(3) };
}

function beforeAndAfter(metric: "ece" | "brier", of: (metric: ComparedMetric) => Column): Column[] {
  const { guess: _guess, balanced: _balanced, ...before } = of(metric);
  return [
    {
      ...before,
      key: `${metric}Before`,
      meaning: "before correction",
      of: ({ uncorrected }) => estimateCell(uncorrected[metric]),
    },
    { ...of(metric), meaning: "after" },
  ];
}

function againstColumn({ control }: ComparisonData): Column {
  return {
    key: "against",
    name: `against ${control}`,
    meaning: "PR-AUC, Holm-adjusted p",
    better: "higher",
    of: ({ name, pairedDifference }) => {
      if (name === control) return { value: 0, text: "" };
      const { estimate, pAdjusted } = pairedDifference?.prAuc ?? {
        estimate: { undefinedBecause: "not measured" },
        pAdjusted: null,
      };
      if (!isDefined(estimate)) return { text: "–", reason: estimate.undefinedBecause };
      return {
        value: estimate.value,
        text: signed(estimate.value),
        interval: interval(estimate, signed),
        ...(pAdjusted !== null && { p: showP(pAdjusted) }),
        isStrong: isClear(pAdjusted),
      };
    },
  };
}

const costColumns: readonly Column[] = [
  costColumn("trainSeconds", "training", "one model", duration),
  costColumn("members", "members", "mean", (n) => String(Number(n.toFixed(1)))),
  costColumn("rowsSeen", "rows seen", "by the optimizer", (n) => Math.round(n).toLocaleString("en")),
  costColumn("modelBytes", "weights", "beside the backbone", bytes),
  costColumn("inferenceMicroseconds", "answer", "a picture", (n) => `${Number(n.toPrecision(2))} µs`),
  costColumn("peakMemoryBytes", "memory", "peak", bytes),
];

function costColumn(key: keyof StrategyCost, name: string, meaning: string, show: (n: number) => string): Column {
  return {
    key,
    name,
    meaning,
    better: "lower",
    of: ({ cost }) => ({ value: cost[key], text: show(cost[key]) }),
  };
}

function estimateCell(estimate: Estimate): Cell {
  if (!isDefined(estimate)) return { text: "–", reason: estimate.undefinedBecause };
  return { value: estimate.value, text: showThree(estimate.value), interval: interval(estimate, showThree) };
}
