import { expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { labelNoise } from "./labelNoise.ts";

it("finds the labels that were turned round, where models can tell the classes apart", () => {
  const rng = createRng("noise");
  const truth = Uint8Array.from({ length: 2000 }, (_, i) => (i % 10 === 0 ? 1 : 0));
  const probabilities = Float64Array.from(truth, (label) => (label === 1 ? rng.between(0.7, 1) : rng.between(0, 0.2)));
  const turned = truth.map((label) => (rng.chance(0.03) ? 1 - label : label));
  const { real, fake } = labelNoise(turned, probabilities);
  for (const [label, estimate] of [real, fake].entries()) {
    if (!("value" in estimate)) throw new Error(estimate.undefinedBecause);
    const given = Array.from(turned).flatMap((one, i) => (one === label ? [truth[i]!] : []));
    const wrong = given.filter((one) => one !== label).length / given.length;
    // Of either kind some are not judged with confidence: the share is right to a factor of two.
    expect(wrong).toBeGreaterThan(0);
    expect(estimate.value).toBeGreaterThan(wrong / 2);
    expect(estimate.value).toBeLessThan(2.2 * wrong);
  }
  for (const estimate of Object.values(labelNoise(truth, probabilities))) expect(estimate).toMatchObject({ value: 0 });
});
