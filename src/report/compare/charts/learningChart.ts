import * as Plot from "@observablehq/plot";
import { isDefined } from "../../../core/estimate.ts";
import { colour } from "../../charts/palette.ts";
import { emptyChart, legend, plot, type Stroke } from "../../charts/plot.ts";
import type { CurvePoint } from "../comparisonData.ts";

const strokes = {
  rocAuc: { stroke: colour("real"), dash: "4 3", swatch: "- -" },
  prAuc: { stroke: colour("ink"), swatch: "—" },
} as const satisfies Record<"rocAuc" | "prAuc", Stroke>;
const names = { rocAuc: "ROC-AUC", prAuc: "PR-AUC" } as const;

/** PR-AUC and ROC-AUC with their intervals over the number of pictures learnt from, which doubles from tick to tick. */
export function learningChart(of: string, points: readonly CurvePoint[]): string {
  const title = `What more ${of} bring`;
  const lines = (["rocAuc", "prAuc"] as const).map((metric) => ({
    metric,
    rows: points.flatMap(({ n, [metric]: estimate }) => (isDefined(estimate) && n > 0 ? [{ ...estimate, n }] : [])),
  }));
  const counts = [...new Set(lines.flatMap(({ rows }) => rows.map(({ n }) => n)))];
  if (counts.length < 2)
    return emptyChart(title, `${counts.length === 1 ? "One size was" : "No sizes were"} measured: no curve.`);
  const words = lines.map(
    ({ metric, rows }) => `${names[metric]} ${rows.map(({ n, value }) => `${value.toFixed(3)} with ${n}`).join(", ")}`,
  );
  return plot(`${title}: ${words.join("; ")}`, {
    height: 280,
    x: {
      type: "log",
      base: 2,
      label: `${of} to learn from`,
      ticks: counts,
      tickFormat: (n: number) => n.toLocaleString("en"),
    },
    y: { domain: [0, 1], ticks: 5 },
    marks: [
      Plot.gridX(counts, { stroke: colour("line"), strokeOpacity: 1 }),
      Plot.gridY({ stroke: colour("line"), strokeOpacity: 1 }),
      ...lines.flatMap(({ metric, rows }) => {
        const { stroke, ...look } = strokes[metric];
        return [
          Plot.areaY(rows, { x: "n", y1: "low", y2: "high", fill: stroke, fillOpacity: 0.12 }),
          Plot.line(rows, {
            x: "n",
            y: "value",
            stroke,
            strokeWidth: 2,
            strokeDasharray: "dash" in look ? look.dash : "none",
          }),
          Plot.dot(rows, { x: "n", y: "value", r: 3.5, fill: stroke }),
        ];
      }),
      ...legend(
        lines.map(({ metric }) => ({ ...strokes[metric], text: names[metric] })),
        "bottom-right",
      ),
    ],
  });
}
