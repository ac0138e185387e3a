import { classificationReport, formatClassificationReport } from "../../metrics/classificationReport.ts";
import type { MetricName } from "../../metrics/measure.ts";
import { alarmWorth } from "../baseRates.ts";
import { html, type Markup } from "../markup.ts";
import { mainResult, type ProtocolResult, type ReportData } from "../reportData.ts";
import { percent, protocolTitles } from "../words.ts";
import { cell, range } from "./parts.ts";

interface Row {
  readonly metric: MetricName;
  readonly name: string;
  readonly meaning: string;
}

/** Accuracy is shown, never alone and never first. */
const ofThreshold: readonly Row[] = [
  { metric: "recall", name: "recall", meaning: "of the fakes, found" },
  { metric: "precision", name: "precision", meaning: "of the alarms, right" },
  { metric: "f1", name: "F1", meaning: "of precision and recall" },
  { metric: "balancedAccuracy", name: "balanced accuracy", meaning: "mean recall of both classes" },
  { metric: "geometricMean", name: "G-mean", meaning: "geometric mean of both recalls" },
  { metric: "mcc", name: "MCC", meaning: "correlation, 0 = guessing" },
  { metric: "accuracy", name: "accuracy", meaning: "of all pictures, right" },
];
const ofScores: readonly Row[] = [
  { metric: "rocAuc", name: "ROC-AUC", meaning: "a fake scores above a real one" },
  { metric: "prAuc", name: "PR-AUC", meaning: "average precision" },
  { metric: "recallAtFpr1", name: "recall at 1\u00a0%", meaning: "false alarms" },
  { metric: "loss", name: "log loss", meaning: "in nats, lower is better" },
  { metric: "brier", name: "Brier score", meaning: "squared error, lower is better" },
  { metric: "brierSkill", name: "Brier skill", meaning: "0 = always the base rate" },
  { metric: "ece", name: "ECE", meaning: "calibration error, 15 bins" },
];

/** Every metric with its interval at both thresholds, the classification report, and what an alarm is worth. */
export function metrics(data: ReportData): Markup {
  const main = mainResult(data);
  if (main === undefined) return html``;
  const { atFake, atBestAccuracy } = main;
  return html`
<section>
  <h2>All metrics, ${protocolTitles[main.protocol].toLowerCase()}</h2>
  <div class="wide"><table>
    <thead><tr><td></td>
      <th scope="col">“fake”<small>p ≥ ${atFake.threshold.toFixed(3)}</small></th>
      <th scope="col">“best accuracy”<small>p ≥ ${atBestAccuracy.threshold.toFixed(3)}</small></th></tr></thead>
    <tbody>${ofThreshold.map(
      (row) =>
        html`<tr>${rowHead(row)}${cell(atFake.metrics[row.metric])}${cell(atBestAccuracy.metrics[row.metric])}</tr>`,
    )}</tbody>
  </table></div>
  <p class="note">Both thresholds were chosen on validation: “fake” is the lowest that keeps false alarms there at
    ${percent(data.thresholds.maxFpr)} or less. Below ${data.thresholds.real.toFixed(3)} a picture reads
    “no alteration evidence found”; between the two the verdict is inconclusive.</p>
  <h3>Whatever the threshold</h3>
  <div class="wide"><table class="narrow">
    <tbody>${ofScores.map((row) => html`<tr>${rowHead(row)}${cell(atFake.metrics[row.metric])}</tr>`)}</tbody>
  </table></div>
  <h3>Classification report, threshold “fake”</h3>
  <pre>${formatClassificationReport(classificationReport(atFake.confusionMatrix))}</pre>
  ${worth(main)}
</section>`;
}

function rowHead({ name, meaning }: Row): Markup {
  return html`<th scope="row">${name}<small>${meaning}</small></th>`;
}

function worth(main: ProtocolResult): Markup | undefined {
  const rates = alarmWorth(main);
  if (rates.length === 0) return undefined;
  return html`
  <h3>What an alarm is worth where fakes are rare</h3>
  <p>The test part has its own share of fakes; yours is likely lower. With the rates measured here, of the pictures
    called fake so many are:</p>
  <div class="wide"><table class="narrow">
    <thead><tr><th scope="col">fakes : real pictures</th><th scope="col">alarms that are right</th></tr></thead>
    <tbody>${rates.map(
      ({ realPerFake, precision, low, high }) =>
        html`<tr><th scope="row">1 : ${realPerFake.toLocaleString("en")}</th><td>${percent(precision)}${range({ low, high }, percent)}</td></tr>`,
    )}</tbody>
  </table></div>`;
}
