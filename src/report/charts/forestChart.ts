import * as Plot from "@observablehq/plot";
import { type Estimate, isDefined } from "../../core/estimate.ts";
import { type RungFigures, rungName } from "../../evaluate/robustness.ts";
import type { Slice } from "../../evaluate/slices.ts";
import { colour } from "./palette.ts";
import { emptyChart, plot } from "./plot.ts";

interface Row {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** ROC-AUC on every rung of the ladder; the line is that of the pictures as they are. */
export function robustnessChart(rungs: readonly RungFigures[]): string {
  const rows = rungs.map((rung) => ({ name: rungName(rung), estimate: rung.rocAuc }));
  return forestChart("ROC-AUC after what may happen to a picture", rows);
}

/** ROC-AUC of every slice; the line is that of all pictures. */
export function slicesChart(slices: readonly Slice[], all: Estimate): string {
  const rows = slices.map(({ slice, value, rocAuc }) => ({ name: `${slice} ${value}`, estimate: rocAuc }));
  return forestChart("ROC-AUC by what the pictures are", [{ name: "all pictures", estimate: all }, ...rows]);
}

/** Estimates under each other with their intervals; a line goes through the first of them. */
function forestChart(
  title: string,
  estimates: readonly { readonly name: string; readonly estimate: Estimate }[],
): string {
  const rows = estimates.flatMap(({ name, estimate }): Row[] => (isDefined(estimate) ? [{ name, ...estimate }] : []));
  if (rows.length === 0) return emptyChart(title, "No ROC-AUC could be measured.");
  const lowest = Math.min(0.45, ...rows.map(({ low }) => low));
  const longest = Math.max(...rows.map(({ name }) => name.length));
  const words = rows.map(({ name, value }) => `${name} ${value.toFixed(2)}`).join("; ");
  return plot(`${title}: ${words}`, {
    height: 70 + 19 * rows.length,
    marginTop: 12,
    marginLeft: Math.min(180, 16 + 6.2 * longest), // about what the longest name takes
    marginRight: 44,
    x: { label: "ROC-AUC (.5 = guessing)", domain: [Math.floor(lowest * 10) / 10, 1], ticks: 6 },
    y: { type: "band", label: null, tickSize: 0, domain: rows.map(({ name }) => name), padding: 0.1 },
    marks: [
      Plot.gridX({ stroke: colour("line"), strokeOpacity: 1 }),
      Plot.ruleX([0.5], { stroke: colour("muted"), strokeDasharray: "2 3" }),
      Plot.ruleX([rows[0]!.value], { stroke: colour("real"), strokeDasharray: "4 3" }),
      Plot.ruleY(rows, { y: "name", x1: "low", x2: "high", stroke: colour("ink"), strokeWidth: 3, strokeOpacity: 0.4 }),
      Plot.dot(rows, { y: "name", x: "value", r: 4, fill: colour("ink") }),
      Plot.text(rows, {
        y: "name",
        text: ({ value }: Row) => value.toFixed(2),
        frameAnchor: "right",
        textAnchor: "start",
        dx: 12,
        fill: colour("ink"),
        fontWeight: 600,
      }),
    ],
  });
}
