import { isDefined } from "../../core/estimate.ts";
import { showRatio } from "../../core/ratio.ts";
import { formatImbalancedReport } from "../../metrics/imbalancedReport.ts";
import { type BesideBaseline, probabilityRows, type RareFigures, rankingRows } from "../besideBaselines.ts";
import { html, type Markup } from "../markup.ts";
import { onValidation, operatingPointInWords, prevalenceInWords, proofInSentences } from "../rareWords.ts";
import { mainResult, type ReportData } from "../reportData.ts";
import { type ResultFigures, resultFigures } from "../resultFigures.ts";
import { percent } from "../words.ts";
import { cell, range } from "./parts.ts";

/** What the model is worth where fakes are rare: what an alarm is worth, what it is beside knowing nothing, how right. */
export function rare(data: ReportData): Markup {
  const main = mainResult(data);
  if (main === undefined) return html``;
  const figures = { ...resultFigures(main), metrics: main.atFake.metrics };
  return html`
<section>
  <h2>Where fakes are rare</h2>
  <p>${prevalenceInWords(main.prevalence)}</p>
  ${precision(figures)}
  <p>The verdict “fake” is ${operatingPointInWords(data.thresholds)}. ${onValidation(data.thresholds)} On test, ${proofInSentences(figures.proof, data.thresholds)}</p>
  <h3>Beside answers that look at no picture</h3>
  <div class="wide"><table>
    <thead><tr><td></td><th scope="col">model</th><th scope="col">knows nothing</th></tr></thead>
    <tbody>${rankingRows(figures).map((row) => besideBaseline(row, figures))}</tbody>
  </table></div>
  ${probabilities(figures)}
  <h3>imbalanced-learn's report, threshold “fake”</h3>
  <pre>${formatImbalancedReport(figures.imbalancedReport)}</pre>
  <p class="note">Of the pictures counted as they are, not weighted. spe: the other class's recall; geo: geometric mean of
    both; iba: index of balanced accuracy, alpha .1.</p>
</section>`;
}

function precision({ precisionAt }: ResultFigures): Markup {
  return html`
  <h3>Of the alarms, so many are right</h3>
  <div class="wide"><table>
    <thead><tr><th scope="col">fakes : genuine</th>${precisionAt.map(({ realPerFake }) => html`<th scope="col">${showRatio(realPerFake)}</th>`)}</tr></thead>
    <tbody><tr><th scope="row">precision of “fake”</th>${precisionAt.map(({ precision }) =>
      isDefined(precision)
        ? html`<td>${percent(precision.value)}${range(precision, percent)}</td>`
        : html`<td>–<small class="reason">${precision.undefinedBecause}</small></td>`,
    )}</tr></tbody>
  </table></div>
  <p class="note">With the recall and the false-alarm rate of test, from the worst ends of their intervals to the best.</p>`;
}

function besideBaseline({ metric, name, meaning, baseline, digits }: BesideBaseline, { metrics }: RareFigures): Markup {
  return html`<tr><th scope="row">${name}<small>${meaning}</small></th>${cell(metrics[metric], digits)}<td>${baseline.toFixed(digits)}</td></tr>`;
}

function probabilities(figures: RareFigures): Markup {
  const rows = probabilityRows(figures);
  const isCorrected = figures.beforeCalibration.corrected !== undefined;
  const heads = ["network", ...(isCorrected ? ["corrected"] : []), "calibrated", "base rate"];
  return html`
  <h3>How right the probabilities are</h3>
  <div class="wide"><table class="stacked">
    <thead><tr><td></td>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${rows.map(
      ({ name, meaning, raw, corrected, calibrated, baseRate, digits }) =>
        html`<tr><th scope="row">${name}<small>${meaning}</small></th>${cell(raw, digits)}${isCorrected ? cell(corrected, digits) : undefined}${cell(calibrated, digits)}<td>${baseRate.toFixed(digits)}</td></tr>`,
    )}</tbody>
  </table></div>
  <p class="note">Lower is better, of Brier skill higher. Network: the sigmoid of its answer, before anything is fitted${isCorrected ? "; corrected: the prior that training moved is put back" : ""}.
    Base rate: always answering the share of fakes, which is right on average and tells no picture from another.</p>`;
}
