import type { ReportData } from "../reportData.ts";
import { calibrationChart } from "./calibrationChart.ts";
import { confusionChart, normalisedConfusionChart } from "./confusionChart.ts";
import { floorsChart } from "./floorsChart.ts";
import { precisionRecallChart, rocChart } from "./scoreCurves.ts";
import { scoreHistogram } from "./scoreHistogram.ts";
import { accuracyChart, lossChart } from "./trainingCurves.ts";

export interface Chart {
  readonly title: string;
  /** An SVG string whose colours are CSS variables (palette.ts). */
  readonly draw: (data: ReportData) => string;
}

/** Every chart of a report; the key is the name of its file in the run folder's plots/. */
export const charts = {
  protocols: { title: "The model above its floors", draw: floorsChart },
  loss: { title: "Loss", draw: lossChart },
  accuracy: { title: "Accuracy", draw: accuracyChart },
  confusion: { title: "Confusion matrix", draw: confusionChart },
  "confusion-normalised": { title: "Confusion matrix, by true class", draw: normalisedConfusionChart },
  roc: { title: "ROC (area under the curve)", draw: rocChart },
  pr: { title: "Precision and recall (average precision)", draw: precisionRecallChart },
  calibration: { title: "Calibration", draw: calibrationChart },
  scores: { title: "Scores by class", draw: scoreHistogram },
} as const satisfies Record<string, Chart>;
export type ChartName = keyof typeof charts;
