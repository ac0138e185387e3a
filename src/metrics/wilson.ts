import type { Estimate } from "../core/estimate.ts";

const z = 1.959963984540054; // 97.5 % of a standard normal lie below

/** A share of independent trials with its 95 % interval (Wilson, 1927), which holds at 0 and at 1 too. */
export function wilson(successes: number, n: number): Estimate {
  if (n === 0) return { undefinedBecause: "there are no pictures to count" };
  const value = successes / n;
  const denominator = 1 + z ** 2 / n;
  const centre = (value + z ** 2 / (2 * n)) / denominator;
  const half = (z / denominator) * Math.sqrt((value * (1 - value)) / n + z ** 2 / (4 * n ** 2));
  return {
    value,
    low: Math.min(value, Math.max(0, centre - half)),
    high: Math.max(value, Math.min(1, centre + half)),
    n,
  };
}
