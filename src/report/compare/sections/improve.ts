import { html, type Markup, trusted } from "../../markup.ts";
import { percentEstimate } from "../../words.ts";
import { learningChart } from "../charts/learningChart.ts";
import type { ComparedRatio, ComparisonData } from "../comparisonData.ts";

/** What the learning curves say would help, most useful first, and the curves. */
export function improve(data: ComparisonData): Markup {
  return html`
<section>
  <h2>What would improve it</h2>
  <p>Computed from learning curves: the recommended strategy was trained again on shares of each class; the control, ${data.control}, where there is none or it has too many members.</p>
  ${data.ratios.map(ofRatio)}
</section>`;
}

function ofRatio({ ratio, improve, curves }: ComparedRatio): Markup {
  return html`
<section class="ratio">
  <h3 class="ratio-title">${ratio}, trained by ${curves.of}</h3>
  ${improve.length === 0 ? html`<p>The curves name nothing that would help.</p>` : html`<ol>${improve.map((sentence) => html`<li>${sentence}</li>`)}</ol>`}
  <div class="charts">
    ${figure("More fakes", learningChart("fakes", curves.fakes))}
    ${figure("More genuine pictures", learningChart("genuine pictures", curves.real))}
  </div>
  <p class="note">Labels that models of other folds contradict with confidence: ${(["real", "fake"] as const)
    .map(
      (label) =>
        `${percentEstimate(curves.labelNoise[label])} of the ${label === "fake" ? "fakes" : "genuine pictures"}`,
    )
    .join(", ")}.</p>
</section>`;
}

function figure(title: string, svg: string): Markup {
  return html`<figure><figcaption>${title}</figcaption>${trusted(svg)}</figure>`;
}
