import { type Estimate, isDefined } from "../../../core/estimate.ts";
import { html, type Markup } from "../../markup.ts";
import { count } from "../../words.ts";
import type { ComparedMetric, ComparedRatio, ComparisonData } from "../comparisonData.ts";
import { metricWords } from "../metricWords.ts";
import { chosen } from "../order.ts";
import { ratioInWords, recommendation } from "../words.ts";

/** Title, and for each ratio the one recommendation, why, and its three figures beside what they are measured against. */
export function recommendations(data: ComparisonData): Markup {
  const { dataset, folds, seeds, ratios } = data;
  const strategies = new Set(ratios.flatMap((ratio) => ratio.strategies.map(({ name }) => name))).size;
  return html`
<header>
  <p class="kicker">Assay comparison</p>
  <h1>Training on rare fakes: ${dataset.name}</h1>
  <p class="facts">${count(strategies, "strategy").replace(/ys$/, "ies")}, ${count(ratios.length, "ratio")}, ${count(folds, "fold")}, ${count(seeds.length, "seed")} ·
    ${count(dataset.counts.real, "real picture")}, ${count(dataset.counts.fake, "fake")} in ${count(dataset.groups, "group")} ·
    ${showTime(data.createdAt)} · assay ${data.assay}</p>
</header>
${ratios.map((ratio) => recommended(ratio, data))}`;
}

function recommended(ratio: ComparedRatio, data: ComparisonData): Markup {
  const tone = ratio.recommended.name === null ? "doubtful" : "good";
  return html`
<section class="verdict ${tone}">
  <p class="kicker">At ${ratio.ratio}, ${ratioInWords(ratio.ratio)}</p>
  <h2>${recommendation(ratio, data.control)}</h2>
  <p>${ratio.recommended.why}</p>
  <dl class="figures">${(["prAuc", "recallAtFpr1", "rocAuc"] as const).map((metric) => figure(metric, ratio, data))}</dl>
</section>`;
}

/** The figure of the strategy that is recommended, else of the control, and beside it the control, guessing and plenty. */
function figure(metric: ComparedMetric, ratio: ComparedRatio, data: ComparisonData): Markup {
  const { name, guess } = metricWords[metric];
  const strategy = chosen(ratio, data.control);
  const control = ratio.strategies.find((row) => row.name === data.control);
  const estimate: Estimate = strategy?.metrics[metric] ?? { undefinedBecause: "it was not measured" };
  const beside = [
    ...(control === undefined || control === strategy
      ? []
      : [`${control.name}\u00a0${value(control.metrics[metric])}`]),
    `balanced\u00a0${value(ratio.balanced[metric])}`,
    ...(guess === undefined ? [] : [`guessing\u00a0${guess(ratio.prevalence, data).toFixed(3)}`]),
  ].join(", ");
  if (!isDefined(estimate))
    return html`<div><dt>${name}</dt><dd>–<small>${estimate.undefinedBecause}</small></dd></div>`;
  const { low, high } = estimate;
  return html`<div><dt>${name}</dt><dd>${estimate.value.toFixed(3)}<small>${low.toFixed(3)}\u2009–\u2009${high.toFixed(3)}<br>${beside}</small></dd></div>`;
}

function value(estimate: Estimate): string {
  return isDefined(estimate) ? estimate.value.toFixed(3) : "–";
}

/** `20 November 2026, 20:15 UTC`, or the text itself where it is no time. */
function showTime(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  const options = { timeZone: "UTC", dateStyle: "long", timeStyle: "short" } as const;
  return `${new Intl.DateTimeFormat("en-GB", options).format(date).replace(" at ", ", ")} UTC`;
}
