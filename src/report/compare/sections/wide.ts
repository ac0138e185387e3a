import { html, type Markup } from "../../markup.ts";

/** A table that scrolls sideways within itself where the page is narrow, by keyboard too. */
export function wide(label: string, table: Markup): Markup {
  return html`<div class="wide" role="region" tabindex="0" aria-label="${label}">${table}</div>`;
}
