import { documentHtml } from "../document.ts";
import type { Markup } from "../markup.ts";
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

/** compare.html. */
export function compareHtml(data: ComparisonData): string {
  return documentHtml({
    title: `Strategies for rare fakes on ${data.dataset.name} – Assay comparison`,
    style: compareStyle,
    pictures: false,
    sections: sections.map((section) => section(data)),
  });
}
