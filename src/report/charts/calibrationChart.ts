import * as Plot from "@observablehq/plot";
import { isDefined } from "../../core/estimate.ts";
import { reliabilityCurve } from "../../metrics/calibration.ts";
import { rank } from "../../metrics/ranked.ts";
import { wilson } from "../../metrics/wilson.ts";
import { mainResult, type ReportData } from "../reportData.ts";
import { colour } from "./palette.ts";
import { emptyChart, grid, legend, plot } from "./plot.ts";

/** How often pictures were fake where the model said p; bars are Wilson intervals, areas grow with the pictures. */
export function calibrationChart(data: ReportData): string {
  const title = "Calibration on the test part";
  const main = mainResult(data);
  const bins = main === undefined ? [] : reliabilityCurve(rank(main.scores));
  if (main === undefined || bins.length === 0) return emptyChart(title, "No pictures were measured.");
  const most = Math.max(...bins.map(({ n }) => n));
  const points = bins.map(({ meanProbability, fakeShare, n }) => {
    const interval = wilson(Math.round(fakeShare * n), n);
    const [low, high] = isDefined(interval) ? [interval.low, interval.high] : [fakeShare, fakeShare];
    return { x: meanProbability, y: fakeShare, low, high, radius: 2.5 + 4.5 * Math.sqrt(n / most) };
  });
  const { ece } = main.atFake.metrics;
  const error = isDefined(ece) ? ece.value.toFixed(3) : "–";
  return plot(`${title}: share of fakes over the probability given, expected calibration error ${error}`, {
    x: { label: "probability given", domain: [0, 1], ticks: 5 },
    y: { label: "share of fakes", domain: [0, 1], ticks: 5 },
    marks: [
      ...grid(),
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: colour("muted"), strokeDasharray: "2 3" },
      ),
      Plot.ruleX(points, { x: "x", y1: "low", y2: "high", stroke: colour("muted"), strokeWidth: 1.5 }),
      Plot.dot(points, {
        x: "x",
        y: "y",
        r: { value: "radius", scale: null },
        fill: colour("ink"),
        stroke: colour("paper"),
      }),
      ...legend([{ text: `ECE ${error}, 15 bins`, stroke: colour("ink"), swatch: "●" }], "bottom-right"),
    ],
  });
}
