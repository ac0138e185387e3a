import { expect, it } from "vitest";
import { type Estimate, isDefined } from "../core/estimate.ts";
import { precisionAt, restOf } from "./precisionAt.ts";

const estimate = (value: number, low = value, high = value): Estimate => ({ value, low, high, n: 100 });
const value = (precision: Estimate) => (isDefined(precision) ? precision.value : precision.undefinedBecause);

it("is Bayes' rule", () => {
  // 1 of 101 is fake: .5 found of it, and 1 % of the 100 genuine pictures flagged.
  expect(value(precisionAt(estimate(0.5), estimate(0.01), 100))).toBeCloseTo(0.5 / (0.5 + 1), 12);
  expect(value(precisionAt(estimate(0.8), estimate(0.2), 1))).toBeCloseTo(0.8, 12);
});

it("goes from the worst ends to the best", () => {
  const precision = precisionAt(estimate(0.5, 0.4, 0.6), restOf(estimate(0.99, 0.98, 1)), 100);
  expect(precision).toEqual({ value: expect.closeTo(1 / 3, 12), low: expect.closeTo(1 / 6, 12), high: 1, n: 100 });
});

it("says why there is none", () => {
  expect(value(precisionAt(estimate(0), estimate(0), 10))).toBe("no alarm was raised");
  expect(value(precisionAt(estimate(0), estimate(0.1), 10))).toBe(0);
  const none = { undefinedBecause: "there are no fakes" };
  expect(precisionAt(none, estimate(0.1), 10)).toBe(none);
  expect(precisionAt(estimate(0.1), none, 10)).toBe(none);
  expect(restOf(none)).toBe(none);
});
