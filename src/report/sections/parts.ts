import { type Estimate, isDefined } from "../../core/estimate.ts";
import { type ChartName, charts } from "../charts/index.ts";
import { html, type Markup, trusted } from "../markup.ts";
import type { ReportData } from "../reportData.ts";

/** A chart with its title. */
export function chartFigure(name: ChartName, data: ReportData): Markup {
  const { title, draw } = charts[name];
  return html`<figure><figcaption>${title}</figcaption>${trusted(draw(data))}</figure>`;
}

/** A table cell with the value and its interval; a dash and its reason where there is none. */
export function cell(estimate: Estimate | undefined, digits = 3): Markup {
  if (estimate === undefined) return html`<td>–</td>`;
  if (!isDefined(estimate)) return html`<td>–<small class="reason">${estimate.undefinedBecause}</small></td>`;
  const show = (x: number) => x.toFixed(digits);
  return html`<td>${show(estimate.value)}${range(estimate, show)}</td>`;
}

/** The small grey interval beside a value. */
export function range({ low, high }: { low: number; high: number }, show: (x: number) => string): Markup {
  return html`<small>${show(low)}\u2009–\u2009${show(high)}</small>`;
}
