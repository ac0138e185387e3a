import type { PixelEstimates } from "../../metrics/localisation.ts";
import { html, type Markup } from "../markup.ts";
import { mainResult, type ReportData } from "../reportData.ts";
import { cell } from "./parts.ts";

/** Where it says that a picture was edited, beside two answers that know nothing; nothing where there are no masks. */
export function localisation(data: ReportData): Markup {
  const found = mainResult(data)?.localisation;
  if (found === undefined) return html``;
  const row = (name: string, meaning: string, of: PixelEstimates) =>
    html`<tr><th scope="row">${name}<small>${meaning}</small></th>${cell(of.pixelF1)}${cell(of.bestPixelF1)}${cell(of.iou)}${cell(of.pixelAuc)}</tr>`;
  const { centrePrior, threshold } = found;
  return html`
<section>
  <h2>Where it says that pictures were edited</h2>
  <p>Means over ${found.n} fakes with masks, pixel by pixel.</p>
  <div class="wide"><table>
    <thead><tr><td></td>${["pixel F1", "best F1", "IoU", "pixel AUC"].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>
      ${row("model", typeof threshold === "number" ? `p ≥ ${threshold.toFixed(3)}, set on validation` : threshold.undefinedBecause, found)}
      ${row("centre prior", `a Gaussian in the middle, sigma ${centrePrior.sigma} of each side`, centrePrior)}
      ${row("every line of text", "all text marked, whatever it looks like", found.textPrior)}
      ${row("all edited", "a map of ones", found.allOnes)}
    </tbody>
  </table></div>
  <table class="narrow"><tbody><tr><th scope="row">called edited on genuine pictures<small>share of their pixels, all of it false</small></th>${cell(found.calledEditedOnGenuine)}</tr></tbody></table>
  <p class="note">Best F1 takes the threshold that suits each picture, which nobody knows beforehand. The centre prior has the one threshold that suits
    these very pictures best. What the model scores above both rows is what it knows about the place.</p>
</section>`;
}
