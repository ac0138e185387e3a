import { type Part, parts } from "../../../core/sample.ts";
import { html, type Markup } from "../../markup.ts";
import { count } from "../../words.ts";
import type { ComparisonData } from "../comparisonData.ts";
import { duration } from "../words.ts";
import { wide } from "./wide.ts";

const uses: Readonly<Record<Part, string>> = {
  train: "weights",
  validation: "the choice, thresholds",
  calibration: "probabilities",
  test: "every figure here",
};

export function data(comparison: ComparisonData): Markup {
  const { dataset, learner, folds, seeds, calibration, ratios } = comparison;
  return html`
<section>
  <h2>Data</h2>
  <dl class="list">
    ${item("dataset", `${dataset.name}: ${count(dataset.counts.real, "real picture")}, ${count(dataset.counts.fake, "fake")}`)}
    ${item("groups", `${count(dataset.groups, "group")}; a group never stands in two parts`)}
    ${item("repeated", `${count(folds, "fold")}, ${count(seeds.length, "seed")} (${seeds.join(", ")}); the same folds and first weights for every strategy`)}
    ${
      learner.kind === "heads"
        ? [
            item(
              "trained",
              `heads on vectors of ${learner.width} numbers from a frozen backbone, ${learner.backbone} (sha256 ${learner.sha256.slice(0, 12)})`,
            ),
            item(
              "backbone",
              `${learner.learntFrom.replace(/\.$/, "")}${learner.seconds > 0 ? `; the vectors took ${duration(learner.seconds)}` : ""}`,
            ),
          ]
        : item("trained", `whole networks, recipe ${learner.recipe}`)
    }
    ${item("probabilities", `corrected for the prior that a strategy moved, once; then ${calibration} calibration on the calibration part, which no strategy touches`)}
    ${item("manifest", `sha256 ${dataset.manifestSha256}`)}
  </dl>
  ${wide(
    "Pictures by part",
    html`<table class="counts">
    <thead>
      <tr><td></td>${parts.map((part) => html`<th scope="colgroup" colspan="2">${part}<small>${uses[part]}</small></th>`)}</tr>
      <tr class="second"><th scope="col">ratio</th>${parts.map(() => html`<th scope="col">real</th><th scope="col">fake</th>`)}</tr>
    </thead>
    <tbody>${ratios.map(
      ({ ratio, counts }) =>
        html`<tr><th scope="row">${ratio}</th>${parts.map((part) => html`<td>${whole(counts[part].real)}</td><td>${whole(counts[part].fake)}</td>`)}</tr>`,
    )}</tbody>
  </table>`,
  )}
  <p class="note">Pictures of one model, means over folds and seeds. Train, validation and calibration were thinned to the ratio
    before anything was learnt or chosen; test keeps its fakes, so that few are no excuse, and counts them at the ratio.</p>
</section>`;
}

function item(name: string, text: string): Markup {
  return html`<div><dt>${name}</dt><dd>${text}</dd></div>`;
}

function whole(n: number): string {
  return Math.round(n).toLocaleString("en");
}
