import { html, type Markup } from "../../markup.ts";
import type { ComparedRatio, ComparisonData, StrategyCost } from "../comparisonData.ts";
import { inOrder } from "../order.ts";
import { bytes, duration } from "../words.ts";
import { rowClass, strategyHead } from "./strategyTables.ts";
import { wide } from "./wide.ts";

const columns: readonly { name: string; meaning: string; show: (cost: StrategyCost) => string }[] = [
  { name: "training", meaning: "one model", show: ({ trainSeconds }) => duration(trainSeconds) },
  { name: "members", meaning: "mean", show: ({ members }) => String(Number(members.toFixed(1))) },
  { name: "rows seen", meaning: "by the optimizer", show: ({ rowsSeen }) => Math.round(rowsSeen).toLocaleString("en") },
  { name: "weights", meaning: "beside the backbone", show: ({ modelBytes }) => bytes(modelBytes) },
  { name: "answer", meaning: "a picture", show: ({ inferenceMicroseconds: µs }) => `${Number(µs.toPrecision(2))} µs` },
  { name: "memory", meaning: "peak", show: ({ peakMemoryBytes }) => bytes(peakMemoryBytes) },
];

export function costTable(ratio: ComparedRatio, { control, machine }: ComparisonData): Markup {
  return html`${wide(
    `Cost at ${ratio.ratio}`,
    html`<table class="stacked">
    <thead><tr><td></td>${columns.map(({ name, meaning }) => html`<th scope="col">${name}<small>${meaning}</small></th>`)}</tr></thead>
    <tbody>${inOrder(ratio, control).map(
      (strategy) =>
        html`<tr${rowClass(strategy, ratio)}>${strategyHead(strategy, ratio, control)}${columns.map(({ show }) => html`<td>${show(strategy.cost)}</td>`)}</tr>`,
    )}</tbody>
  </table>`,
  )}
  <p class="note">On ${machine}.</p>`;
}
