import { showRatio } from "../core/ratio.ts";
import { formatImbalancedReport } from "../metrics/imbalancedReport.ts";
import { probabilityRows, type RareFigures, rankingRows } from "./besideBaselines.ts";
import { columns, wrap } from "./columns.ts";
import { prevalenceInWords, proofInSentences } from "./rareWords.ts";
import type { ReportData } from "./reportData.ts";
import { show } from "./show.ts";

/** What every report says of rare fakes, as a terminal shows it. */
export function formatRare(figures: RareFigures, thresholds?: ReportData["thresholds"]): string {
  const { prevalence, precisionAt, proof, metrics, beforeCalibration, imbalancedReport } = figures;
  const isCorrected = beforeCalibration.corrected !== undefined;
  const beside = [
    ["", "model", "knows nothing"],
    ...rankingRows(figures).map(({ metric, name, baseline }) => [
      metric === "accuracy" ? "accuracy, always “real”" : name,
      show(metrics[metric]),
      baseline.toFixed(3),
    ]),
  ];
  const right = [
    ["", "network", ...(isCorrected ? ["corrected"] : []), "calibrated", "base rate"],
    ...probabilityRows(figures).map(({ name, raw, corrected, calibrated, baseRate }) => [
      name,
      show(raw),
      ...(isCorrected ? [show(corrected)] : []),
      show(calibrated),
      baseRate.toFixed(3),
    ]),
  ];
  const worth = [
    ["alarms that are right", ...precisionAt.map(({ realPerFake }) => showRatio(realPerFake))],
    ["", ...precisionAt.map(({ precision }) => show(precision))],
  ];
  return [
    wrap(prevalenceInWords(prevalence)),
    wrap(proofInSentences(proof, thresholds)),
    columns(worth),
    columns(beside),
    columns(right),
    formatImbalancedReport(imbalancedReport).trimEnd(),
    "",
  ]
    .join("\n\n")
    .trimEnd();
}
