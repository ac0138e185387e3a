import * as Plot from "@observablehq/plot";
import { mainResult, type ReportData } from "../reportData.ts";
import { percent } from "../words.ts";
import { colour } from "./palette.ts";
import { emptyChart, plot } from "./plot.ts";

const classes = ["real", "fake"] as const;

/** Counts at the threshold of the verdict "fake". */
export function confusionChart(data: ReportData): string {
  return chart(data, "Confusion matrix, pictures", (count) => String(count));
}

/** Shares of each true class. */
export function normalisedConfusionChart(data: ReportData): string {
  return chart(data, "Confusion matrix, shares of each true class", (_, share) => percent(share));
}

function chart(data: ReportData, title: string, show: (count: number, share: number) => string): string {
  const main = mainResult(data);
  if (main === undefined || main.scores.labels.length === 0) return emptyChart(title, "No pictures were measured.");
  const cells = main.atFake.confusionMatrix.flatMap((row, truth) =>
    row.map((count, answer) => {
      const all = row[0] + row[1];
      const share = all === 0 ? 0 : count / all;
      const fill = colour(truth === answer ? "rescaled" : "fake");
      return {
        truth: classes[truth]!,
        answer: `called ${classes[answer]!}`,
        count,
        share,
        fill,
        text: all === 0 ? "–" : show(count, share),
      };
    }),
  );
  const words = cells.map(({ truth, answer, text }) => `${truth} ${answer}: ${text}`).join(", ");
  return plot(`${title}: ${words}`, {
    marginTop: 36,
    marginBottom: 12,
    marginLeft: 62,
    x: {
      type: "band",
      axis: "top",
      label: null,
      tickSize: 0,
      domain: classes.map((name) => `called ${name}`),
      padding: 0.03,
    },
    y: { type: "band", label: null, tickSize: 0, domain: [...classes], padding: 0.03 },
    marks: [
      Plot.cell(cells, { x: "answer", y: "truth", fill: colour("wash") }),
      Plot.cell(cells, {
        x: "answer",
        y: "truth",
        fill: "fill",
        fillOpacity: (cell: { share: number }) => 0.45 * cell.share,
      }),
      Plot.text(cells, { x: "answer", y: "truth", text: "text", fill: colour("ink"), fontSize: 26, fontWeight: 600 }),
    ],
  });
}
