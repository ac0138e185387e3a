import { isDefined } from "../core/estimate.ts";
import { precisionAt } from "./precisionAt.ts";
import type { ProtocolResult } from "./reportData.ts";
import { testFalseAlarms } from "./words.ts";

export interface AlarmWorth {
  /** Genuine pictures for each fake. */
  readonly realPerFake: number;
  /** Of the alarms, the share that is right. */
  readonly precision: number;
  readonly low: number;
  readonly high: number;
}

/** What the verdict "fake" is worth where fakes are rare. Empty where the test has no such rates. */
export function alarmWorth(result: ProtocolResult): AlarmWorth[] {
  const { recall } = result.atFake.metrics;
  if (isDefined(recall) && recall.value === 0) return [];
  return [1, 10, 100, 1000].flatMap((realPerFake) => {
    const precision = precisionAt(recall, testFalseAlarms(result), realPerFake);
    if (!isDefined(precision)) return [];
    const { value, low, high } = precision;
    return [{ realPerFake, precision: value, low, high }];
  });
}
