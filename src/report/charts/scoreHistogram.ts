import * as Plot from "@observablehq/plot";
import { mainResult, type ReportData } from "../reportData.ts";
import { chance } from "../show.ts";
import { colour } from "./palette.ts";
import { emptyChart, halo, plot } from "./plot.ts";
import { type ChanceScale, chanceScale } from "./rareScale.ts";

const binCount = 20;

/** Fakes above the line, real ones below, each as shares of its class, with the two thresholds of the verdict. */
export function scoreHistogram(data: ReportData): string {
  const title = "Probabilities given to fakes and to real pictures of the test part";
  const main = mainResult(data);
  if (main === undefined || main.scores.labels.length === 0) return emptyChart(title, "No pictures were measured.");
  const scale = chanceScale(main);
  const bars = [...sharesOf(1, main.scores, scale), ...sharesOf(0, main.scores, scale)];
  const tallest = Math.max(...bars.map(({ share }) => Math.abs(share)));
  const { real, fake } = main.thresholds;
  const rules = [
    { x: fake, text: `fake from ${chance(fake, 2)}`, stroke: colour("fake") },
    { x: real, text: `real below ${chance(real, 2)}`, stroke: colour("real") },
  ];
  return plot(`${title}; real below ${chance(real, 2)}, fake from ${chance(fake, 2)}, between them inconclusive`, {
    x: { label: "probability of being fake", ...scale.options },
    y: {
      label: "share of the class",
      domain: [-1.3 * tallest, 1.3 * tallest],
      ticks: 6,
      tickFormat: (share: number) => `${Math.round(Math.abs(share) * 100)}%`,
    },
    marks: [
      Plot.gridY({ stroke: colour("line"), strokeOpacity: 1 }),
      Plot.rectY(bars, { x1: "low", x2: "high", y1: 0, y2: "share", fill: "fill", insetLeft: 0.75, insetRight: 0.75 }),
      Plot.ruleY([0], { stroke: colour("ink") }),
      ...rules.map(({ x, stroke }) =>
        Plot.ruleX([scale.clip(x)], { stroke, strokeWidth: 1.5, strokeDasharray: "4 3" }),
      ),
      ...thresholdLabels(rules, scale),
      ...(["fakes", "real pictures"] as const).map((text, i) =>
        Plot.text([text], {
          frameAnchor: i === 0 ? "top-left" : "bottom-left",
          dx: 8,
          dy: i === 0 ? 10 : -10,
          fill: colour(i === 0 ? "fake" : "real"),
          fontWeight: 600,
          ...halo,
        }),
      ),
    ],
  });
}

/** Beside the threshold lines, one under the other, each on the side where there is room. */
function thresholdLabels(
  rules: readonly { x: number; text: string; stroke: string }[],
  { clip, place }: ChanceScale,
): Plot.Markish[] {
  return rules.map(({ x, text, stroke }, i) => {
    const isLeft = place(x) > 0.5;
    return Plot.text([clip(x)], {
      x: (value: number) => value,
      text: () => text,
      frameAnchor: "top",
      textAnchor: isLeft ? "end" : "start",
      dx: isLeft ? -5 : 5,
      dy: 10 + i * 16,
      fill: stroke,
      ...halo,
    });
  });
}

function sharesOf(
  label: 0 | 1,
  { labels, probabilities }: { labels: Uint8Array; probabilities: Float64Array },
  { isRare, lowest, place }: ChanceScale,
) {
  const edge = (bin: number) => (isRare ? lowest ** (1 - bin / binCount) : bin / binCount);
  const counts = new Float64Array(binCount);
  let n = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== label) continue;
    counts[Math.min(binCount - 1, Math.floor(place(probabilities[i]!) * binCount))]!++;
    n++;
  }
  return Array.from(counts, (count, bin) => ({
    low: edge(bin),
    high: edge(bin + 1),
    share: n === 0 ? 0 : ((label === 1 ? 1 : -1) * count) / n,
    fill: colour(label === 1 ? "fake" : "real"),
  }));
}
