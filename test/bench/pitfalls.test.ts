import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { measurePitfalls } from "../../bench/pitfalls/measure.ts";
import { syntheticSources, usualSources } from "../../bench/pitfalls/sources.ts";
import { pitfallNames as names, pitfalls } from "../../bench/pitfalls/table.ts";
import type { Sample, Samples } from "../../src/core/sample.ts";
import { imbalance } from "../../src/imbalance/index.ts";
import { unmoved } from "../../src/imbalance/plan.ts";
import { correctPrior, trainedLogits } from "../../src/imbalance/posterior.ts";
import { calibrators } from "../../src/metrics/calibrators/index.ts";
import { logitsOf, scoresOf } from "../../src/metrics/scores.ts";
import { headRecipe } from "../../src/study/headTraining.ts";

const page = readFileSync(fileURLToPath(new URL("../../docs/pitfalls.md", import.meta.url)), "utf8");

/** Fewer seeds and steps than the page, and the crops once: they are drawn and saved one by one. */
const shown = Promise.all([
  measure(
    names.filter((name) => name !== "smoteOnPixels"),
    3,
  ),
  measure(["smoteOnPixels"], 1),
]).then((parts) => parts.flat());

function measure(of: typeof names, seeds: number) {
  return measurePitfalls({
    names: of,
    tableOf: (seed) => syntheticSources({ ...usualSources, seed }),
    realPerFake: 100,
    seeds,
    recipe: { ...headRecipe, steps: 300 },
  });
}

describe.each(names)("%s", (name) => {
  it("misleads the way that the page says", async () => {
    const { figures } = (await shown).find((pitfall) => pitfall.name === name)!;
    expect(figures.length).toBeGreaterThan(1);
    for (const { name: figure, wrong, right } of figures)
      expect(
        [wrong, right].every(({ mean }) => Number.isFinite(mean)),
        figure,
      ).toBe(true);
    const [first] = figures;
    if (first!.wrongIs === "higher") expect(first!.wrong.mean).toBeGreaterThan(first!.right.mean);
    else expect(first!.wrong.mean).toBeLessThan(first!.right.mean);
    // With few fakes a figure may lie the other way in a seed, and the page says in how many.
    const agree = figures.reduce((sum, figure) => sum + figure.agree, 0);
    expect(agree / (figures.length * (name === "smoteOnPixels" ? 1 : 3))).toBeGreaterThanOrEqual(0.75);
  });

  it("has a section in docs/pitfalls.md: every figure, and what the page says of each mistake", async () => {
    const section = page.split("\n## ").find((text) => text.startsWith(`${pitfalls[name].title}\n`));
    expect(section).toBeDefined();
    const { figures } = (await shown).find((pitfall) => pitfall.name === name)!;
    for (const figure of figures) expect(section).toContain(`\n| ${figure.name} | `);
    for (const part of ["The mistake", "Why it misleads", "In Assay", "Instead"])
      expect(section).toContain(`\n**${part}.** `);
  });
});

it("made-up pictures of one source lie close together, and each of them has mean 0 and variance 1", () => {
  const { samples, values, width } = syntheticSources({ ...usualSources, real: 400, fake: 10, seed: 1 });
  const pairs = samples.flatMap(({ label }, i) => (label === "real" && i % 4 === 0 ? [i] : []));
  const meanOf = (of: (i: number, c: number) => number) =>
    pairs.reduce(
      (sum, i) => sum + Array.from({ length: width }, (_, c) => of(i, c)).reduce((a, b) => a + b) / width,
      0,
    ) / pairs.length;
  const at = (i: number, c: number) => values[i * width + c]!;
  for (let k = 0; k < usualSources.pictures; k++) {
    expect(meanOf((i, c) => at(i + k, c))).toBeCloseTo(0, 1);
    expect(meanOf((i, c) => at(i + k, c) ** 2)).toBeCloseTo(1, 1);
  }
  expect(meanOf((i, c) => at(i, c) * at(i + 1, c))).toBeCloseTo(usualSources.nearness, 1);
});

it("what the compiler refuses: resampling all pictures, calibrating on repeats, correcting twice or never", () => {
  const samples: readonly Sample[] = [];
  const calibration = [] as unknown as Samples<"calibration">;
  const trained = trainedLogits([0]);
  const refused = [
    // @ts-expect-error pictures that were not split
    () => imbalance.smote.plan(samples, { neighbours: 5, fakePerReal: 1 }),
    // @ts-expect-error nor does another part serve
    () => imbalance.oversample.plan(calibration, { fakePerReal: 1, augmentRepeats: false }),
    // @ts-expect-error repeats of calibration are not calibration
    () => calibrators.platt.fit(logitsOf([...calibration, ...calibration], [])),
    // @ts-expect-error a second correction
    () => correctPrior(correctPrior(trained, unmoved), unmoved),
    // @ts-expect-error none
    () => scoresOf(calibration, trained),
  ];
  expect(refused).toHaveLength(5);
});
