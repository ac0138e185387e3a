import { isDefined } from "../../core/estimate.ts";
import { type ComparisonRow, comparison, floorComparison } from "../comparison.ts";
import { html, type Markup } from "../markup.ts";
import type { ProtocolResult, ReportData } from "../reportData.ts";
import { protocolFalls, protocolMeanings, protocolsOnTheFloor, protocolTitles } from "../words.ts";
import { cell, chartFigure } from "./parts.ts";

/** The three protocols side by side, the floors beside every result, and what falls from one to the next. */
export function protocols(data: ReportData): Markup {
  const { results, trainedOn } = data;
  if (results.length === 0) return html``;
  return html`
<section>
  <h2>${results.length === 3 ? "Three ways of seeing the same test pictures" : "How the test pictures were seen"}</h2>
  <p>${results.map(({ protocol }) => html`<strong>${protocolTitles[protocol]}</strong>: ${protocolMeanings[protocol]}. `)}
    One model, trained on ${protocolTitles[trainedOn].toLowerCase()} pictures, with one calibration and one pair of thresholds.
    The <em>floors</em> say how well the label can be guessed without any look at an edit.</p>
  <div class="pair">
    ${chartFigure("protocols", data)}
    <div>${[...protocolsOnTheFloor(data), ...protocolFalls(data)].map((sentence) => html`<p>${sentence}</p>`)}</div>
  </div>
  <div class="wide"><table>
    <thead><tr><td></td>${results.map(
      ({ protocol }) =>
        html`<th scope="col">${protocolTitles[protocol]}${protocol === trainedOn ? "\u00a0*" : ""}</th>`,
    )}</tr></thead>
    <tbody>${comparison.map((row) => line(row, results))}</tbody>
    <tbody class="quiet">${floorComparison.map((row) => line(row, results))}</tbody>
  </table></div>
  <p class="note">* trained, validated and calibrated on. Grey: 95 % intervals, whole groups resampled. “fake” and “best accuracy” are thresholds, recall at 1\u00a0% is at 1\u00a0% false alarms.
    ${shareOf(results)}${floorsMissing(results)}</p>
</section>`;
}

function line({ name, of }: ComparisonRow, results: readonly ProtocolResult[]): Markup {
  return html`<tr><th scope="row">${name}</th>${results.map((result) => cell(of(result)))}</tr>`;
}

/** PR-AUC and accuracy depend on the share of fakes. */
function shareOf([first]: readonly ProtocolResult[]): string {
  if (first === undefined || first.prevalence.from === "pictures") return "";
  return `PR-AUC and accuracy are for ${first.prevalence.ratio}, one fake for so many genuine pictures. `;
}

function floorsMissing(results: readonly ProtocolResult[]): string {
  if (results.every(({ floors }) => floors.history === undefined)) return "Without masks there is no history floor.";
  const undefinedFloor = results.map(({ floors }) => floors.file.rocAuc).find((floor) => !isDefined(floor));
  return undefinedFloor === undefined || isDefined(undefinedFloor)
    ? ""
    : `No file floor: ${undefinedFloor.undefinedBecause}.`;
}
