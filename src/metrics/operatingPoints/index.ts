import { budget } from "./budget.ts";
import { cost } from "./cost.ts";
import { f1 } from "./f1.ts";
import { falseAlarmRate } from "./falseAlarmRate.ts";
import type { OperatingPointRule } from "./rule.ts";

/** Ways to choose the threshold of the verdict "fake". To add one: a file, a line here, a section in docs/evaluation.md. */
export const operatingPoints = { falseAlarmRate, cost, budget, f1 } as const satisfies Record<
  string,
  OperatingPointRule
>;
