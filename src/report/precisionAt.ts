import { type Estimate, isDefined } from "../core/estimate.ts";

/**
 * Of the alarms, the share that is right where `realPerFake` pictures are genuine for each fake (Bayes): with recall r
 * and false-alarm rate f it is r / (r + k f). The interval goes from the worst ends of both to the best, and so holds at
 * least as often as theirs.
 */
export function precisionAt(recall: Estimate, falseAlarmRate: Estimate, realPerFake: number): Estimate {
  if (!isDefined(recall)) return recall;
  if (!isDefined(falseAlarmRate)) return falseAlarmRate;
  if (recall.value === 0 && falseAlarmRate.value === 0) return { undefinedBecause: "no alarm was raised" };
  const right = (r: number, f: number) => (r === 0 ? 0 : r / (r + realPerFake * f));
  return {
    value: right(recall.value, falseAlarmRate.value),
    low: right(recall.low, falseAlarmRate.high),
    high: right(recall.high, falseAlarmRate.low),
    n: Math.min(recall.n, falseAlarmRate.n),
  };
}

/** The false-alarm rate that a specificity is the rest of. */
export function restOf(specificity: Estimate): Estimate {
  if (!isDefined(specificity)) return specificity;
  const { value, low, high, n } = specificity;
  return { value: 1 - value, low: 1 - high, high: 1 - low, n };
}
