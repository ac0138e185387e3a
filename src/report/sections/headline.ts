import { type Estimate, isDefined } from "../../core/estimate.ts";
import { html, type Markup } from "../markup.ts";
import { mainResult, type ReportData } from "../reportData.ts";
import { count, percent, testFalseAlarms, verdictInWords } from "../words.ts";

/** Title, warnings that no reader may miss, the verdict in words, three figures. */
export function headline(data: ReportData): Markup {
  const verdict = verdictInWords(data);
  const { dataset, split } = data;
  return html`
<header>
  <p class="kicker">Assay report</p>
  <h1>${data.title}</h1>
  <p class="facts">${dataset.name}: ${count(dataset.counts.real, "real picture")}, ${count(dataset.counts.fake, "fake")} in
    ${count(dataset.groups, "group")} · ${splitWords(split)} · ${showTime(data.createdAt)} · assay ${data.assayVersion}</p>
</header>
${dataset.toy === undefined ? undefined : banner("Toy set", dataset.toy)}
${split.naive ? banner("Naive split", "Pictures of one source stand in training and in test. These figures flatter; do not quote them without these words.") : undefined}
<section class="verdict ${verdict.tone}">
  <h2>${verdict.headline}</h2>
  ${figures(data)}
  <p>${verdict.basis} ${verdict.floors}</p>
</section>`;
}

function figures(data: ReportData): Markup | undefined {
  const main = mainResult(data);
  if (main === undefined) return undefined;
  const { rocAuc, recall } = main.atFake.metrics;
  return html`<dl class="figures">
    ${figure("ROC-AUC", rocAuc, (x) => x.toFixed(2), "pictures")}
    ${figure("fakes found", recall, percent, "fakes")}
    ${figure("false alarms", testFalseAlarms(main), percent, "real")}
  </dl>`;
}

function figure(name: string, estimate: Estimate, show: (x: number) => string, unit: string): Markup {
  if (!isDefined(estimate))
    return html`<div><dt>${name}</dt><dd>–<small>${estimate.undefinedBecause}</small></dd></div>`;
  const { value, low, high, n } = estimate;
  return html`<div><dt>${name}</dt><dd>${show(value)}<small>${show(low)}\u2009–\u2009${show(high)}, n\u00a0=\u00a0${n}\u00a0${unit}</small></dd></div>`;
}

export function splitWords({ kind, naive, seed }: ReportData["split"]): string {
  return `${kind} split${naive ? " (naive)" : ""}, seed ${seed}`;
}

/** `20 November 2026, 20:15 UTC`, or the text itself where it is no time. */
function showTime(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  const options = { timeZone: "UTC", dateStyle: "long", timeStyle: "short" } as const;
  return `${new Intl.DateTimeFormat("en-GB", options).format(date).replace(" at ", ", ")} UTC`;
}

function banner(name: string, sentence: string): Markup {
  return html`<p class="banner" role="note"><strong>${name}.</strong> ${sentence}</p>`;
}
