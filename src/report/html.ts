import { html, type Markup, trusted } from "./markup.ts";
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
import { style } from "./style.ts";

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

/** report.html: one file that asks for nothing from elsewhere (its own policy forbids it) and runs no script. */
export function reportHtml(data: ReportData): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${data.title} – Assay report</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>${sections.map((section) => section(data))}
</main>
</body>
</html>
`.html;
}
