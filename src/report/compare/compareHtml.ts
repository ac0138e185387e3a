import { html, type Markup, trusted } from "../markup.ts";
import { style } from "../style.ts";
import { compareStyle } from "./compareStyle.ts";
import type { ComparisonData } from "./comparisonData.ts";
import { closing } from "./sections/closing.ts";
import { data as dataSection } from "./sections/data.ts";
import { improve } from "./sections/improve.ts";
import { prosAndCons } from "./sections/prosAndCons.ts";
import { recommendations } from "./sections/recommendations.ts";
import { results } from "./sections/results.ts";

const sections: readonly ((data: ComparisonData) => Markup)[] = [
  recommendations,
  dataSection,
  results,
  prosAndCons,
  improve,
  closing,
];

/** compare.html: one file that asks for nothing from elsewhere (its own policy forbids it) and runs no script. */
export function compareHtml(data: ComparisonData): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Strategies for rare fakes on ${data.dataset.name} – Assay comparison</title>
<style>${trusted(style)}${trusted(compareStyle)}</style>
</head>
<body>
<main>${sections.map((section) => section(data))}
</main>
</body>
</html>
`.html;
}
