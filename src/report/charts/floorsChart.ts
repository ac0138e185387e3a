import * as Plot from "@observablehq/plot";
import { type Estimate, isDefined } from "../../core/estimate.ts";
import type { ProtocolResult, ReportData } from "../reportData.ts";
import { protocolTitles } from "../words.ts";
import { colour } from "./palette.ts";
import { emptyChart, plot } from "./plot.ts";

/** ROC-AUC of the model beside what the label gives away without it, with intervals, under each protocol. */
export function floorsChart({ results }: ReportData): string {
  const title = "ROC-AUC of the model and of its floors under each protocol";
  const rows = results.flatMap(rowsOf);
  if (rows.length === 0) return emptyChart(title, "No ROC-AUC could be measured.");
  const names = ["model", "file floor", "history floor"].filter((name) => rows.some((row) => row.name === name));
  const lowest = Math.min(0.4, ...rows.map(({ low }) => low));
  const words = rows.map(({ protocol, name, value }) => `${protocol}, ${name} ${value.toFixed(2)}`).join("; ");
  return plot(`${title}: ${words}`, {
    height: 80 + results.length * (names.length * 22 + 30),
    marginTop: 22,
    marginLeft: 88,
    marginRight: 44,
    x: { label: "ROC-AUC (.5 = guessing)", domain: [Math.floor(lowest * 10) / 10, 1], ticks: 6 },
    y: { type: "band", label: null, tickSize: 0, domain: names, padding: 0.1 },
    fy: { axis: null, domain: results.map(({ protocol }) => protocolTitles[protocol]), padding: 0.22 },
    marks: [
      Plot.gridX({ stroke: colour("line"), strokeOpacity: 1 }),
      Plot.ruleX([0.5], { stroke: colour("muted"), strokeDasharray: "2 3" }),
      Plot.text(
        results.map(({ protocol }) => protocolTitles[protocol]),
        {
          fy: (title: string) => title,
          text: (title: string) => title,
          frameAnchor: "top-left",
          dx: -86,
          dy: -16,
          fontWeight: 600,
          fill: colour("ink"),
        },
      ),
      Plot.ruleY(rows, {
        fy: "protocol",
        y: "name",
        x1: "low",
        x2: "high",
        stroke: "stroke",
        strokeWidth: 3,
        strokeOpacity: 0.5,
      }),
      Plot.dot(rows, { fy: "protocol", y: "name", x: "value", r: 4.5, fill: "fill", stroke: "stroke", strokeWidth: 2 }),
      Plot.text(rows, {
        fy: "protocol",
        y: "name",
        text: (row: Row) => row.value.toFixed(2),
        frameAnchor: "right",
        textAnchor: "start",
        dx: 12,
        fill: "stroke",
        fontWeight: 600,
      }),
    ],
  });
}

interface Row {
  readonly protocol: string;
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly stroke: string;
  readonly fill: string;
}

function rowsOf({ protocol, atFake, floors }: ProtocolResult): Row[] {
  const row = (name: string, estimate: Estimate | undefined, stroke: string, fill: string): Row[] =>
    estimate !== undefined && isDefined(estimate)
      ? [{ protocol: protocolTitles[protocol], name, ...estimate, stroke, fill }]
      : [];
  return [
    ...row("model", atFake.metrics.rocAuc, colour("ink"), colour("ink")),
    ...row("file floor", floors.file.rocAuc, colour("muted"), colour("paper")),
    ...row("history floor", floors.history?.rocAuc, colour("muted"), colour("paper")),
  ];
}
