import { type Estimate, isDefined } from "../../core/estimate.ts";
import { columns, wrap } from "../columns.ts";
import { count } from "../words.ts";
import type { ComparedRatio, ComparedStrategy, ComparisonData } from "./comparisonData.ts";
import { isClear, signed } from "./metricWords.ts";
import { inOrder } from "./order.ts";
import { duration, ratioInWords, recommendation } from "./words.ts";

/** A comparison for a terminal, within 100 columns: for each ratio a strategy a line, then the recommendation and why. */
export function formatComparison(data: ComparisonData, { colour = false }: { readonly colour?: boolean } = {}): string {
  const code = (open: number, close: number) => (text: string) =>
    colour ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  const [bold, dim] = [code(1, 22), code(2, 22)];
  const { dataset, folds, seeds, control } = data;
  const head = `Strategies for rare fakes on ${dataset.name}: ${count(folds, "fold")}, ${count(seeds.length, "seed")}, ${duration(data.seconds)}`;
  return [
    bold(wrap(head)),
    ...data.ratios.flatMap((ratio) => {
      const [names, ...rows] = table(ratio, data);
      const reasons = undefinedReasons(ratio, control);
      return [
        "",
        bold(`${ratio.ratio}, ${ratioInWords(ratio.ratio)}`),
        dim(names!),
        ...rows.slice(0, -2),
        ...rows.slice(-2).map(dim),
        ...reasons.map((reason) => dim(wrap(reason))),
        bold(wrap(`${recommendation(ratio, control)}.`)),
        wrap(ratio.recommended.why),
        ...(ratio.improve[0] === undefined ? [] : [wrap(`What would improve it first: ${ratio.improve[0]}`)]),
      ];
    }),
    "",
    dim(
      wrap(
        `On the test folds, fakes counted at the ratio. ±: half of a 95 % interval, whole groups resampled. against ${control}: PR-AUC less that of ${control}, on the same pictures; * clear of it (Holm-adjusted p below .05). ECE before -> after prior correction and calibration. > recommended.`,
      ),
    ),
  ].join("\n");
}

function table(ratio: ComparedRatio, { control }: ComparisonData): string[] {
  const head = ["", "PR-AUC", `against ${control}`, "ROC-AUC", "recall 1 %", "ECE", "training"];
  const rows = inOrder(ratio, control).map((strategy) => [
    `${strategy.name === ratio.recommended.name ? ">" : " "} ${strategy.name}`,
    halved(strategy.metrics.prAuc),
    difference(strategy),
    halved(strategy.metrics.rocAuc),
    halved(strategy.metrics.recallAtFpr1),
    `${short(strategy.uncorrected.ece)} -> ${short(strategy.metrics.ece)}`,
    duration(strategy.cost.trainSeconds),
  ]);
  const { balanced, prevalence } = ratio;
  const tail = [
    [
      "  balanced training",
      halved(balanced.prAuc),
      "",
      halved(balanced.rocAuc),
      halved(balanced.recallAtFpr1),
      short(balanced.ece),
    ],
    ["  guessing", short({ value: prevalence, low: 0, high: 0, n: 0 }), "", ".500", ".010", ""],
  ];
  return columns([head, ...rows, ...tail], "  ").split("\n");
}

/** Reasons of metrics that have no value, each once, with the strategies that they belong to. */
function undefinedReasons(ratio: ComparedRatio, control: string): string[] {
  const reasons = new Map<string, Set<string>>();
  for (const { name, metrics } of inOrder(ratio, control))
    for (const estimate of [metrics.prAuc, metrics.rocAuc, metrics.recallAtFpr1, metrics.ece])
      if (!isDefined(estimate))
        reasons.set(estimate.undefinedBecause, (reasons.get(estimate.undefinedBecause) ?? new Set()).add(name));
  return [...reasons].map(([reason, names]) => `– ${[...names].join(", ")}: ${reason}.`);
}

/** `.512 ±.035` */
function halved(estimate: Estimate): string {
  return isDefined(estimate) ? `${short(estimate)} ±${bare((estimate.high - estimate.low) / 2)}` : "–";
}

function difference({ pairedDifference }: ComparedStrategy): string {
  const found = pairedDifference?.prAuc;
  if (found === undefined || !isDefined(found.estimate)) return pairedDifference === undefined ? "" : "–";
  const { value, low, high } = found.estimate;
  return `${signed(value).replace("0.", ".")} ±${bare((high - low) / 2)}${isClear(found.pAdjusted) ? "*" : ""}`;
}

function short(estimate: Estimate): string {
  return isDefined(estimate) ? bare(estimate.value) : "–";
}

const bare = (x: number) => x.toFixed(3).replace(/^0\./, ".");
