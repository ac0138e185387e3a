import { describe, expect, it } from "vitest";
import fc from "../../../test/fc.ts";
import { scores } from "../../../test/golden/metrics/madeUpScores.ts";
import { createRng } from "../../core/rng.ts";
import { confusionAt } from "../classification.ts";
import { falseAlarmBound, genuineToProve } from "../falseAlarmBound.ts";
import { chooseThresholds } from "../operatingPoint.ts";
import { movePrior } from "../prevalence.ts";
import { rank } from "../ranked.ts";
import { sigmoid } from "../scores.ts";
import { operatingPoints } from "./index.ts";

/** 900 genuine pictures and 100 fakes whose probabilities are right: p is drawn first, the label by it. */
function rightProbabilities(n: number) {
  const rng = createRng("operating points");
  const p = Array.from({ length: n }, () => sigmoid(3 * rng.normal() - 2));
  return scores(
    "validation",
    p.map((value) => (rng.chance(value) ? 1 : 0)),
    p,
  );
}
const validation = rightProbabilities(2000);
const choose = (
  name: string,
  options: Record<string, number> = {},
  more: Parameters<typeof chooseThresholds>[1] = {},
) => chooseThresholds(validation, { ...more, operatingPoint: { name, options } });

describe("every operating point", () => {
  it.each(Object.keys(operatingPoints))("%s says what it is, and keeps real below fake", (name) => {
    const { summary, cite } = operatingPoints[name as keyof typeof operatingPoints];
    expect(summary).toMatch(/\w{3}/);
    expect(cite).toMatch(/\d{4}/);
    const { real, fake } = choose(name);
    expect(real.threshold).toBeLessThanOrEqual(fake.threshold);
    for (const estimate of [fake.falseAlarmRate, fake.missRate]) {
      if (!("value" in estimate)) throw new Error("no estimate");
      expect(estimate.low).toBeLessThanOrEqual(estimate.value);
      expect(estimate.high).toBeGreaterThanOrEqual(estimate.value);
    }
  });

  it.each(Object.keys(operatingPoints))("%s has an answer for scores that are all alike", (name) => {
    const alike = scores("validation", [0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5]);
    const { fake, real } = chooseThresholds(alike, { operatingPoint: { name, options: {} } });
    expect(Number.isFinite(fake.threshold)).toBe(true);
    expect(real.threshold).toBeLessThanOrEqual(fake.threshold);
  });

  it("is by false alarms where nothing is said", () => {
    expect(chooseThresholds(validation, { maxFpr: 0.02 })).toEqual(choose("falseAlarmRate", {}, { maxFpr: 0.02 }));
  });

  it("of another name is refused, and so are costs that are no costs", () => {
    expect(() => choose("costs")).toThrow(/Unknown operating point "costs"\. Did you mean "cost"/);
    expect(() => choose("cost", { missedFake: 0 })).toThrow(/Options of operating point cost: missedFake/);
    expect(() => choose("f1", { beta: 2 })).toThrow(/Options of operating point f1/);
  });
});

describe("cost", () => {
  const spent = (threshold: number, missedFake: number, falseAlarm: number) => {
    const [[, fp], [fn]] = confusionAt(rank(validation), threshold);
    return fn * missedFake + fp * falseAlarm;
  };

  it("is Elkan's threshold, which costs no more than any other where probabilities are right", () => {
    const { threshold } = choose("cost", { missedFake: 4, falseAlarm: 1 }).fake;
    expect(threshold).toBeCloseTo(0.2, 15);
    const least = Math.min(...Array.from({ length: 99 }, (_, i) => spent((i + 1) / 100, 4, 1)));
    expect(spent(threshold, 4, 1)).toBeLessThanOrEqual(least * 1.05);
    expect(spent(0.5, 4, 1)).toBeGreaterThan(spent(threshold, 4, 1) * 1.1);
  });

  it("at another prevalence is where the moved probabilities reach it", () => {
    const at = { prevalence: 1 / 501, calibratedAt: 0.25 };
    const { threshold } = choose("cost", { missedFake: 100, falseAlarm: 1 }, at).fake;
    expect(movePrior(threshold, 0.25, 1 / 501)).toBeCloseTo(1 / 101, 12);
    expect(threshold).toBeGreaterThan(1 / 101);
    // Where it is not known what the probabilities mean, they are taken at their word.
    expect(choose("cost", { missedFake: 100, falseAlarm: 1 }, { prevalence: 1 / 501 }).fake.threshold).toBe(1 / 101);
  });
});

describe("budget", () => {
  it("raises as many alarms as it allows and no more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), (alarms) => {
        const { threshold } = choose("budget", {}, { budget: alarms / 2000 }).fake;
        const [[, fp], [, tp]] = confusionAt(rank(validation), threshold);
        expect(fp + tp).toBe(alarms);
      }),
      { numRuns: 30 },
    );
  });

  it("counts pictures as often as the prevalence has them", () => {
    const rare = choose("budget", {}, { budget: 0.05, prevalence: 1 / 1001 }).fake;
    const asIs = choose("budget", {}, { budget: 0.05 }).fake;
    // Hardly a fake among them: nearly all of the budget goes to false alarms, so that more of them fit.
    expect(rare.threshold).toBeLessThan(asIs.threshold);
    expect(rare.falseAlarmRate).toMatchObject({ value: expect.closeTo(0.05, 2) });
  });

  it("stands above all scores where not one alarm fits", () => {
    const { threshold } = choose("budget", {}, { budget: 0.0001 }).fake;
    expect(threshold).toBeGreaterThan(Math.max(...validation.probabilities));
  });
});

it("f1 is the highest, and higher up where fakes are rare", () => {
  const { threshold } = choose("f1").fake;
  const ranked = rank(validation);
  const score = (t: number) => {
    const [[, fp], [fn, tp]] = confusionAt(ranked, t);
    return (2 * tp) / (2 * tp + fp + fn);
  };
  const best = Math.max(...validation.probabilities.map(score));
  expect(score(threshold)).toBe(best);
  expect(choose("f1", {}, { prevalence: 1 / 101 }).fake.threshold).toBeGreaterThan(threshold);
});

it("genuine pictures that prove a rate are as few as can be", () => {
  expect([0.01, 0.001, 0.05, 0.5].map((rate) => genuineToProve(rate))).toEqual([299, 2995, 59, 5]);
  for (const rate of [0.003, 0.01, 0.02, 0.3]) {
    const n = genuineToProve(rate)!;
    expect(falseAlarmBound(0, n)).toBeLessThanOrEqual(rate * (1 + 1e-9));
    expect(falseAlarmBound(0, n - 1)).toBeGreaterThan(rate);
  }
  expect(genuineToProve(0)).toBeUndefined();
});
