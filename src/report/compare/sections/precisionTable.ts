import { html, type Markup } from "../../markup.ts";
import { percent } from "../../words.ts";
import type { ComparedRatio, ComparisonData } from "../comparisonData.ts";
import { inOrder } from "../order.ts";
import { rowClass, stacked, strategyHead } from "./strategyTables.ts";
import { wide } from "./wide.ts";

/** Of the pictures called fake, the share that is: at the user's own share of fakes, which is likely lower than the test's. */
export function precisionTable(ratio: ComparedRatio, { control }: ComparisonData): Markup {
  const shown = [...new Set(ratio.strategies.flatMap((row) => row.precisionAt.map(({ realPerFake }) => realPerFake)))];
  shown.sort((a, b) => a - b);
  if (shown.length === 0) return html`<p class="note">It was not measured.</p>`;
  return html`${wide(
    `What an alarm is worth, at ${ratio.ratio}`,
    html`<table class="stacked">
    <thead><tr><td></td>${shown.map((k) => html`<th scope="col">1 : ${k.toLocaleString("en")}<small>alarms that are right</small></th>`)}</tr></thead>
    <tbody>${inOrder(ratio, control).map((strategy) => {
      const at = (k: number) => strategy.precisionAt.find(({ realPerFake }) => realPerFake === k)?.precision;
      return html`<tr${rowClass(strategy, ratio)}>${strategyHead(strategy, ratio, control)}${shown.map((k) =>
        stacked(at(k) ?? { undefinedBecause: "not measured" }, percent),
      )}</tr>`;
    })}</tbody>
    <tbody class="quiet"><tr><th scope="row">guessing</th>${shown.map((k) => html`<td>${percent(1 / (1 + k))}</td>`)}</tr></tbody>
  </table>`,
  )}`;
}
