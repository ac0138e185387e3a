import type { ConfusionMatrix } from "./classification.ts";
import { fixed } from "./fixed.ts";

export interface ImbalancedRow {
  readonly precision: number;
  /** Sensitivity. */
  readonly recall: number;
  /** The other class's recall. */
  readonly specificity: number;
  readonly f1: number;
  readonly geometricMean: number;
  /** Index of balanced accuracy, alpha .1. */
  readonly indexBalancedAccuracy: number;
  /** Pictures that the row counts. */
  readonly support: number;
}

/** Numbers are 0 where a quotient is 0 / 0, as imbalanced-learn prints them. */
export interface ImbalancedReport {
  readonly real: ImbalancedRow;
  readonly fake: ImbalancedRow;
  /** Weighted by support. */
  readonly average: ImbalancedRow;
}

const columns = {
  pre: "precision",
  rec: "recall",
  spe: "specificity",
  f1: "f1",
  geo: "geometricMean",
  iba: "indexBalancedAccuracy",
} as const satisfies Record<string, keyof ImbalancedRow>;
const alpha = 0.1;

/** What imbalanced-learn's `classification_report_imbalanced` counts, of each class and on average. */
export function imbalancedReport([[tn, fp], [fn, tp]]: ConfusionMatrix): ImbalancedReport {
  const real = row(tn, fn, fp, share(tp, tp + fn));
  const fake = row(tp, fp, fn, share(tn, tn + fp));
  const support = real.support + fake.support;
  const mean = (of: (row: ImbalancedRow) => number) =>
    share(of(real) * real.support + of(fake) * fake.support, support);
  const means = Object.fromEntries(Object.values(columns).map((name) => [name, mean((row) => row[name])]));
  return { real, fake, average: { ...(means as unknown as ImbalancedRow), support } };
}

/** The report to the character as imbalanced-learn prints it (target names real and fake). */
export function formatImbalancedReport({ real, fake, average }: ImbalancedReport, digits = 2): string {
  const width = Math.max("avg / total".length, digits);
  const line = (name: string, cells: readonly string[]) =>
    `${name.padStart(width)}  ${cells.map((cell) => cell.padStart(9)).join(" ")}\n`;
  const numbers = (name: string, row: ImbalancedRow) =>
    line(name, [...Object.values(columns).map((column) => fixed(row[column], digits)), String(row.support)]);
  return [
    line("", [...Object.keys(columns), "sup"]),
    "\n",
    numbers("real", real),
    numbers("fake", fake),
    "\n",
    numbers("avg / total", average),
  ].join("");
}

function row(hits: number, falsely: number, missed: number, specificity: number): ImbalancedRow {
  const recall = share(hits, hits + missed);
  const product = recall * specificity;
  return {
    precision: share(hits, hits + falsely),
    recall,
    specificity,
    f1: share(2 * hits, 2 * hits + falsely + missed),
    geometricMean: Math.sqrt(product),
    indexBalancedAccuracy: (1 + alpha * (recall - specificity)) * product,
    support: hits + missed,
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
