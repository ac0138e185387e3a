import { describe, expect, it } from "vitest";
import { scores } from "../../test/golden/metrics/madeUpScores.ts";
import { createRng } from "../core/rng.ts";
import { averagePrecision, rocAuc } from "./curves.ts";
import { holm } from "./holm.ts";
import { pairedBootstrap, type Repeated } from "./pairedBootstrap.ts";
import type { Ranked } from "./ranked.ts";

const rng = createRng("paired");
const n = 400;
const labels = Array.from({ length: n }, (_, i) => (i % 5 === 0 ? 1 : 0));
const groups = labels.map((_, i) => `${i >> 1}`);
/** Fakes stand higher by so much; the same noise for all but a little of it. */
const noise = labels.map(() => rng.normal());
const answers = (strength: number, own: string) => {
  const jitter = createRng(own);
  const p = labels.map((label, i) => 1 / (1 + Math.exp(-(noise[i]! + 0.3 * jitter.normal() + strength * label))));
  return scores("test", labels, p, groups);
};
const statistics = (sample: Ranked) => ({ rocAuc: rocAuc(sample) });
const compare = (methods: [string, ReturnType<typeof answers>[]][]) =>
  pairedBootstrap(new Map(methods), "none", statistics, { rng: createRng("bootstrap"), replicates: 400 });

describe("methods beside a control", () => {
  const result = compare([
    ["none", [answers(1, "a"), answers(1, "b")]],
    ["same", [answers(1, "c"), answers(1, "d")]],
    ["better", [answers(2, "e"), answers(2, "f")]],
  ]);

  it("has the mean over the seeds, and differences that are the metrics'", () => {
    const auc = (name: string) => result.get(name)!.metrics.rocAuc;
    const [none, better] = [auc("none"), auc("better")];
    const { estimate } = result.get("better")!.difference!.rocAuc;
    if (!("value" in none && "value" in better && "value" in estimate)) throw new Error("undefined");
    expect(estimate.value).toBeCloseTo(better.value - none.value, 12);
    expect(result.get("none")!.difference).toBeUndefined();
    // Paired, an interval is narrower than those of the two apart.
    expect(estimate.high - estimate.low).toBeLessThan(none.high - none.low);
  });

  it("finds what is better and not what is the same", () => {
    const of = (name: string) => result.get(name)!.difference!.rocAuc;
    expect(of("better").p).toBeLessThan(0.01);
    expect(of("same").p).toBeGreaterThan(0.05);
    const { estimate } = of("same");
    if (!("value" in estimate)) throw new Error("undefined");
    expect(estimate.low < 0 && estimate.high > 0).toBe(true);
  });

  it("finds nothing in last bits that lie to one side", () => {
    const own = answers(1, "a");
    const nearly = { ...own, probabilities: own.probabilities.map((p) => p * (1 - 1e-9)) };
    const mean = ({ probabilities }: Ranked) => ({ mean: probabilities.reduce((sum, p) => sum + p, 0) / n });
    const methods = new Map([
      ["none", [own]],
      ["nearly", [nearly]],
    ]);
    const found = pairedBootstrap(methods, "none", mean, { rng: createRng("bits"), replicates: 100 });
    expect(found.get("nearly")!.difference!.mean.p).toBe(1);
  });

  it("counts each picture by its weight, here and in every resample", () => {
    const [a, b] = [answers(1, "a"), answers(2, "e")];
    // A weight of 2 is a picture that stands there twice, in the same group.
    const twice = Float64Array.from(labels, (label) => 1 + label);
    const rows = labels.flatMap((label, i) => (label === 1 ? [i, i] : [i]));
    const doubled = (of: typeof a) =>
      scores(
        "test",
        rows.map((i) => labels[i]!),
        rows.map((i) => of.probabilities[i]!),
        rows.map((i) => groups[i]!),
      );
    const run = (methods: [string, Repeated][]) =>
      pairedBootstrap(new Map(methods), "none", (sample) => ({ prAuc: averagePrecision(sample) }), {
        rng: createRng("bootstrap"),
        replicates: 100,
      }).get("better")!;
    const weighted = run([
      ["none", [{ ...a, weights: twice }]],
      ["better", [{ ...b, weights: twice }]],
    ]);
    const repeated = run([
      ["none", [doubled(a)]],
      ["better", [doubled(b)]],
    ]);
    expect(weighted.difference!.prAuc.p).toEqual(repeated.difference!.prAuc.p);
    const { n: _, ...found } = weighted.metrics.prAuc as { value: number; n: number };
    expect(repeated.metrics.prAuc).toMatchObject(found);
  });

  it("refuses other pictures, and says why a metric has no value", () => {
    const other = scores("test", [1, 0], [0.2, 0.3]);
    expect(() =>
      compare([
        ["none", [answers(1, "a")]],
        ["other", [other]],
      ]),
    ).toThrow("other was measured on other pictures");
    const alone = scores("test", [0, 0, 0], [0.1, 0.2, 0.3]);
    const undefinedAuc = compare([
      ["none", [alone]],
      ["also", [alone]],
    ]).get("also")!;
    expect(undefinedAuc.metrics.rocAuc).toMatchObject({ undefinedBecause: expect.any(String) });
    expect(undefinedAuc.difference!.rocAuc.p).toMatchObject({ undefinedBecause: expect.any(String) });
  });
});

it("Holm's adjustment, as statsmodels has it", () => {
  expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(4)))).toEqual([0.03, 0.06, 0.06, 0.02]);
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});
