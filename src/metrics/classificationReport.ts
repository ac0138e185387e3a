import { type ConfusionMatrix, confusionMatrix } from "./classification.ts";
import { fixed } from "./fixed.ts";

export interface ReportRow {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Pictures that the row counts. */
  readonly support: number;
}

/** Numbers are 0 where a quotient is 0 / 0, as scikit-learn prints them. */
export interface ClassificationReport {
  readonly real: ReportRow;
  readonly fake: ReportRow;
  readonly accuracy: number;
  readonly macroAverage: ReportRow;
  readonly weightedAverage: ReportRow;
}

/** Precision, recall and F1 of each class and their means. Takes two lists of 0 and 1, or their confusion matrix. */
export function classificationReport(labels: ArrayLike<number>, predicted: ArrayLike<number>): ClassificationReport;
export function classificationReport(matrix: ConfusionMatrix): ClassificationReport;
export function classificationReport(first: ArrayLike<number> | ConfusionMatrix, predicted?: ArrayLike<number>) {
  const matrix = predicted ? confusionMatrix(first as ArrayLike<number>, predicted) : (first as ConfusionMatrix);
  const [[tn, fp], [fn, tp]] = matrix;
  const real = row(tn, fn, fp);
  const fake = row(tp, fp, fn);
  return {
    real,
    fake,
    accuracy: share(tp + tn, real.support + fake.support),
    macroAverage: mean(real, fake, 1, 1),
    weightedAverage: mean(real, fake, real.support, fake.support),
  };
}

/**
 * The report as `sklearn.metrics.classification_report` prints it, to the character (target names real and fake).
 * One departure: where not one answer is right, scikit-learn prints supports as 2.0; here they stay counts.
 */
export function formatClassificationReport(report: ClassificationReport, digits = 2): string {
  const width = Math.max("weighted avg".length, digits);
  const line = (name: string, cells: readonly string[]) =>
    `${name.padStart(width)} ${cells.map((cell) => ` ${cell.padStart(9)}`).join("")}\n`;
  const numbers = (name: string, { precision, recall, f1, support }: ReportRow) =>
    line(name, [...[precision, recall, f1].map((x) => fixed(x, digits)), String(support)]);

  return [
    line("", ["precision", "recall", "f1-score", "support"]),
    "\n",
    numbers("real", report.real),
    numbers("fake", report.fake),
    "\n",
    line("accuracy", ["", "", fixed(report.accuracy, digits), String(report.real.support + report.fake.support)]),
    numbers("macro avg", report.macroAverage),
    numbers("weighted avg", report.weightedAverage),
  ].join("");
}

function row(hits: number, falsely: number, missed: number): ReportRow {
  return {
    precision: share(hits, hits + falsely),
    recall: share(hits, hits + missed),
    f1: share(2 * hits, 2 * hits + falsely + missed),
    support: hits + missed,
  };
}

function mean(a: ReportRow, b: ReportRow, weightA: number, weightB: number): ReportRow {
  const of = (x: number, y: number) => share(x * weightA + y * weightB, weightA + weightB);
  return {
    precision: of(a.precision, b.precision),
    recall: of(a.recall, b.recall),
    f1: of(a.f1, b.f1),
    support: a.support + b.support,
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
