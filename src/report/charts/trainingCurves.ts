import * as Plot from "@observablehq/plot";
import type { EpochFigures, ReportData } from "../reportData.ts";
import { colour } from "./palette.ts";
import { emptyChart, grid, legend, plot, type Stroke } from "./plot.ts";

const train: Stroke = { stroke: colour("muted"), dash: "4 3", swatch: "- -" };
const validation: Stroke = { stroke: colour("ink"), swatch: "—" };

export function lossChart(data: ReportData): string {
  return trainingCurve(data, "loss", {
    of: (epoch) => [epoch.loss, epoch.validationLoss],
    corner: "top-right",
    y: { label: "loss, in nats", zero: true, nice: true },
  });
}

export function accuracyChart(data: ReportData): string {
  return trainingCurve(data, "accuracy", {
    of: (epoch) => [epoch.accuracy, epoch.validationAccuracy],
    corner: "bottom-right",
    y: { label: "accuracy at .5", nice: true },
  });
}

interface Curve {
  readonly of: (epoch: EpochFigures) => readonly [train: number, validation: number];
  readonly corner: "top-right" | "bottom-right";
  readonly y: Plot.ScaleOptions;
}

/** Train and validation over the epochs (counted from 1), the kept epoch marked. */
function trainingCurve({ training }: ReportData, what: string, { of, corner, y }: Curve): string {
  const title = `Training and validation ${what} by epoch`;
  if (training === undefined || training.epochs.length === 0)
    return emptyChart(title, "No epoch was trained in this run.");
  const points = training.epochs.map((epoch) => ({
    x: epoch.epoch + 1,
    train: of(epoch)[0],
    validation: of(epoch)[1],
  }));
  const best = points.filter(({ x }) => x === training.bestEpoch + 1);
  const last = points.at(-1)!.x;
  return plot(`${title}; the kept epoch is ${training.bestEpoch + 1} of ${last}.`, {
    x: { label: "epoch", domain: [1, Math.max(2, last)], ticks: Math.min(8, Math.max(1, last - 1)), tickFormat: "d" },
    y,
    marks: [
      ...grid(),
      Plot.ruleX(best, { x: "x", stroke: colour("muted"), strokeDasharray: "2 3" }),
      Plot.line(points, {
        x: "x",
        y: "train",
        stroke: train.stroke,
        strokeDasharray: train.dash ?? "",
        strokeWidth: 2,
      }),
      Plot.line(points, { x: "x", y: "validation", stroke: validation.stroke, strokeWidth: 2 }),
      Plot.dot(best, {
        x: "x",
        y: "validation",
        r: 5,
        fill: colour("paper"),
        stroke: validation.stroke,
        strokeWidth: 2,
      }),
      ...legend(
        [
          { ...train, text: "train" },
          { ...validation, text: "validation (○ kept)" },
        ],
        corner,
      ),
    ],
  });
}
