import { type Part, parts } from "../../core/sample.ts";
import { dataUrl, html, type Markup } from "../markup.ts";
import type { ReportData } from "../reportData.ts";
import { count } from "../words.ts";
import { splitWords } from "./headline.ts";

const uses: Readonly<Record<Part, string>> = {
  train: "weights",
  validation: "choices, thresholds",
  calibration: "probabilities",
  test: "this report",
};
const unreadableShown = 20;

export function data({ dataset, split, contactSheet }: ReportData): Markup {
  return html`
<section>
  <h2>Data</h2>
  <dl class="list">
    ${item("pictures", `${count(dataset.counts.real, "real picture")}, ${count(dataset.counts.fake, "fake")}`)}
    ${item("groups", `${count(dataset.groups, "group")}, by ${dataset.groupedBy}; a group never stands in two parts${split.naive ? " — except in this naive split" : ""}`)}
    ${item("duplicates", dataset.duplicates === 0 ? "none" : count(dataset.duplicates, "file"))}
    ${item("split", splitWords(split))}
    ${item("looks at test", count(split.looks, "look"))}
    ${item("manifest", `sha256 ${dataset.manifestSha256}. The hash vouches that the files are unchanged (integrity), not that their labels are true (authentication).`)}
  </dl>
  <div class="wide"><table class="narrow">
    <thead><tr><th scope="col">part</th><th scope="col">real</th><th scope="col">fake</th></tr></thead>
    <tbody>${parts.map(
      (part) =>
        html`<tr><th scope="row">${part}<small>${uses[part]}</small></th><td>${split.counts[part].real}</td><td>${split.counts[part].fake}</td></tr>`,
    )}</tbody>
  </table></div>
  ${(dataset.warnings ?? []).map((warning) => html`<p class="note">${warning}</p>`)}
  ${unreadable(dataset.unreadable)}
  ${
    contactSheet === undefined
      ? undefined
      : html`<figure class="sheet"><figcaption>Training pictures as the network saw them, augmented</figcaption>
        <img src="${dataUrl(contactSheet)}" alt="Contact sheet of augmented training pictures"></figure>`
  }
</section>`;
}

function item(name: string, text: string): Markup {
  return html`<div><dt>${name}</dt><dd>${text}</dd></div>`;
}

function unreadable(files: ReportData["dataset"]["unreadable"]): Markup | undefined {
  if (files.length === 0) return undefined;
  const rest = files.length - unreadableShown;
  return html`<details><summary>${count(files.length, "file")} left out: not readable</summary><ul>
    ${files.slice(0, unreadableShown).map(({ path, error }) => html`<li><code>${path}</code>: ${error}</li>`)}
    ${rest > 0 ? html`<li>and ${count(rest, "more file")}</li>` : undefined}</ul></details>`;
}
