import * as Plot from "@observablehq/plot";
import { type Estimate, isDefined } from "../../core/estimate.ts";
import { reliabilityByRank, reliabilityCurve } from "../../metrics/calibration.ts";
import type { Scores } from "../../metrics/scores.ts";
import { wilson } from "../../metrics/wilson.ts";
import { mainResult, type ProtocolResult, type ReportData } from "../reportData.ts";
import { colour } from "./palette.ts";
import { emptyChart, grid, legend, plot } from "./plot.ts";
import { rankedFor } from "./rankedFor.ts";
import { chanceScale } from "./rareScale.ts";

/**
 * How often pictures were fake where the model said p, before and after calibration; areas grow with the pictures. Bars
 * are Wilson intervals; weighted pictures are no trials, so there they are left out. Where fakes are rare the axes go by
 * powers of ten, and every dot stands for as many pictures; a share of 0 is drawn on the axis.
 */
export function calibrationChart(data: ReportData): string {
  const title = "Calibration on the test part";
  const main = mainResult(data);
  const after = main === undefined ? [] : bins(main, main.scores);
  if (main === undefined || after.length === 0) return emptyChart(title, "No pictures were measured.");
  const scale = chanceScale(main);
  const before = bins(main, main.beforeCalibration.scores);
  const errors = [main.beforeCalibration.raw.ece, main.atFake.metrics.ece].map(digits);
  return plot(
    `${title}: share of fakes over the probability given, expected calibration error ${errors[0]} before and ${errors[1]} after`,
    {
      x: { label: "probability given", ...scale.options },
      y: { label: "share of fakes", ...scale.options },
      ...(scale.isRare && { marginLeft: 60 }),
      marks: [
        ...grid(scale.ticks),
        Plot.line(
          [
            [scale.lowest, scale.lowest],
            [1, 1],
          ],
          { stroke: colour("muted"), strokeDasharray: "2 3" },
        ),
        Plot.line(before, { x: "x", y: "y", stroke: colour("muted"), strokeWidth: 1 }),
        Plot.dot(before, { x: "x", y: "y", r: 3, fill: colour("paper"), stroke: colour("muted") }),
        main.prevalence.from === "pictures"
          ? Plot.ruleX(after, { x: "x", y1: "low", y2: "high", stroke: colour("ink"), strokeWidth: 1.5 })
          : null,
        Plot.dot(after, {
          x: "x",
          y: "y",
          r: { value: "radius", scale: null },
          fill: colour("ink"),
          stroke: colour("paper"),
        }),
        ...legend(
          [
            { text: `before: ECE ${errors[0]}`, stroke: colour("muted"), swatch: "○" },
            { text: `calibrated: ECE ${errors[1]}`, stroke: colour("ink"), swatch: "●" },
          ],
          "bottom-right",
        ),
      ],
    },
  );
}

function bins(result: ProtocolResult, scores: Scores) {
  const { isRare, clip } = chanceScale(result);
  const curve = (isRare ? reliabilityByRank : reliabilityCurve)(rankedFor(result.prevalence, scores));
  const most = Math.max(...curve.map(({ n }) => n));
  return curve.map(({ meanProbability, fakeShare, n }) => {
    const interval = wilson(Math.round(fakeShare * n), n);
    const [low, high] = isDefined(interval) ? [interval.low, interval.high] : [fakeShare, fakeShare];
    const radius = isRare ? 4 : 2.5 + 4.5 * Math.sqrt(n / most);
    return { x: clip(meanProbability), y: clip(fakeShare), low: clip(low), high: clip(high), radius };
  });
}

function digits(estimate: Estimate): string {
  return isDefined(estimate) ? estimate.value.toFixed(3) : "–";
}
