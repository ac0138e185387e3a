import sharp from "sharp";
import { calibrationChart } from "./charts/calibrationChart.ts";
import { confusionChart, normalisedConfusionChart } from "./charts/confusionChart.ts";
import { floorsChart } from "./charts/floorsChart.ts";
import { inLight, palette } from "./charts/palette.ts";
import { precisionRecallChart, rocChart } from "./charts/scoreCurves.ts";
import { scoreHistogram } from "./charts/scoreHistogram.ts";
import { accuracyChart, lossChart } from "./charts/trainingCurves.ts";
import type { ReportData } from "./reportData.ts";

interface Chart {
  readonly title: string;
  /** An SVG string whose colours are CSS variables (palette.ts). */
  readonly draw: (data: ReportData) => string;
}

/** Every chart of a report; the key is the name of its file in the run folder. */
export const charts = {
  protocols: { title: "The model above its floors", draw: floorsChart },
  loss: { title: "Loss", draw: lossChart },
  accuracy: { title: "Accuracy", draw: accuracyChart },
  confusion: { title: "Confusion matrix", draw: confusionChart },
  "confusion-normalised": { title: "Confusion matrix, by true class", draw: normalisedConfusionChart },
  roc: { title: "ROC (area under the curve)", draw: rocChart },
  pr: { title: "Precision and recall (average precision)", draw: precisionRecallChart },
  calibration: { title: "Calibration", draw: calibrationChart },
  scores: { title: "Scores by class", draw: scoreHistogram },
} as const satisfies Record<string, Chart>;
export type ChartName = keyof typeof charts;

/** The charts as pictures for the run folder: `loss.png`, … in light colours, at twice their size. */
export async function chartFiles(data: ReportData): Promise<{ readonly name: string; readonly bytes: Uint8Array }[]> {
  const named = Object.entries(charts) as [ChartName, Chart][];
  return Promise.all(
    named.map(async ([name, { title, draw }]) => ({ name: `${name}.png`, bytes: await png(title, draw(data)) })),
  );
}

/** The chart on white under its title. */
async function png(title: string, svg: string): Promise<Uint8Array> {
  const [width, height] = ["width", "height"].map((name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(svg)?.[1]));
  const chart = inLight(svg).replaceAll("currentColor", palette.ink.light);
  const headed =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height! + 30}" font-family="Inter, Helvetica, Arial, sans-serif">` +
    `<rect width="100%" height="100%" fill="${palette.paper.light}"/>` +
    `<text x="14" y="24" font-size="14" font-weight="600" fill="${palette.ink.light}">${title}</text>` +
    `<g transform="translate(0,30)">${chart}</g></svg>`;
  return sharp(Buffer.from(headed), { density: 144 }).png().toBuffer();
}
