import { headlineSlices, type Slice } from "../../evaluate/slices.ts";
import { slicesChart } from "../charts/forestChart.ts";
import { html, type Markup, trusted } from "../markup.ts";
import { mainResult, type ReportData } from "../reportData.ts";
import { percent } from "../words.ts";
import { cell } from "./parts.ts";

/** Per delivery, operation, field, laundering, app, scenario and language; nothing where the dataset names none. */
export function slices(data: ReportData): Markup {
  const main = mainResult(data);
  if (main?.slices === undefined) return html``;
  const first = headlineSlices(main.slices);
  const others = main.slices.filter((slice) => !first.includes(slice));
  return html`
<section>
  <h2>What it is worth on which pictures</h2>
  ${first.length === 0 ? undefined : table(first)}
  <figure><figcaption>ROC-AUC by what the pictures are</figcaption>${trusted(slicesChart(main.slices, main.atFake.metrics.rocAuc))}</figure>
  <p class="note">Operations and fields belong to fakes and are set against all genuine pictures; elsewhere both classes are of the slice.
    Clean: PNG, or JPEG of quality 85 or more. Recall at 1\u00a0% is at the threshold that keeps 1\u00a0% false alarms on the slice's own genuine pictures;
    beside it, how many of them were alarms, and the highest rate that this count leaves possible (Clopper and Pearson, one-sided 95\u00a0%): none in 299 proves 1\u00a0%.
    A slice of few pictures shows chance before anything else.</p>
  <details><summary>All ${others.length} other slices</summary>${table(others)}</details>
</section>`;
}

function table(rows: readonly Slice[]): Markup {
  return html`<div class="wide"><table>
    <thead><tr><td></td>${["ROC-AUC", "recall at 1\u00a0%", "alarms there", "false alarms", "recall"].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${rows.map(
      (row) =>
        html`<tr><th scope="row">${row.value}<small>${row.slice}; ${row.n.real} real, ${row.n.fake} fake</small></th>${cell(row.rocAuc)}${cell(row.recallAtFpr1)}<td>${row.proof.alarms} of ${row.proof.real}<small>≤ ${percent(row.proof.atMost)}</small></td>${cell(row.falseAlarmRate)}${cell(row.recall)}</tr>`,
    )}</tbody>
  </table></div>`;
}
