import { html, type Markup } from "../../markup.ts";
import type { ComparisonData } from "../comparisonData.ts";
import { comparisonLimits, duration } from "../words.ts";

/** What the figures do not show, and what is needed to get them again. */
export function closing(data: ComparisonData): Markup {
  return html`
<section>
  <h2>Limits</h2>
  <ul>${comparisonLimits(data).map((limit) => html`<li>${limit}</li>`)}</ul>
</section>
<section>
  <h2>Configuration</h2>
  <pre class="wrapped">${data.command}</pre>
  <p class="note">assay ${data.assay} · ${data.machine} · took ${duration(data.seconds)} · written ${data.createdAt}</p>
</section>`;
}
