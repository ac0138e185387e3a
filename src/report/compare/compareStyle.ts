/** What a comparison needs beside the report's style. */
export const compareStyle = `
main { max-width: 1040px; }
.facts { max-width: none; }
.figures dt { white-space: nowrap; }
.counts th, .counts td { width: 11%; }
.counts thead small { white-space: nowrap; }
.verdict .kicker { margin-bottom: 4px; }
.verdict + .verdict { margin-top: 36px; }
.ratio { margin-top: 34px; }
.ratio-title { font-size: 1.25rem; margin: 0 0 4px; padding-top: 14px; border-top: 2px solid var(--ink); }
.ratio-title small { display: inline; margin-left: 8px; font-size: .9375rem; }
h4 { font-size: 1rem; margin: 30px 0 8px; }
thead small { font-weight: 400; }
.stacked td small { display: block; margin: 0; min-width: 0; text-align: right; font-size: .75rem; }
.stacked td .reason { max-width: 9rem; margin-left: auto; }
.stacked tbody th small { display: block; margin: 0; }
.stacked th:first-child { position: sticky; left: 0; background: var(--paper); }
.chosen > th:first-child { background: var(--wash); box-shadow: inset 3px 0 0 var(--rescaled); }
.chosen { background: var(--wash); }
.chosen > th { font-weight: 600; padding-left: 12px; }
.second th { font-weight: 400; color: var(--muted); }
.multiples { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 24px 28px; margin: 14px 0; }
.strategy { padding: 18px 0 6px; border-top: 1px solid var(--line); break-inside: avoid; }
.strategy h3 { margin: 0 0 4px; }
.sides { display: grid; grid-template-columns: 4rem minmax(0, 1fr) minmax(0, 1fr); gap: 4px 24px; margin: 0 0 8px; font-size: .9375rem; }
.sides h4 { margin: 0; font-size: .9375rem; }
.sides h5 { margin: 0 0 2px; font-size: .8125rem; font-weight: 600; color: var(--muted); }
.sides ul { list-style: none; padding: 0; margin: 0; }
.sides li { position: relative; padding-left: 1.1rem; margin-bottom: 4px; }
.sides li::before { position: absolute; left: 0; font-weight: 700; }
.pros li::before { content: "+"; color: var(--rescaled); }
.cons li::before { content: "\\2212"; color: var(--fake); }
.fails { color: var(--muted); font-size: .9375rem; }
@media screen and (max-width: 680px) {
  .sides { grid-template-columns: minmax(0, 1fr); }
  .multiples { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px 12px; }
}
@media print {
  .wide { overflow: visible; }
  .stacked { font-size: 8pt; }
  .stacked th, .stacked td { padding: 4px 7px 4px 0; }
  .stacked small, .stacked td small, .stacked tbody th small { font-size: 6.5pt; }
  .stacked .chosen > th:first-child { padding-left: 9px; }
  .chosen { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .ratio + .ratio { break-before: page; }
}
`;
