import * as Plot from "@observablehq/plot";
import { isDefined } from "../../../core/estimate.ts";
import { colour } from "../../charts/palette.ts";
import { emptyChart, halo, plot } from "../../charts/plot.ts";
import type { CurvePoint } from "../comparisonData.ts";

const strokes = {
  rocAuc: { stroke: colour("real"), dash: "4 3" },
  prAuc: { stroke: colour("ink"), dash: "none" },
} as const;
const names = { rocAuc: "ROC-AUC", prAuc: "PR-AUC" } as const;

/** PR-AUC and ROC-AUC with their intervals over the number of pictures learnt from, which doubles from tick to tick. */
export function learningChart(of: string, points: readonly CurvePoint[]): string {
  const title = `What more ${of} bring`;
  const lines = (["rocAuc", "prAuc"] as const).map((metric) => ({
    metric,
    rows: points.flatMap(({ n, [metric]: estimate }) =>
      isDefined(estimate) && n > 0 ? [{ ...estimate, n: Math.round(n) }] : [],
    ),
  }));
  const counts = [...new Set(lines.flatMap(({ rows }) => rows.map(({ n }) => n)))];
  if (counts.length < 2)
    return emptyChart(title, `${counts.length === 1 ? "One size was" : "No sizes were"} measured: no curve.`);
  const words = lines.map(
    ({ metric, rows }) => `${names[metric]} ${rows.map(({ n, value }) => `${value.toFixed(3)} with ${n}`).join(", ")}`,
  );
  const measured = lines.flatMap(({ rows }) => rows);
  const [lowest, highest] = [
    Math.min(...measured.map(({ low }) => low)),
    Math.max(...measured.map(({ high }) => high)),
  ];
  return plot(`${title}: ${words.join("; ")}`, {
    height: 260,
    marginTop: 12,
    marginRight: 24,
    x: {
      type: "log",
      base: 2,
      label: `${of} to learn from`,
      ticks: counts,
      tickFormat: (n: number) => n.toLocaleString("en"),
    },
    y: { domain: [Math.floor(lowest * 10) / 10, Math.ceil(highest * 10) / 10], ticks: 5 },
    marks: [
      Plot.gridX(counts, { stroke: colour("line"), strokeOpacity: 1 }),
      Plot.gridY({ ticks: 5, stroke: colour("line"), strokeOpacity: 1 }),
      ...lines.flatMap(({ metric, rows }) => {
        const { stroke, dash } = strokes[metric];
        return [
          Plot.areaY(rows, { x: "n", y1: "low", y2: "high", fill: stroke, fillOpacity: 0.14 }),
          Plot.line(rows, { x: "n", y: "value", stroke, strokeWidth: 2, strokeDasharray: dash }),
          Plot.dot(rows, { x: "n", y: "value", r: 3.5, fill: stroke }),
          Plot.text(rows.slice(0, 1), {
            x: "n",
            y: "value",
            text: () => names[metric],
            textAnchor: "start",
            dx: 8,
            dy: -12,
            fill: stroke,
            fontWeight: 600,
            ...halo,
          }),
        ];
      }),
    ],
  });
}
