import { showRatio } from "../core/ratio.ts";
import { formatImbalancedReport } from "../metrics/imbalancedReport.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { probabilityRows, type RareFigures, rankingRows } from "./besideBaselines.ts";
import { columns, wrap } from "./columns.ts";
import { onValidation, operatingPointInWords, prevalenceInWords, proofInSentences } from "./rareWords.ts";
import { show } from "./show.ts";

/** What every report says of rare fakes, as a terminal shows it. */
export function formatRare(figures: RareFigures, chosen: ModelMetadata["operatingPoint"]): string {
  const { prevalence, precisionAt, proof, metrics, beforeCalibration, imbalancedReport } = figures;
  const isCorrected = beforeCalibration.corrected !== undefined;
  const beside = [
    ["", "model", "knows nothing"],
    ...rankingRows(figures).map(({ metric, name, baseline, digits }) => [
      metric === "accuracy" ? "accuracy, always “real”" : name,
      show(metrics[metric], digits),
      baseline.toFixed(digits),
    ]),
  ];
  const right = [
    ["", "network", ...(isCorrected ? ["corrected"] : []), "calibrated", "base rate"],
    ...probabilityRows(figures).map(({ name, raw, corrected, calibrated, baseRate, digits }) => [
      name,
      show(raw, digits),
      ...(isCorrected ? [show(corrected, digits)] : []),
      show(calibrated, digits),
      baseRate.toFixed(digits),
    ]),
  ];
  const worth = [
    ["alarms that are right", ...precisionAt.map(({ realPerFake }) => showRatio(realPerFake))],
    ["", ...precisionAt.map(({ precision }) => show(precision))],
  ];
  return [
    wrap(prevalenceInWords(prevalence)),
    wrap(
      `“fake” is ${operatingPointInWords(chosen)}. ${onValidation(chosen)} On the pictures measured here, ${proofInSentences(proof, chosen)}`,
    ),
    columns(worth),
    columns(beside),
    columns(right),
    formatImbalancedReport(imbalancedReport).trimEnd(),
    "",
  ]
    .join("\n\n")
    .trimEnd();
}
