import { describeCalibration, flatCalibration } from "../../model/calibration.ts";
import { html, type Markup } from "../markup.ts";
import type { ReportData } from "../reportData.ts";
import { chartFigure } from "./parts.ts";

export function curves(data: ReportData): Markup {
  const { training, calibration } = data;
  return html`
<section>
  <h2>How it decides</h2>
  <div class="charts">
    ${(["scores", "calibration", "roc", "pr", "confusion", "confusion-normalised"] as const).map((name) => chartFigure(name, data))}
  </div>
  <p class="note">ROC and precision show every protocol, the rest the one that the model was trained on. The circle on the ROC
    is the verdict “fake”. Calibration: ${describeCalibration(calibration)}${calibration.kind === "temperature" ? " (above 1 the network was too sure of itself)" : ""}. ${flatCalibration(calibration)}</p>
</section>
${training === undefined ? undefined : trainingCurves(data, training)}`;
}

function trainingCurves(data: ReportData, training: NonNullable<ReportData["training"]>): Markup {
  return html`
<section>
  <h2>How it was trained</h2>
  <p>${training.stoppedBecause} Training took ${duration(training.seconds)}.</p>
  <div class="charts">${chartFigure("loss", data)}${chartFigure("accuracy", data)}</div>
</section>`;
}

/** `42 s`, `17 min`, `2 h 5 min` */
function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
