import { type Estimate, isDefined } from "../core/estimate.ts";
import type { ComparedMetric, PairedDifference } from "../report/compare/comparisonData.ts";
import type { OutOfFold } from "./answers.ts";
import type { Measured } from "./measureStrategies.ts";

/** What is said of a difference, where it is one; higher: whether more is better. */
const told = [
  { name: "prAuc", words: "PR-AUC", higher: true },
  { name: "rocAuc", words: "ROC-AUC", higher: true },
  { name: "recallAtFpr1", words: "recall at 1 % false alarms", higher: true },
  { name: "recallAtBudget", words: "recall at the review budget", higher: true },
  { name: "brier", words: "the Brier score", higher: false },
  { name: "ece", words: "the calibration error", higher: false },
] as const satisfies readonly { name: ComparedMetric; words: string; higher: boolean }[];

const level = 0.05;

export interface Sides {
  readonly pros: string[];
  readonly cons: string[];
}

/** Sentences that name a measured figure each, on the test folds; a difference is told only where it is clear of chance. */
export function prosAndCons(
  measured: Measured,
  seeds: readonly OutOfFold[],
  control: { readonly name: string; readonly seeds: readonly OutOfFold[] },
): Sides {
  const sides: Sides = { pros: [], cons: [] };
  const { differences } = measured;
  for (const { name, words, higher } of told) {
    const found = differences?.[name];
    if (found === undefined || !isClear(found) || !isDefined(found.estimate)) continue;
    const { value, low, high } = found.estimate;
    const sentence = `${upper(words)} is ${number(Math.abs(value))} ${value > 0 ? "higher" : "lower"} than ${control.name}'s [${number(Math.min(Math.abs(low), Math.abs(high)))}, ${number(Math.max(Math.abs(low), Math.abs(high)))}].`;
    sides[value > 0 === higher ? "pros" : "cons"].push(sentence);
  }
  if (differences !== undefined && sides.pros.length + sides.cons.length === 0)
    sides.cons.push(
      `No figure differs clearly from ${control.name}'s: its PR-AUC by ${difference(differences.prAuc)}.`,
    );
  calibration(measured, sides);
  cost(seeds, control, sides);
  return sides;
}

/** What correction and calibration made of the probabilities. */
function calibration({ uncorrected, test }: Measured, sides: Sides): void {
  const [before, after, skill] = [uncorrected.metrics.ece, test.metrics.ece, test.metrics.brierSkill];
  if (isDefined(before) && isDefined(after) && before.value > 0.05)
    sides.cons.push(
      `As trained, its probabilities are off by ${number(before.value)}; prior correction and calibration bring that to ${number(after.value)}.`,
    );
  if (isDefined(skill) && skill.low > 0)
    sides.pros.push(`Its probabilities beat always answering the base rate: Brier skill ${interval(skill)}.`);
  if (isDefined(skill) && skill.high <= 0)
    sides.cons.push(
      `Its probabilities are no better than always answering the base rate: Brier skill ${interval(skill)}.`,
    );
}

function cost(
  seeds: readonly OutOfFold[],
  control: { readonly name: string; readonly seeds: readonly OutOfFold[] },
  sides: Sides,
): void {
  const mean = (of: readonly OutOfFold[], what: (cost: OutOfFold["cost"]) => number) =>
    of.reduce((sum, { cost }) => sum + what(cost), 0) / of.length;
  const members = mean(seeds, (cost) => cost.members);
  const rows = mean(seeds, (cost) => cost.rowsSeen) / mean(control.seeds, (cost) => cost.rowsSeen);
  if (members > 1)
    sides.cons.push(
      `A model is ${members.toFixed(members < 10 ? 1 : 0).replace(/\.0$/, "")} members, whose training goes through ${rows.toFixed(1)} times as many rows.`,
    );
}

function isClear({ pAdjusted }: PairedDifference): boolean {
  return pAdjusted !== null && pAdjusted < level;
}

function difference({ estimate }: PairedDifference): string {
  return isDefined(estimate) ? interval(estimate) : "nothing that can be told";
}

function interval(estimate: Extract<Estimate, { value: number }>): string {
  return `${number(estimate.value)} [${number(estimate.low)}, ${number(estimate.high)}]`;
}

const number = (x: number) => x.toFixed(3).replace(/^(-?)0\./, "$1.");
const upper = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
