import { type Estimate, isDefined } from "../../core/estimate.ts";
import { type ChartName, charts } from "../charts.ts";
import { html, type Markup, trusted } from "../markup.ts";
import type { ReportData } from "../reportData.ts";

/** A chart with its title. */
export function chartFigure(name: ChartName, data: ReportData): Markup {
  const { title, draw } = charts[name];
  return html`<figure><figcaption>${title}</figcaption>${trusted(draw(data))}</figure>`;
}

/** A table cell with the value over its interval; a dash that tells its reason where there is none. */
export function cell(estimate: Estimate | undefined, span = 1): Markup {
  const columns = span === 1 ? undefined : trusted(` colspan="${span}"`);
  if (estimate === undefined) return html`<td${columns}>–</td>`;
  if (!isDefined(estimate)) return html`<td${columns}>–<small>${estimate.undefinedBecause}</small></td>`;
  const { value, low, high } = estimate;
  return html`<td${columns}>${value.toFixed(3)}<small>${low.toFixed(3)} to ${high.toFixed(3)}</small></td>`;
}
