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
  ${data.command === undefined ? undefined : html`<pre>${data.command}</pre>`}
  <details><summary>Recipe</summary><pre>${JSON.stringify(data.recipe, null, 2) ?? "none"}</pre></details>
  <p class="note">assay ${data.assayVersion}${data.machine === undefined ? undefined : html` · ${data.machine}`} · manifest sha256
    <code>${data.dataset.manifestSha256}</code> · written ${data.createdAt}. The hash vouches that the set of files is
    unchanged (integrity); it says nothing of whether their labels are true (authentication).</p>
</section>`;
}
