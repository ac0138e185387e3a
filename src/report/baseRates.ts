import type { Estimate } from "../core/estimate.ts";
import type { Evaluation } from "../evaluate/evaluate.ts";
import { precisionAt } from "./precisionAt.ts";
import { testFalseAlarms } from "./words.ts";

export interface PrecisionAt {
  /** Genuine pictures for each fake. */
  readonly realPerFake: number;
  /** Of the alarms, the share that is right. */
  readonly precision: Estimate;
}

/** Ratios that every report shows. */
const ratios = [10, 100, 1000] as const;

/** What the verdict "fake" is worth where fakes are rare, and at the share that was asked for; undefined says why. */
export function alarmWorth({ atFake, prevalence }: Pick<Evaluation, "atFake" | "prevalence">): PrecisionAt[] {
  const alarms = testFalseAlarms({ atFake });
  const own = prevalence.from === "pictures" ? [] : [Number(((1 - prevalence.share) / prevalence.share).toFixed(6))];
  return [...new Set([...ratios, ...own])]
    .sort((a, b) => a - b)
    .map((realPerFake) => ({ realPerFake, precision: precisionAt(atFake.metrics.recall, alarms, realPerFake) }));
}
