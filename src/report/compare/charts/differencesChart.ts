import * as Plot from "@observablehq/plot";
import { isDefined } from "../../../core/estimate.ts";
import { colour } from "../../charts/palette.ts";
import { emptyChart, plot } from "../../charts/plot.ts";
import { html, type Markup, trusted } from "../../markup.ts";
import type { ComparedMetric, ComparedRatio, ComparisonData } from "../comparisonData.ts";
import { isClear, metricWords, showP, signed } from "../metricWords.ts";
import { inOrder } from "../order.ts";

interface Row {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly isClear: boolean;
  readonly p: string;
}

/** What ranks, what is found at few false alarms, and what the probabilities are worth. */
export function differenceFigures(ratio: ComparedRatio, data: ComparisonData): Markup[] {
  return (["prAuc", "recallAtFpr1", "rocAuc", "brier"] as const).map(
    (metric) =>
      html`<figure><figcaption>${metricWords[metric].name}</figcaption>${trusted(differencesChart(ratio, data, metric))}${missing(ratio, data, metric)}</figure>`,
  );
}

/** Who has no difference, and why. */
function missing(ratio: ComparedRatio, { control }: ComparisonData, metric: ComparedMetric): Markup[] {
  return inOrder(ratio, control).flatMap(({ name, pairedDifference }) => {
    if (name === control) return [];
    const estimate = pairedDifference?.[metric]?.estimate ?? { undefinedBecause: "not measured" };
    return isDefined(estimate) ? [] : [html`<small>${name}: – (${estimate.undefinedBecause})</small>`];
  });
}

/** Paired differences to the control under each other; a filled dot is clear of it after Holm's adjustment. */
export function differencesChart(ratio: ComparedRatio, { control }: ComparisonData, metric: ComparedMetric): string {
  const { name, better } = metricWords[metric];
  const title = `${name} of each strategy less that of ${control}, at ${ratio.ratio}`;
  const rows = inOrder(ratio, control).flatMap((strategy): Row[] => {
    const difference = strategy.pairedDifference?.[metric];
    if (difference === undefined || !isDefined(difference.estimate)) return [];
    const { pAdjusted, estimate } = difference;
    const p = pAdjusted === null ? "" : showP(pAdjusted).replace("\u00a0=\u00a0", " ").replace("0.", ".");
    return [{ name: strategy.name, ...estimate, isClear: isClear(pAdjusted), p }];
  });
  if (rows.length === 0) return emptyChart(title, "No difference could be measured.");
  const longest = Math.max(...rows.map((row) => row.name.length));
  const words = rows.map((row) => `${row.name} ${signed(row.value)}${row.isClear ? ", clear" : ""}`).join("; ");
  const side = better === "higher" ? "above 0 is better" : "below 0 is better";
  return plot(`${title}; ${side}: ${words}`, {
    height: 62 + 22 * rows.length,
    marginTop: 8,
    marginLeft: Math.min(160, 16 + 6.9 * longest),
    marginRight: 58,
    x: { label: `against ${control} (${side})`, ticks: 3, nice: true },
    y: { type: "band", label: null, tickSize: 0, domain: rows.map((row) => row.name), padding: 0.1 },
    marks: [
      Plot.gridX({ ticks: 3, stroke: colour("line"), strokeOpacity: 1 }),
      Plot.ruleX([0], { stroke: colour("ink"), strokeWidth: 1.2 }),
      Plot.ruleY(rows, { y: "name", x1: "low", x2: "high", stroke: colour("ink"), strokeWidth: 3, strokeOpacity: 0.4 }),
      Plot.dot(rows, {
        y: "name",
        x: "value",
        r: 4.5,
        fill: (row: Row) => colour(row.isClear ? "ink" : "paper"),
        stroke: colour("ink"),
        strokeWidth: 1.8,
      }),
      Plot.text(rows, {
        y: "name",
        text: "p",
        frameAnchor: "right",
        textAnchor: "start",
        dx: 8,
        fill: (row: Row) => colour(row.isClear ? "ink" : "muted"),
      }),
    ],
  });
}
