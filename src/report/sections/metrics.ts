import { classificationReport, formatClassificationReport } from "../../metrics/classificationReport.ts";
import type { MetricName } from "../../metrics/measure.ts";
import { html, type Markup } from "../markup.ts";
import { operatingPointInWords } from "../rareWords.ts";
import { mainResult, type ReportData } from "../reportData.ts";
import { chance } from "../show.ts";
import { protocolTitles } from "../words.ts";
import { cell } from "./parts.ts";

interface Row {
  readonly metric: MetricName;
  readonly name: string;
  readonly meaning: string;
}

/** Accuracy is shown, never alone and never first. */
const rows: readonly Row[] = [
  { metric: "recall", name: "recall", meaning: "of the fakes, found" },
  { metric: "precision", name: "precision", meaning: "of the alarms, right" },
  { metric: "f1", name: "F1", meaning: "of precision and recall" },
  { metric: "specificity", name: "specificity", meaning: "of the real ones, no alarm" },
  { metric: "balancedAccuracy", name: "balanced accuracy", meaning: "mean recall of both classes" },
  { metric: "geometricMean", name: "G-mean", meaning: "geometric mean of both recalls" },
  { metric: "indexBalancedAccuracy", name: "IBA", meaning: "index of balanced accuracy" },
  { metric: "mcc", name: "MCC", meaning: "correlation, 0 = guessing" },
  { metric: "accuracy", name: "accuracy", meaning: "of all pictures, right" },
];

/** Every metric that needs a threshold, with its interval at both, and the classification report. */
export function metrics(data: ReportData): Markup {
  const main = mainResult(data);
  if (main === undefined) return html``;
  const { atFake, atBestAccuracy } = main;
  return html`
<section>
  <h2>All metrics, ${protocolTitles[main.protocol].toLowerCase()}</h2>
  <div class="wide"><table>
    <thead><tr><td></td>
      <th scope="col">“fake”<small>p ≥ ${chance(atFake.threshold)}</small></th>
      <th scope="col">“best accuracy”<small>p ≥ ${chance(atBestAccuracy.threshold)}</small></th></tr></thead>
    <tbody>${rows.map(
      (row) =>
        html`<tr>${rowHead(row)}${cell(atFake.metrics[row.metric])}${cell(atBestAccuracy.metrics[row.metric])}</tr>`,
    )}</tbody>
  </table></div>
  <p class="note">Both thresholds were chosen on validation: “fake” is ${operatingPointInWords(data.thresholds)}. Below
    ${chance(main.thresholds.real)} a picture reads “no alteration evidence found”; between the two the verdict is inconclusive.
    Always answering “real” has an accuracy of ${main.baselines.accuracy.toFixed(3)}.</p>
  <details><summary>scikit-learn's classification report, threshold “fake”</summary>
  <pre>${formatClassificationReport(classificationReport(atFake.confusionMatrix))}</pre></details>
</section>`;
}

function rowHead({ name, meaning }: Row): Markup {
  return html`<th scope="row">${name}<small>${meaning}</small></th>`;
}
