import { describe, expect, it } from "vitest";
import fc from "../../test/fc.ts";
import { scores } from "../../test/golden/metrics/madeUpScores.ts";
import goldens from "../../test/golden/metrics/prevalence.json" with { type: "json" };
import { isDefined } from "../core/estimate.ts";
import { createRng } from "../core/rng.ts";
import { baselinesAt } from "./baselines.ts";
import { measure, metricNames } from "./measure.ts";
import { atPrevalence, movePrior, moveScores } from "./prevalence.ts";
import { countClasses, rank } from "./ranked.ts";

const valuesOf = (given: ReturnType<typeof scores>, threshold: number, prevalence?: number) =>
  measure(given, { threshold, prevalence, rng: createRng(1), replicates: 20 });

describe.each(goldens)("as scikit-learn has it with sample_weight, at a share of $prevalence", (golden) => {
  const given = scores("test", golden.labels, golden.probabilities);

  it.each([
    ["as they are", given, golden.threshold, golden.metrics],
    [
      "moved",
      moveScores(given, golden.from, golden.prevalence),
      movePrior(golden.threshold, golden.from, golden.prevalence),
      golden.movedMetrics,
    ],
  ] as const)("probabilities %s", (_, answers, threshold, expected) => {
    const { metrics, confusionMatrix } = valuesOf(answers, threshold, golden.prevalence);
    for (const [name, value] of Object.entries(expected)) {
      const estimate = metrics[name as keyof typeof expected];
      if (!isDefined(estimate)) throw new Error(`${name}: ${estimate.undefinedBecause}`);
      expect(estimate.value, name).toBeCloseTo(value, 9);
    }
    expect(confusionMatrix).toEqual(valuesOf(given, golden.threshold).confusionMatrix);
  });

  it("its moved probabilities", () => {
    for (const [i, p] of golden.probabilities.entries())
      expect(movePrior(p, golden.from, golden.prevalence)).toBeCloseTo(golden.moved[i]!, 12);
  });
});

describe("measured at a prevalence", () => {
  const [golden] = goldens;
  const given = scores("test", golden!.labels, golden!.probabilities);

  it("leaves alone what compares each class with itself, to the last bit", () => {
    const [asIs, rare] = [valuesOf(given, 0.5), valuesOf(given, 0.5, 1 / 1001)];
    const same = [
      "balancedAccuracy recall rocAuc recallAtFpr1 geometricMean specificity indexBalancedAccuracy partialRocAuc".split(
        " ",
      ),
    ].flat() as (typeof metricNames)[number][];
    for (const name of metricNames)
      if (same.includes(name)) expect(rare.metrics[name], name).toEqual(asIs.metrics[name]);
      else expect(rare.metrics[name], name).not.toEqual(asIs.metrics[name]);
  });

  it("at its own share changes nothing but last bits", () => {
    const share = golden!.labels.reduce((sum, label) => sum + label, 0) / golden!.labels.length;
    const [asIs, again] = [valuesOf(given, 0.5), valuesOf(given, 0.5, share)];
    for (const name of metricNames) {
      const [a, b] = [asIs.metrics[name], again.metrics[name]];
      expect(isDefined(a) && isDefined(b) && Math.abs(a.value - b.value), name).toBeLessThan(1e-12);
    }
  });

  it("gives always-the-share no skill, and its baselines their names", () => {
    const constant = scores("test", [0, 0, 0, 1, 0, 1], Array(6).fill(1 / 51));
    const { metrics } = valuesOf(constant, 0.5, 1 / 51);
    const base = baselinesAt(1 / 51);
    for (const name of ["loss", "brier", "prAuc", "accuracy", "ece"] as const)
      expect(metrics[name], name).toMatchObject({ value: expect.closeTo(base[name], 12) });
    expect(metrics.brierSkill).toMatchObject({ value: expect.closeTo(0, 10) });
    expect(baselinesAt(0)).toMatchObject({ loss: 0, accuracy: 1, prAuc: 0 });
  });

  it("says why where a class is missing, and is never NaN", () => {
    for (const labels of [[0, 0, 0], [1, 1], []]) {
      const { metrics } = valuesOf(scores("test", labels, Array(labels.length).fill(0.3)), 0.5, 0.01);
      for (const estimate of Object.values(metrics))
        if (isDefined(estimate)) expect(Number.isFinite(estimate.value)).toBe(true);
        else expect(estimate.undefinedBecause).toMatch(/\w+ \w+/);
    }
  });

  it("keeps the sum of weights and gives fakes their share", () => {
    const weighted = countClasses(atPrevalence(rank(given), 0.002));
    expect(weighted.fake / (weighted.fake + weighted.real)).toBeCloseTo(0.002, 12);
    expect(weighted.fake + weighted.real).toBeCloseTo(golden!.labels.length, 9);
  });

  it("meets a budget to the picture whatever the weights", () => {
    // 1 fake and 2 alarms on 100 genuine pictures, all weights of 1:50 away from whole numbers.
    const labels = [1, 0, 0, 1, ...Array<number>(98).fill(0)];
    const answers = scores(
      "test",
      labels,
      labels.map((_, i) => 1 - i / 200),
    );
    for (const realPerFake of [3, 19, 22, 57, 333]) {
      const share = (2 + (2 * (realPerFake * 2)) / 100) / (2 * (1 + realPerFake));
      const { metrics } = measure(answers, {
        threshold: 0.5,
        prevalence: 1 / (1 + realPerFake),
        budget: share,
        rng: createRng(1),
        replicates: 5,
      });
      expect(metrics.recallAtBudget, String(realPerFake)).toMatchObject({ value: 1 });
    }
  });
});

describe("movePrior", () => {
  const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  const chance = fc.double({ min: 0, max: 1, noNaN: true });

  it("decides as before, when the threshold moves with the probabilities", () => {
    // Apart by more than last bits, as float32 networks answer.
    const answer = fc.integer({ min: 0, max: 1e8 }).map((k) => k / 1e8);
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1 }), answer, share, share, (values, other, from, to) => {
        for (const threshold of [values[0]!, other, 1 + 2 ** -22])
          for (const p of values) expect(movePrior(p, from, to) >= movePrior(threshold, from, to)).toBe(p >= threshold);
      }),
    );
  });

  it("stays in 0..1 and comes back", () => {
    fc.assert(
      fc.property(chance, share, share, (p, from, to) => {
        const moved = movePrior(p, from, to);
        expect(moved).toBeGreaterThanOrEqual(0);
        expect(moved).toBeLessThanOrEqual(1);
        // Beside 1 doubles stand too far apart for the way back.
        if (moved < 1 - 1e-6) expect(movePrior(moved, to, from)).toBeCloseTo(p, 6);
      }),
    );
    expect([movePrior(0, 0.5, 0.01), movePrior(1, 0.5, 0.01)]).toEqual([0, 1]);
  });
});
