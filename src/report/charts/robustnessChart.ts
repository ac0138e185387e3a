import * as Plot from "@observablehq/plot";
import { isDefined } from "../../core/estimate.ts";
import type { RungFigures } from "../../evaluate/robustness.ts";
import { colour } from "./palette.ts";
import { emptyChart, plot } from "./plot.ts";

interface Row {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** ROC-AUC on every rung with its interval, rungs from top to bottom, beside the pictures as they are. */
export function robustnessChart(rungs: readonly RungFigures[]): string {
  const title = "ROC-AUC after what may happen to a picture";
  const nameOf = ({ family, name }: RungFigures) => (family === "none" ? name : `${family} ${name}`);
  const rows = rungs.flatMap((rung): Row[] => (isDefined(rung.rocAuc) ? [{ name: nameOf(rung), ...rung.rocAuc }] : []));
  if (rows.length === 0) return emptyChart(title, "No ROC-AUC could be measured.");
  const lowest = Math.min(0.45, ...rows.map(({ low }) => low));
  const words = rows.map(({ name, value }) => `${name} ${value.toFixed(2)}`).join("; ");
  return plot(`${title}: ${words}`, {
    width: 560,
    height: 70 + 19 * rows.length,
    marginTop: 12,
    marginLeft: 178,
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
