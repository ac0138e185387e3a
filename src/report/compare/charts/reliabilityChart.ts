import * as Plot from "@observablehq/plot";
import { type Estimate, isDefined } from "../../../core/estimate.ts";
import { wilson } from "../../../metrics/wilson.ts";
import { colour } from "../../charts/palette.ts";
import { emptyChart, grid, plot } from "../../charts/plot.ts";
import { html, type Markup, trusted } from "../../markup.ts";
import type { ComparedRatio, ComparedStrategy, ComparisonData } from "../comparisonData.ts";
import { inOrder } from "../order.ts";
import { reliabilityReach } from "../reliabilityReach.ts";

/** One small diagram for each strategy, all on the same axes. */
export function reliabilityFigures(ratio: ComparedRatio, { control }: ComparisonData): Markup[] {
  const reach = reliabilityReach(ratio);
  return inOrder(ratio, control).map(
    (strategy) =>
      html`<figure><figcaption>${strategy.name}<small>ECE ${short(strategy.uncorrected.ece)} → ${short(strategy.metrics.ece)}</small></figcaption>${trusted(reliabilityChart(strategy, reach))}</figure>`,
  );
}

/** How often pictures were fake where the strategy said p; bars are Wilson intervals, areas grow with the pictures. */
export function reliabilityChart({ name, reliability, metrics }: ComparedStrategy, reach: number): string {
  const title = `Reliability of ${name}`;
  if (reliability.length === 0)
    return emptyChart(
      title,
      isDefined(metrics.ece) ? "No pictures were measured." : `${metrics.ece.undefinedBecause}.`,
    );
  const most = Math.max(...reliability.map(({ n }) => n));
  const points = reliability.map(({ meanProbability, fakeShare, n }) => {
    const interval = wilson(fakeShare * n, n);
    const [low, high] = isDefined(interval) ? [interval.low, interval.high] : [fakeShare, fakeShare];
    return { x: meanProbability, y: fakeShare, low, high: Math.min(reach, high), radius: 2 + 5 * Math.sqrt(n / most) };
  });
  const scale = { domain: [0, reach], ticks: 3, label: null };
  return plot(`${title}: share of fakes over the probability given, expected calibration error ${short(metrics.ece)}`, {
    width: 240,
    height: 210,
    marginTop: 8,
    marginRight: 8,
    marginBottom: 26,
    marginLeft: 32,
    x: scale,
    y: scale,
    marks: [
      ...grid(),
      Plot.line([0, reach], {
        x: (p: number) => p,
        y: (p: number) => p,
        stroke: colour("muted"),
        strokeDasharray: "2 3",
      }),
      Plot.ruleX(points, { x: "x", y1: "low", y2: "high", stroke: colour("muted"), strokeWidth: 1.5 }),
      Plot.dot(points, {
        x: "x",
        y: "y",
        r: { value: "radius", scale: null },
        fill: colour("ink"),
        stroke: colour("paper"),
      }),
    ],
  });
}

function short(estimate: Estimate): string {
  return isDefined(estimate) ? estimate.value.toFixed(3) : "–";
}
