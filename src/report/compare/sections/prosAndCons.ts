import { html, type Markup } from "../../markup.ts";
import type { ComparedStrategy, ComparisonData } from "../comparisonData.ts";
import { inOrder } from "../order.ts";

/** Each strategy once: what it is, what was measured for and against it at each ratio, and how it is known to fail. */
export function prosAndCons(data: ComparisonData): Markup {
  const first = data.ratios[0];
  if (first === undefined) return html``;
  return html`
<section>
  <h2>Pros and cons</h2>
  <p>As measured here, but for the line “known to fail”, which is the literature's.</p>
  ${inOrder(first, data.control).map((strategy) => card(strategy, data))}
</section>`;
}

function card({ name, summary, cite, failure, options }: ComparedStrategy, { ratios }: ComparisonData): Markup {
  const settings = Object.entries(options).map(
    ([key, value]) => `${key} ${typeof value === "object" ? JSON.stringify(value) : value}`,
  );
  return html`
<article class="strategy">
  <h3>${name}</h3>
  <p>${summary}.<small>${cite}${settings.length > 0 ? ` · ${settings.join(", ")}` : ""}</small></p>
  ${ratios.map(({ ratio, strategies }) => {
    const found = strategies.find((row) => row.name === name);
    return found === undefined ? undefined : ofRatio(ratio, found);
  })}
  <p class="fails"><strong>Known to fail:</strong> ${failure}.</p>
</article>`;
}

function ofRatio(ratio: string, { pros, cons }: ComparedStrategy): Markup {
  return html`<div class="sides"><h4>${ratio}</h4>${side("pros", "For", pros)}${side("cons", "Against", cons)}</div>`;
}

function side(kind: "pros" | "cons", title: string, sentences: readonly string[]): Markup {
  if (sentences.length === 0)
    return html`<div class="${kind}"><h5>${title}</h5><p class="note">Nothing that was measured.</p></div>`;
  return html`<div class="${kind}"><h5>${title}</h5><ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul></div>`;
}
