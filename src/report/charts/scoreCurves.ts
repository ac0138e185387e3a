import * as Plot from "@observablehq/plot";
import { type Estimate, isDefined } from "../../core/estimate.ts";
import { precisionRecallCurve, rocCurve } from "../../metrics/curves.ts";
import { countClasses, missingClass, rank } from "../../metrics/ranked.ts";
import { mainResult, type ProtocolResult, type ReportData } from "../reportData.ts";
import { protocolTitles } from "../words.ts";
import { colour } from "./palette.ts";
import { emptyChart, grid, legend, plot, type Stroke } from "./plot.ts";
import { rankedFor } from "./rankedFor.ts";

const protocolStrokes: Readonly<Record<ProtocolResult["protocol"], Stroke>> = {
  raw: { stroke: colour("raw"), dash: "6 4", swatch: "- -" },
  reencoded: { stroke: colour("reencoded"), swatch: "—" },
  rescaled: { stroke: colour("rescaled"), dash: "1 4", swatch: "···" },
};

const share = { domain: [0, 1], ticks: 5 };

/** Recall over false-alarm rate, one line for each protocol, the verdict's operating point on the main one. */
export function rocChart(data: ReportData): string {
  const title = "ROC curve of the test part";
  const shown = data.results.filter(hasBothClasses);
  if (shown.length === 0) return emptyChart(title, `No curve: ${whyNot(data.results)}.`);
  const lines = shown.map((result) => ({
    result,
    points: corners(
      rocCurve(rank(result.scores)).map(({ falseAlarmRate, recall }) => [falseAlarmRate, recall] as const),
    ),
  }));
  return plot(`${title}, ${areas("ROC-AUC", shown, (result) => result.atFake.metrics.rocAuc)}`, {
    x: { label: "false-alarm rate (real called fake)", ...share },
    y: { label: "recall (fakes found)", ...share },
    marks: [
      ...grid(),
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: colour("muted"), strokeDasharray: "2 3" },
      ),
      ...lines.map(({ result, points }) => curve(result, points)),
      ...operatingPoint(data),
      ...legend(
        entries(shown, (result) => result.atFake.metrics.rocAuc),
        "bottom-right",
      ),
    ],
  });
}

/** Precision over recall, one line for each protocol, and the share of fakes that guessing would have. */
export function precisionRecallChart(data: ReportData): string {
  const title = "Precision and recall of the test part";
  const shown = data.results.filter(hasBothClasses);
  const first = shown[0];
  if (first === undefined) return emptyChart(title, `No curve: ${whyNot(data.results)}.`);
  const baseRate = first.baselines.prAuc;
  return plot(
    `${title}, ${areas("PR-AUC", shown, (result) => result.atFake.metrics.prAuc)}, share of fakes ${shareOf(baseRate)}`,
    {
      x: { label: "recall (fakes found)", ...share },
      y: { label: "precision (alarms that are right)", ...share },
      marks: [
        ...grid(),
        Plot.ruleY([baseRate], { stroke: colour("muted"), strokeDasharray: "2 3" }),
        ...shown.map((result) =>
          curve(
            result,
            corners(
              precisionRecallCurve(rankedFor(result.prevalence, result.scores)).map(
                ({ recall, precision }) => [recall, precision] as const,
              ),
            ),
            "step-before",
          ),
        ),
        ...legend(
          [
            ...entries(shown, (result) => result.atFake.metrics.prAuc),
            { text: `${shareOf(baseRate)} share of fakes`, stroke: colour("muted"), swatch: "··" },
          ],
          "bottom-left",
        ),
      ],
    },
  );
}

function curve(
  { protocol }: ProtocolResult,
  points: readonly Point[],
  interpolation: "linear" | "step-before" = "linear",
) {
  const { stroke, dash } = protocolStrokes[protocol];
  return Plot.line(points, {
    curve: interpolation,
    stroke,
    strokeWidth: 2,
    strokeDasharray: dash ?? "none",
    strokeLinecap: "round",
  });
}

/** Where the verdict "fake" stands on the main curve. */
function operatingPoint(data: ReportData): Plot.Markish[] {
  const main = mainResult(data);
  if (main === undefined || !hasBothClasses(main)) return [];
  const [[tn, fp], [fn, tp]] = main.atFake.confusionMatrix;
  const { stroke } = protocolStrokes[main.protocol];
  return [Plot.dot([[fp / (tn + fp), tp / (fn + tp)]], { r: 5, fill: colour("paper"), stroke, strokeWidth: 2 })];
}

type Point = readonly [x: number, y: number];

/** The points where the line turns: those between two others on one level or one upright say nothing. */
function corners(points: readonly Point[]): Point[] {
  const isBetween = ([x, y]: Point, a: Point | undefined, b: Point | undefined) =>
    a !== undefined && b !== undefined && ((a[0] === x && x === b[0]) || (a[1] === y && y === b[1]));
  return points.filter((point, i) => !isBetween(point, points[i - 1], points[i + 1]));
}

function entries(results: readonly ProtocolResult[], area: (result: ProtocolResult) => Estimate) {
  return results.map((result) => ({
    ...protocolStrokes[result.protocol],
    text: `${shown(area(result))} ${protocolTitles[result.protocol].toLowerCase()}`,
  }));
}

function areas(name: string, results: readonly ProtocolResult[], area: (result: ProtocolResult) => Estimate): string {
  return results.map((result) => `${protocolTitles[result.protocol]}: ${name} ${shown(area(result))}`).join(", ");
}

/** Two digits that say something, also where fakes are rare. */
function shareOf(rate: number): string {
  return rate >= 0.1 ? rate.toFixed(2) : String(Number(rate.toPrecision(2)));
}

function shown(estimate: Estimate): string {
  return isDefined(estimate) ? estimate.value.toFixed(2) : "–";
}

function hasBothClasses({ scores }: ProtocolResult): boolean {
  return scores.labels.includes(0) && scores.labels.includes(1);
}

function whyNot(results: readonly ProtocolResult[]): string {
  const first = results[0];
  if (first === undefined) return "nothing was measured";
  return missingClass(countClasses(rank(first.scores)))?.undefinedBecause ?? "nothing was measured";
}
