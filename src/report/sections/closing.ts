import { limits } from "../limits.ts";
import { html, type Markup } from "../markup.ts";
import type { ReportData } from "../reportData.ts";

/** What the figures do not show, and everything that is needed to get them again. */
export function closing(data: ReportData): Markup {
  return html`
<section>
  <h2>Limits</h2>
  <ul>${limits(data).map((limit) => html`<li>${limit}</li>`)}</ul>
</section>
<section>
  <h2>Configuration</h2>
  ${data.command === undefined ? undefined : html`<pre class="wrapped">${data.command}</pre>`}
  <details><summary>Recipe</summary><pre>${JSON.stringify(data.recipe, null, 2) ?? "none"}</pre></details>
  <p class="note">assay ${data.assayVersion}${data.machine === undefined ? undefined : ` · ${data.machine}`} · written ${data.createdAt}</p>
</section>`;
}
