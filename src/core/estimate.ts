/**
 * A measured number with its 95 % interval and the count it rests on, or the reason why there is none.
 * Never NaN: a metric that is undefined says so.
 */
export type Estimate =
  | { readonly value: number; readonly low: number; readonly high: number; readonly n: number }
  | { readonly undefinedBecause: string };

export function isDefined(estimate: Estimate): estimate is Extract<Estimate, { value: number }> {
  return "value" in estimate;
}

/** `.934 [.912, .951]`, or a dash where undefined. */
export function showEstimate(estimate: Estimate, digits = 3): string {
  if (!isDefined(estimate)) return "–";
  const show = (x: number) => x.toFixed(digits);
  return `${show(estimate.value)} [${show(estimate.low)}, ${show(estimate.high)}]`;
}
