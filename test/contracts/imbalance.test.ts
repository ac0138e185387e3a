import { describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.ts";
import type { Sample, Samples } from "../../src/core/sample.ts";
import { parseOptions } from "../../src/core/table.ts";
import { classesOf } from "../../src/imbalance/classes.ts";
import { drawRows } from "../../src/imbalance/drawRows.ts";
import { imbalance } from "../../src/imbalance/index.ts";
import type { Plan } from "../../src/imbalance/plan.ts";
import { requireOneMove } from "../../src/imbalance/requireOneMove.ts";
import type { ImbalanceStrategy } from "../../src/imbalance/strategy.ts";
import { losses } from "../../src/nn/losses/index.ts";

/** Every eleventh picture is a fake. */
function trainOf(count: number, isFake = (i: number) => i % 11 === 0, groupOf = (i: number) => `${i >> 1}`) {
  return Array.from({ length: count }, (_, i): Sample => {
    const label = isFake(i) ? "fake" : "real";
    return { path: `${label}/${i}.png`, sha256: `${i}`, label, group: groupOf(i) };
  }) as unknown as Samples<"train">;
}
const train = trainOf(220);
const [fakes, reals] = [20, 200];
const planOf = (strategy: ImbalanceStrategy, of = train, given = {}) =>
  strategy.plan(of, parseOptions(strategy, "strategy", given), createRng("plan"));

describe.each(Object.entries(imbalance) as [string, ImbalanceStrategy][])("%s", (name, strategy) => {
  const plan: Plan = planOf(strategy);

  it("plans data: the same for the same seed, without functions", () => {
    expect(structuredClone(plan)).toEqual(plan);
    expect(planOf(strategy)).toEqual(plan);
  });

  it("weighs, draws and divides rows of train, both classes always among them", () => {
    if (plan.sampleWeights !== undefined) {
      expect(plan.sampleWeights).toHaveLength(train.length);
      expect(plan.sampleWeights.every((weight) => weight > 0)).toBe(true);
      expect(plan.sampleWeights.reduce((sum, weight) => sum + weight, 0) / train.length).toBeCloseTo(1, 12);
    }
    const draws = plan.draw ? [drawRows(classesOf(train), plan.draw, createRng("draw"))] : [];
    for (const rows of [...draws, ...(plan.members?.each.map((member) => member.rows) ?? [])]) {
      expect(rows.every((row) => row >= 0 && row < train.length)).toBe(true);
      expect(new Set(Array.from(rows, (row) => train[row]!.label))).toEqual(new Set(["real", "fake"]));
    }
    if (plan.loss !== undefined) expect(Object.keys(losses)).toContain(plan.loss.name);
  });

  it("says how far it moved the prior, or why that is not known", () => {
    const shifts = [plan.priorShift, ...(plan.members?.each.map((member) => member.priorShift) ?? [])];
    for (const shift of shifts) {
      expect(Number.isFinite(shift.logOdds)).toBe(true);
      if (!shift.exact) expect(shift.because).toMatch(/\w{3}/);
    }
  });

  it("refuses a train part with one class, and a rare class of one source", () => {
    expect(() =>
      planOf(
        strategy,
        trainOf(40, () => false),
      ),
    ).toThrow("The train part has no fakes");
    expect(() =>
      planOf(
        strategy,
        trainOf(40, () => true),
      ),
    ).toThrow("The train part has no genuine pictures");
    const isFake = (i: number) => i % 5 === 0;
    const oneSource = trainOf(40, isFake, (i) => (isFake(i) ? "studio" : `${i}`));
    expect(() => planOf(strategy, oneSource)).toThrow(
      "All 8 fakes of the train part come from one source (group studio)",
    );
  });

  it("says what it is, what it costs, when it fails and whose it is", () => {
    for (const sentence of [strategy.summary, strategy.cost, strategy.failure]) expect(sentence).toMatch(/\w{3}/);
    expect(strategy.cite).toMatch(/\d{4}/);
  });

  it("stands alone or beside the control, never beside another that moves the prior", () => {
    const planned = { name, plan };
    requireOneMove([planned, { name: "none", plan: planOf(imbalance.none) }]);
    const other = { name: "other", plan: planOf(imbalance.classWeights as ImbalanceStrategy) };
    const moves = plan.members !== undefined || plan.priorShift.logOdds !== 0;
    const both = () => requireOneMove([planned, other]);
    if (moves) expect(both).toThrow(`${name} and other both move the prior`);
    else both();
  });
});

const of = (name: keyof typeof imbalance) => imbalance[name] as ImbalanceStrategy;

describe("the strategies' numbers", () => {
  const odds = Math.log(reals / fakes);

  it("of weights: inverse frequency as scikit-learn's balanced, effective number, costs", () => {
    const weights = planOf(of("classWeights")).sampleWeights!;
    expect(weights[0]).toBeCloseTo(train.length / (2 * fakes), 12);
    expect(weights[1]).toBeCloseTo(train.length / (2 * reals), 12);
    const shift = (given: object) => planOf(of("classWeights"), train, given).priorShift.logOdds;
    expect(shift({})).toBeCloseTo(odds, 12);
    expect(shift({ by: "cost", missedFake: 25, falseAlarm: 5 })).toBeCloseTo(Math.log(5), 12);
    expect(shift({ by: "effectiveNumber", beta: 0.99 })).toBeCloseTo(
      Math.log((1 - 0.99 ** reals) / (1 - 0.99 ** fakes)),
      12,
    );
    expect(shift({ by: "effectiveNumber", beta: 0 })).toBe(0);
    expect(() => shift({ by: "cost", missedFake: 0 })).toThrow("missedFake");
  });

  it("of draws: how many, and how often each", () => {
    const under = planOf(of("undersample"));
    expect(under.draw).toMatchObject({ real: 20, fake: 20, redraw: "everyEpoch" });
    expect(under.priorShift.logOdds).toBeCloseTo(odds, 12);
    const kept = drawRows(classesOf(train), under.draw!, createRng("a"));
    expect(new Set(kept).size).toBe(40);
    expect(drawRows(classesOf(train), under.draw!, createRng("b"))).not.toEqual(kept);

    const over = planOf(of("oversample"));
    const drawn = drawRows(classesOf(train), over.draw!, createRng("c"));
    expect(drawn).toHaveLength(400);
    expect(new Set(drawn).size).toBe(train.length);
    expect(planOf(of("undersample"), train, { realPerFake: 50 }).priorShift.logOdds).toBe(0);
  });

  it("of members: parts that hold every genuine picture once and every fake, bags as imbalanced-learn's", () => {
    const { each } = planOf(of("balancedEnsemble")).members!;
    expect(each).toHaveLength(10);
    const genuine = each.flatMap(({ rows }) => [...rows].filter((row) => train[row]!.label === "real"));
    expect(genuine).toHaveLength(reals);
    expect(new Set(genuine).size).toBe(reals);
    for (const { rows, priorShift } of each) {
      expect([...rows].filter((row) => train[row]!.label === "fake")).toHaveLength(fakes);
      expect(priorShift.logOdds).toBeCloseTo(odds, 12);
    }
    expect(
      planOf(of("balancedEnsemble"), train, { mostMembers: 4 }).members!.each.map(({ rows }) => rows.length),
    ).toEqual([70, 70, 70, 70]);

    const bags = planOf(of("balancedBagging")).members!.each;
    expect(bags).toHaveLength(10);
    for (const { rows } of bags)
      expect([...rows].filter((row) => train[row]!.label === "fake")).toHaveLength(rows.length / 2);
    expect(bags.some(({ rows }) => new Set(rows).size < rows.length)).toBe(true);
  });

  it("of SMOTE: refused with fewer fakes than neighbours", () => {
    expect(planOf(of("smote")).resampleFeatures).toEqual({ name: "smote", neighbours: 5, fake: reals });
    const five = trainOf(50, (i) => i % 10 === 0);
    expect(() => planOf(of("smote"), five)).toThrow(
      "one of its 5 nearest others (its option neighbours), and the train part has 5 fakes. Add fakes, or repeat",
    );
  });
});
