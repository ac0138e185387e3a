import { describe, expect, it } from "vitest";
import goldens from "../../../test/golden/metrics/calibrators.json" with { type: "json" };
import { logits as logitsOf } from "../../../test/golden/metrics/madeUpScores.ts";
import { createRng } from "../../core/rng.ts";
import { fitTemperature } from "../calibration.ts";
import { sigmoid } from "../scores.ts";
import type { Calibrator } from "./calibrator.ts";
import { calibrators } from "./index.ts";

type Any = Calibrator<Record<string, never>>;
const answers = (name: keyof typeof calibrators, given: Parameters<Any["fit"]>[0], at: readonly number[]) => {
  const calibrator = calibrators[name] as unknown as Any;
  const parameters = calibrator.fit(given);
  expect(JSON.parse(JSON.stringify(parameters))).toEqual(parameters);
  return at.map((logit) => calibrator.probability(logit, parameters));
};

describe.each(goldens)("as scikit-learn has it: $name", ({ logits, labels, at, platt, isotonic, beta }) => {
  const given = logitsOf("calibration", labels, logits);
  it.each([
    ["platt", platt, 4],
    ["isotonic", isotonic, 9],
    ["beta", beta, 4],
  ] as const)("%s", (name, expected, digits) => {
    for (const [i, p] of answers(name, given, at).entries()) expect(p, `at ${at[i]}`).toBeCloseTo(expected[i]!, digits);
  });
});

describe.each(Object.keys(calibrators) as (keyof typeof calibrators)[])("%s", (name) => {
  it("gives probabilities that never fall with the logit, ends included", () => {
    const at = Array.from({ length: 101 }, (_, i) => 16 * (i - 50));
    const wrong = logitsOf("calibration", [1, 1, 0, 1, 0, 0], [-3, -1, 0, 1, 2, 3]);
    const apart = logitsOf("calibration", [0, 0, 0, 1, 1], [-4, -2, -1, 1, 2]);
    for (const given of [wrong, apart]) {
      const p = answers(name, given, at);
      expect(p.every((value) => value >= 0 && value <= 1)).toBe(true);
      for (let i = 1; i < p.length; i++) expect(p[i]!).toBeGreaterThanOrEqual(p[i - 1]!);
    }
  });

  it("refuses a calibration part with one class", () => {
    expect(() => answers(name, logitsOf("calibration", [0, 0], [1, 2]), [0])).toThrow(
      "The calibration part has no fake among 2",
    );
    expect(() => answers(name, logitsOf("calibration", [1], [1]), [0])).toThrow("has no genuine picture among 1");
  });

  it("says what it is and whose it is", () => {
    expect(calibrators[name].summary).toMatch(/\w{3}/);
    expect(calibrators[name].cite).toMatch(/\d{4}/);
  });
});

describe("temperature", () => {
  /** Pictures whose logits are three times as sure as they should be. */
  const overconfident = (n: number) => {
    const rng = createRng(`overconfident/${n}`);
    const honest = Array.from({ length: n }, () => rng.normal() * 2);
    const labels = honest.map((z) => Number(rng.chance(sigmoid(z))));
    return logitsOf(
      "calibration",
      labels,
      honest.map((z) => 3 * z),
    );
  };

  it("is that of the likelihood alone where pictures are many", () => {
    const given = overconfident(4000);
    const { temperature } = calibrators.temperature.fit(given);
    expect(temperature / fitTemperature(given)).toBeCloseTo(1, 2);
    expect(Math.abs(temperature - 3)).toBeLessThan(0.2);
  });

  it("stays near 1 where few pictures would give anything", () => {
    const apart = logitsOf("calibration", [0, 0, 0, 1, 1], [-4, -2, -1, 1, 2]);
    const wrong = logitsOf("calibration", [1, 0, 1, 0], [-4, 3, -2, 5]);
    expect(fitTemperature(apart)).toBeCloseTo(0.05, 5);
    expect(calibrators.temperature.fit(apart).temperature).toBeGreaterThan(0.6);
    expect(fitTemperature(wrong)).toBeCloseTo(20, 5);
    expect(calibrators.temperature.fit(wrong).temperature).toBeLessThan(5);
  });
});
