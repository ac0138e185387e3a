import type { Estimate } from "../core/estimate.ts";
import type { ProtocolResult } from "./reportData.ts";

/** One line of the table that sets the protocols side by side. */
export interface ComparisonRow {
  readonly name: string;
  readonly of: (result: ProtocolResult) => Estimate | undefined;
}

/** Of the model. */
export const comparison: readonly ComparisonRow[] = [
  { name: "ROC-AUC", of: (result) => result.atFake.metrics.rocAuc },
  { name: "PR-AUC", of: (result) => result.atFake.metrics.prAuc },
  { name: "recall at 1\u00a0%", of: (result) => result.atFake.metrics.recallAtFpr1 },
  { name: "accuracy, “fake”", of: (result) => result.atFake.metrics.accuracy },
  { name: "accuracy, “best accuracy”", of: (result) => result.atBestAccuracy.metrics.accuracy },
];

/** Of the label itself, without any look at an edit. */
export const floorComparison: readonly ComparisonRow[] = [
  { name: "file floor, ROC-AUC", of: (result) => result.floors.file.rocAuc },
  { name: "file floor, accuracy", of: (result) => result.floors.file.accuracy },
  { name: "history floor, ROC-AUC", of: (result) => result.floors.history?.rocAuc },
];
