import { declarations } from "./charts/palette.ts";

/** The page's whole CSS. No font, picture or script comes from elsewhere. */
export const style = `
:root { color-scheme: light dark; ${declarations("light")} }
@media screen and (prefers-color-scheme: dark) { :root { ${declarations("dark")} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Inter, Helvetica, Arial, sans-serif; }
main { max-width: 860px; margin: 0 auto; padding: 40px 20px 64px; }
h1 { font-size: 2rem; line-height: 1.15; letter-spacing: -.015em; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; line-height: 1.3; letter-spacing: -.01em; margin: 0 0 12px; }
h3 { font-size: 1rem; margin: 28px 0 8px; }
p { margin: 0 0 12px; max-width: 68ch; }
section { margin-top: 52px; }
small { display: block; color: var(--muted); font-size: .8125rem; font-weight: 400; line-height: 1.35; }
code, pre { font: .8125rem/1.5 ui-monospace, "Cascadia Mono", Menlo, "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: anywhere; }
pre { background: var(--wash); padding: 14px 16px; border-radius: 8px; overflow-x: auto; margin: 0 0 12px; overflow-wrap: normal; }
.wrapped { white-space: pre-wrap; }
.kicker { color: var(--muted); font-size: .8125rem; letter-spacing: .08em; text-transform: uppercase; margin: 0 0 10px; }
.facts, .note { color: var(--muted); font-size: .875rem; max-width: 76ch; }
.banner { background: var(--warningWash); color: var(--warning); border-left: 4px solid currentColor; border-radius: 0 8px 8px 0; padding: 12px 16px; margin: 20px 0 0; max-width: none; }
.verdict { margin-top: 28px; border-left: 4px solid var(--muted); padding: 4px 0 4px 22px; }
.verdict.good { border-color: var(--rescaled); }
.verdict.doubtful { border-color: var(--warning); }
.verdict h2 { font-size: 1.6rem; line-height: 1.25; max-width: 40ch; text-wrap: balance; }
.verdict p:last-child { margin-bottom: 0; }
.figures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 12px; margin: 20px 0; }
.figures div { background: var(--wash); border-radius: 8px; padding: 14px 16px; }
.figures dt { color: var(--muted); font-size: .875rem; }
.figures dd { margin: 0; font-size: 1.75rem; font-weight: 650; letter-spacing: -.02em; line-height: 1.2; font-variant-numeric: tabular-nums; }
.figures small { letter-spacing: 0; margin-top: 4px; }
.wide { overflow-x: auto; margin: 4px 0 14px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 14px 7px 0; vertical-align: top; border-bottom: 1px solid var(--line); text-align: right; font-weight: 400; }
th:first-child { text-align: left; }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-weight: 600; vertical-align: bottom; }
td { white-space: nowrap; }
td small { display: inline-block; margin-left: 10px; min-width: 5.6rem; text-align: left; }
td .reason { white-space: normal; max-width: 14rem; vertical-align: top; }
tbody th small { display: inline; margin-left: 8px; }
.stacked td small, .stacked tbody th small { display: block; margin: 0; min-width: 0; text-align: inherit; }
table.narrow { max-width: 460px; }
tbody + tbody tr:first-child > * { border-top: 2px solid var(--line); }
.quiet { color: var(--muted); }
.pair { display: grid; grid-template-columns: minmax(0, 400px) minmax(0, 1fr); gap: 28px; margin: 20px 0; }
.charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 32px 28px; margin: 18px 0; }
figure { margin: 0; break-inside: avoid; }
figcaption { font-weight: 600; font-size: .9375rem; margin-bottom: 6px; }
.chart { display: block; width: 100%; max-width: 440px; height: auto; overflow: visible; }
.chart text { white-space: pre; }
.gallery { list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 18px 16px; padding: 0; margin: 0; }
.gallery li { font-size: .8125rem; color: var(--muted); break-inside: avoid; }
.gallery img { display: block; width: 100%; height: 130px; object-fit: contain; background: var(--wash); border-radius: 6px; margin-bottom: 6px; }
.gallery span { display: block; }
.path { color: var(--ink); overflow-wrap: anywhere; }
.list { margin: 0 0 18px; }
.list div { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 12px; padding: 5px 0; }
.list dt { color: var(--muted); }
.list dd { margin: 0; overflow-wrap: anywhere; }
.sheet img { display: block; max-width: 100%; height: auto; border-radius: 6px; }
.sheet { margin-top: 18px; }
summary { cursor: pointer; padding: 6px 0; }
ul { padding-left: 1.2rem; max-width: 72ch; }
li { margin-bottom: 8px; }
:focus-visible { outline: 2px solid var(--real); outline-offset: 2px; }
@media screen and (max-width: 680px) {
  main { padding: 24px 16px 48px; }
  h1 { font-size: 1.6rem; }
  .verdict { padding-left: 16px; }
  .verdict h2 { font-size: 1.3rem; }
  .pair, .charts { grid-template-columns: minmax(0, 1fr); }
  .figures { grid-template-columns: minmax(0, 1fr); }
  .figures div { display: grid; grid-template-columns: 1fr auto; align-items: baseline; }
  .figures dd { text-align: right; font-size: 1.4rem; }
  .list div { grid-template-columns: minmax(0, 1fr); gap: 0; }
  th, td { padding-right: 10px; font-size: .9375rem; }
  td small, tbody th small { display: block; margin: 0; min-width: 0; text-align: inherit; }
  td small { font-size: .75rem; }
}
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  section { margin-top: 28px; }
  h2, h3 { break-after: avoid; }
  tr, .figures, .verdict, .banner { break-inside: avoid; }
  .figures div, pre, .banner, .chart, .gallery img { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
@page { margin: 16mm; }
`;
