import { isDefined } from "../core/estimate.ts";
import type { ProtocolResult } from "./reportData.ts";
import { testFalseAlarms } from "./words.ts";

export interface AlarmWorth {
  /** Genuine pictures for each fake. */
  readonly realPerFake: number;
  /** Of the alarms, the share that is right; from the intervals' worst and best ends. */
  readonly precision: number;
  readonly low: number;
  readonly high: number;
}

/**
 * What the verdict "fake" is worth where fakes are rare: with recall r, false-alarm rate f and k real pictures for
 * each fake, the share of right alarms is r / (r + k f). Empty where the test has no such rates.
 */
export function alarmWorth(result: ProtocolResult): AlarmWorth[] {
  const { recall } = result.atFake.metrics;
  const alarms = testFalseAlarms(result);
  if (!isDefined(recall) || !isDefined(alarms) || recall.value === 0) return [];
  const right = (r: number, f: number, k: number) => (r === 0 ? 0 : r / (r + k * f));
  return [1, 10, 100, 1000].map((realPerFake) => ({
    realPerFake,
    precision: right(recall.value, alarms.value, realPerFake),
    low: right(recall.low, alarms.high, realPerFake),
    high: right(recall.high, alarms.low, realPerFake),
  }));
}
