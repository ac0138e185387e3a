import { type Estimate, isDefined } from "../../core/estimate.ts";
import { html, type Markup } from "../markup.ts";
import type { ProtocolResult, ReportData } from "../reportData.ts";
import { protocolFalls, protocolMeanings, protocolTitles } from "../words.ts";
import { cell, chartFigure } from "./parts.ts";

interface Row {
  readonly name: string;
  readonly of: (result: ProtocolResult) => Estimate | undefined;
}

const rows: readonly Row[] = [
  { name: "ROC-AUC", of: (result) => result.atFake.metrics.rocAuc },
  { name: "PR-AUC", of: (result) => result.atFake.metrics.prAuc },
  { name: "recall at 1 % false alarms", of: (result) => result.atFake.metrics.recallAtFpr1 },
  { name: "accuracy at threshold “fake”", of: (result) => result.atFake.metrics.accuracy },
  { name: "accuracy at threshold “best accuracy”", of: (result) => result.atBestAccuracy.metrics.accuracy },
];
const floors: readonly Row[] = [
  { name: "file floor, ROC-AUC", of: (result) => result.floors.file.rocAuc },
  { name: "file floor, accuracy", of: (result) => result.floors.file.accuracy },
  { name: "history floor, ROC-AUC", of: (result) => result.floors.history?.rocAuc },
];

/** The three protocols side by side, the floors beside every result, and what falls from one to the next. */
export function protocols(data: ReportData): Markup {
  const { results, trainedOn } = data;
  if (results.length === 0) return html``;
  return html`
<section>
  <h2>Three ways of seeing the same test pictures</h2>
  <p>One model, trained on ${protocolTitles[trainedOn].toLowerCase()} pictures, with one calibration and one pair of thresholds.
    The <em>floors</em> say how well the label can be guessed without any look at an edit: from facts about the file, and
    from regions that nobody edited. What the model scores above them is what it knows about editing.</p>
  <div class="pair">
    ${chartFigure("protocols", data)}
    <div>${protocolFalls(data).map((sentence) => html`<p>${sentence}</p>`)}</div>
  </div>
  <div class="wide"><table>
    <thead><tr><th scope="col"></th>${results.map(
      ({ protocol }) =>
        html`<th scope="col">${protocolTitles[protocol]}${protocol === trainedOn ? " *" : ""}<small>${protocolMeanings[protocol]}</small></th>`,
    )}</tr></thead>
    <tbody>${rows.map((row) => line(row, results))}</tbody>
    <tbody class="quiet">${floors.map((row) => line(row, results))}</tbody>
  </table></div>
  <p class="note">* trained, validated and calibrated on. Small figures: 95 % intervals, whole groups resampled.
    ${floorsMissing(results)}</p>
</section>`;
}

function line({ name, of }: Row, results: readonly ProtocolResult[]): Markup {
  return html`<tr><th scope="row">${name}</th>${results.map((result) => cell(of(result)))}</tr>`;
}

function floorsMissing(results: readonly ProtocolResult[]): string {
  if (results.every(({ floors }) => floors.history === undefined)) return "Without masks there is no history floor.";
  const undefinedFloor = results.map(({ floors }) => floors.file.rocAuc).find((floor) => !isDefined(floor));
  return undefinedFloor === undefined || isDefined(undefinedFloor)
    ? ""
    : `No file floor: ${undefinedFloor.undefinedBecause}.`;
}
