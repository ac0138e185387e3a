import { dataUrl, html, type Markup } from "../markup.ts";
import type { Mistake, ReportData } from "../reportData.ts";
import { chance } from "../show.ts";

/** The pictures that the model was most sure and most wrong about: where to look for what it really learnt. */
export function mistakes({ mistakes }: ReportData): Markup {
  const missed = mistakes.filter(({ label }) => label === "fake");
  const alarms = mistakes.filter(({ label }) => label === "real");
  if (mistakes.length === 0) return html``;
  return html`
<section>
  <h2>Worst mistakes</h2>
  ${gallery("Fakes that it took for real", missed)}
  ${gallery("Real pictures that it took for fake", alarms)}
</section>`;
}

function gallery(title: string, shown: readonly Mistake[]): Markup | undefined {
  if (shown.length === 0) return undefined;
  return html`<h3>${title}</h3><ul class="gallery">${shown.map(
    ({ path, probability, thumbnail }) =>
      html`<li><img src="${dataUrl(thumbnail)}" alt="${path}"><span class="path">${path}</span><span>p = ${chance(probability)}</span></li>`,
  )}</ul>`;
}
