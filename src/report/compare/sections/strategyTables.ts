import { type Estimate, isDefined } from "../../../core/estimate.ts";
import { html, type Markup } from "../../markup.ts";
import type { ComparedMetric, ComparedRatio, ComparedStrategy, ComparisonData } from "../comparisonData.ts";
import { isClear, metricWords, showP, signed } from "../metricWords.ts";
import { inOrder } from "../order.ts";
import { wide } from "./wide.ts";

interface Column {
  readonly name: string;
  readonly meaning: string;
  readonly of: (strategy: ComparedStrategy) => Markup;
  /** Of the row that knows nothing. */
  readonly guess?: number | undefined;
  /** Of the row that was trained on plenty. */
  readonly balanced?: Estimate;
}

/** A strategy a row; below them what balanced training and an answer without knowledge would get, where it is given. */
function table(
  ratio: ComparedRatio,
  { control }: ComparisonData,
  columns: readonly Column[],
  { label, guess, balanced }: { readonly label: string; readonly guess?: string; readonly balanced?: string },
): Markup {
  const tail = (name: string, cell: (column: Column) => Markup) =>
    html`<tr><th scope="row">${name}</th>${columns.map(cell)}</tr>`;
  return wide(
    `${label} at ${ratio.ratio}`,
    html`<table class="stacked">
    <thead><tr><td></td>${columns.map(({ name, meaning }) => html`<th scope="col">${name}<small>${meaning}</small></th>`)}</tr></thead>
    <tbody>${inOrder(ratio, control).map(
      (strategy) =>
        html`<tr${rowClass(strategy, ratio)}>${strategyHead(strategy, ratio, control)}${columns.map(({ of }) => of(strategy))}</tr>`,
    )}</tbody>
    <tbody class="quiet">
      ${balanced === undefined ? undefined : tail(balanced, ({ balanced: estimate }) => (estimate === undefined ? html`<td></td>` : stacked(estimate)))}
      ${guess === undefined ? undefined : tail(guess, ({ guess: value }) => html`<td>${value?.toFixed(3)}</td>`)}
    </tbody>
  </table>`,
  );
}

/** Marks the recommended row. */
export function rowClass({ name }: ComparedStrategy, { recommended }: ComparedRatio): Markup | undefined {
  return name === recommended.name ? html` class="chosen"` : undefined;
}

/** The strategy's name, and its part in the story. */
export function strategyHead({ name }: ComparedStrategy, { recommended }: ComparedRatio, control: string): Markup {
  const part = name === recommended.name ? "recommended" : name === control ? "control" : undefined;
  return html`<th scope="row">${name}${part === undefined ? undefined : html`<small>${part}</small>`}</th>`;
}

/** A cell with the interval under the value; a dash and its reason where there is none. */
export function stacked(estimate: Estimate, show: (x: number) => string = (x) => x.toFixed(3)): Markup {
  if (!isDefined(estimate)) return html`<td>–<small class="reason">${estimate.undefinedBecause}</small></td>`;
  return html`<td>${show(estimate.value)}<small>${show(estimate.low)}\u2009–\u2009${show(estimate.high)}</small></td>`;
}

function column(metric: ComparedMetric, { prevalence, balanced }: ComparedRatio, data: ComparisonData): Column {
  const { name, meaning, guess } = metricWords[metric];
  return {
    name,
    meaning,
    of: ({ metrics }) => stacked(metrics[metric]),
    guess: guess?.(prevalence, data),
    balanced: balanced[metric],
  };
}

export function rankingTable(ratio: ComparedRatio, data: ComparisonData): Markup {
  const of = (metric: ComparedMetric) => column(metric, ratio, data);
  const difference: Column = {
    name: `against ${data.control}`,
    meaning: "PR-AUC, Holm-adjusted p",
    of: ({ name, pairedDifference }) =>
      name === data.control ? html`<td></td>` : differenceCell(pairedDifference?.prAuc),
  };
  return table(
    ratio,
    data,
    [of("prAuc"), difference, of("rocAuc"), of("recallAtFpr1"), of("recallAtBudget"), of("partialRocAuc")],
    { label: "Finding fakes", balanced: "balanced", guess: "guessing" },
  );
}

function differenceCell(difference: NonNullable<ComparedStrategy["pairedDifference"]>[ComparedMetric]): Markup {
  if (difference === undefined) return html`<td>–<small class="reason">not measured</small></td>`;
  const { estimate, pAdjusted } = difference;
  if (!isDefined(estimate)) return html`<td>–<small class="reason">${estimate.undefinedBecause}</small></td>`;
  const value = signed(estimate.value);
  return html`<td>${isClear(pAdjusted) ? html`<strong>${value}</strong>` : value}<small>${signed(estimate.low)} to ${signed(estimate.high)}${
    pAdjusted === null ? undefined : html`<br>${showP(pAdjusted)}`
  }</small></td>`;
}

export function thresholdTable(ratio: ComparedRatio, data: ComparisonData): Markup {
  const alwaysReal: Partial<Record<ComparedMetric, number>> = {
    recall: 0,
    specificity: 1,
    geometricMean: 0,
    indexBalancedAccuracy: 0,
    accuracy: 1 - ratio.prevalence,
  };
  const metrics = [
    "precision",
    "recall",
    "f1",
    "specificity",
    "geometricMean",
    "indexBalancedAccuracy",
    "accuracy",
  ] as const;
  const columns = metrics.map((metric) => ({ ...column(metric, ratio, data), guess: alwaysReal[metric] }));
  return table(ratio, data, columns, { label: "At the threshold", guess: "always “real”" });
}

/** Before prior correction and calibration, and after. */
export function probabilityTable(ratio: ComparedRatio, data: ComparisonData): Markup {
  const pair = (metric: "ece" | "brier" | "loss"): Column[] => {
    const after = column(metric, ratio, data);
    return [
      { ...after, meaning: "before", of: ({ uncorrected }) => stacked(uncorrected[metric]), guess: undefined },
      { ...after, meaning: "after" },
    ];
  };
  return table(ratio, data, [...pair("ece"), ...pair("brier"), column("brierSkill", ratio, data), ...pair("loss")], {
    label: "Probabilities",
    guess: "always the base rate",
  });
}
