import { documentHtml } from "./document.ts";
import type { Markup } from "./markup.ts";
import type { ReportData } from "./reportData.ts";
import { closing } from "./sections/closing.ts";
import { curves } from "./sections/curves.ts";
import { data as dataSection } from "./sections/data.ts";
import { headline } from "./sections/headline.ts";
import { localisation } from "./sections/localisation.ts";
import { metrics } from "./sections/metrics.ts";
import { mistakes } from "./sections/mistakes.ts";
import { protocols } from "./sections/protocols.ts";
import { rare } from "./sections/rare.ts";
import { slices } from "./sections/slices.ts";

const sections: readonly ((data: ReportData) => Markup)[] = [
  headline,
  protocols,
  slices,
  localisation,
  rare,
  curves,
  metrics,
  mistakes,
  dataSection,
  closing,
];

/** report.html. */
export function reportHtml(data: ReportData): string {
  return documentHtml({
    title: `${data.title} – Assay report`,
    pictures: true,
    sections: sections.map((section) => section(data)),
  });
}
