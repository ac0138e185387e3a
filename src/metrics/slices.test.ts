import { describe, expect, it } from "vitest";
import { scores } from "../../test/golden/metrics/madeUpScores.ts";
import { type Estimate, isDefined } from "../core/estimate.ts";
import { createRng } from "../core/rng.ts";
import { measure } from "./measure.ts";
import { measureSlice } from "./slices.ts";

const rng = createRng("slices");
const labels = Array.from({ length: 700 }, (_, i) => (i < 400 ? 0 : 1));
const made = scores(
  "test",
  labels,
  labels.map((label, i) => 1 / (1 + Math.exp(-1.5 * label - rng.fork(`${i}`).normal()))),
);

/** No estimate may be NaN; one that has no value says why. */
function expectWhole(estimate: Estimate): void {
  if (isDefined(estimate))
    for (const x of [estimate.value, estimate.low, estimate.high]) expect(Number.isFinite(x)).toBe(true);
  else expect(estimate.undefinedBecause).toMatch(/\w+ \w+/);
}

describe("recall at 1 % false alarms", () => {
  it("is what measure says of all pictures, with the count that proves it", () => {
    const { recallAtFpr1, proof } = measureSlice(made, new Uint8Array(700).fill(1), { threshold: 0.5, rng });
    const whole = measure(made, { threshold: 0.5, rng }).metrics.recallAtFpr1;
    expect(recallAtFpr1).toMatchObject({ value: isDefined(whole) && whole.value, n: 300 });
    expect(proof.real).toBe(400);
    expect(proof.alarms).toBeLessThanOrEqual(4);
    expect(proof.atMost).toBeGreaterThan(proof.alarms / 400);
  });

  it("proves nothing below what its genuine pictures can: 1 % takes none in 299", () => {
    const perfect = (real: number) =>
      measureSlice(
        scores("test", [...new Array<number>(real).fill(0), 1, 1], [...new Array<number>(real).fill(0.1), 0.9, 0.8]),
        new Uint8Array(real + 2).fill(1),
        { threshold: 0.5, rng, replicates: 50 },
      );
    expect(perfect(299).proof).toMatchObject({ alarms: 0, real: 299 });
    expect(perfect(299).proof.atMost).toBeLessThanOrEqual(0.01);
    expect(perfect(100).proof.atMost).toBeGreaterThan(0.02);
    // Two fakes, both found: Wilson's interval and no certainty.
    const { recallAtFpr1 } = perfect(299);
    expect(isDefined(recallAtFpr1) && recallAtFpr1.low).toBeLessThan(0.5);
  });
});

describe("a slice", () => {
  const all = new Uint8Array(labels.length).fill(1);

  it("of all pictures has the figures of the whole", () => {
    const slice = measureSlice(made, all, { threshold: 0.7, rng: createRng(1), replicates: 1000 });
    const whole = measure(made, { threshold: 0.7, rng: createRng(1) });
    const value = (estimate: Estimate) => isDefined(estimate) && estimate.value;
    expect(value(slice.rocAuc)).toBe(value(whole.metrics.rocAuc));
    expect(value(slice.recall)).toBe(value(whole.metrics.recall));
    const [[tn, fp]] = whole.confusionMatrix;
    expect(slice.falseAlarmRate).toMatchObject({ value: fp / (tn + fp), n: 400 });
    expect(slice.n).toEqual({ real: 400, fake: 300 });
  });

  it.each([
    ["only real", labels.map((label) => 1 - label)],
    ["only fake", labels],
    ["one of each", labels.map((_, i) => (i === 0 || i === 500 ? 1 : 0))],
    ["nothing", labels.map(() => 0)],
  ])("of %s says what it cannot say", (name, members) => {
    const slice = measureSlice(made, members, { threshold: 0.7, rng, replicates: 50 });
    for (const estimate of [slice.rocAuc, slice.recallAtFpr1, slice.falseAlarmRate, slice.recall])
      expectWhole(estimate);
    expect(Number.isFinite(slice.proof.atMost)).toBe(true);
    if (name === "only real") {
      expect(isDefined(slice.falseAlarmRate)).toBe(true);
      expect(slice.rocAuc).toEqual({ undefinedBecause: "all pictures are real, there is no fake" });
    }
    if (name === "only fake") {
      expect(isDefined(slice.recall)).toBe(true);
      expect(slice.falseAlarmRate).toEqual({ undefinedBecause: "all pictures are fake, there is no real one" });
    }
    if (name === "nothing") expect(slice.recall).toEqual({ undefinedBecause: "there are no pictures" });
  });
});
