import { expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import type { Judged } from "../metrics/pairedBootstrap.ts";
import { scoresOf, sigmoid } from "../metrics/scores.ts";
import type { OutOfFold } from "./answers.ts";
import { measureStrategies } from "./measureStrategies.ts";
import { recommend } from "./recommend.ts";

const samples = Array.from({ length: 600 }, (_, i) => ({
  path: `${i}`,
  sha256: `${i}`,
  label: i % 6 === 0 ? ("fake" as const) : ("real" as const),
  group: `${i >> 1}`,
}));
const noise = createRng("noise");
const shared = samples.map(() => noise.normal());

/** Answers of a method: how well it tells on validation and on test, and what its training costs. */
function method(strength: { validation: number; test: number }, rowsSeen: number, name: string): OutOfFold[] {
  const rng = createRng(name);
  const judged = (by: number): Judged => ({
    ...scoresOf(
      samples,
      samples.map(({ label }, i) => sigmoid(shared[i]! + 0.2 * rng.normal() + (label === "fake" ? by : 0))),
    ),
    weights: new Float64Array(samples.length).fill(1),
    called: new Uint8Array(samples.length),
  });
  const cost = { members: 1, seconds: 1, rowsSeen, numbersHeld: 1, weights: 1, inferenceSeconds: 0 };
  return [1, 2].map(() => ({
    test: judged(strength.test),
    uncorrected: judged(strength.test),
    validation: judged(strength.validation),
    cost,
  }));
}

function recommended(methods: Record<string, OutOfFold[]>) {
  const answers = new Map(Object.entries(methods));
  const bootstrap = { rng: createRng("bootstrap"), replicates: 200 };
  const measured = measureStrategies(answers, "none", [], { ...bootstrap, budget: 0.01 });
  return recommend(answers, measured, "none", [], bootstrap);
}
const both = (strength: number) => ({ validation: strength, test: strength });

it("names nothing where no strategy is better than the control", () => {
  const { name, why } = recommended({ none: method(both(1), 1, "a"), other: method(both(1), 1, "b") });
  expect(name).toBeNull();
  expect(why).toMatch(/best of the others, other, has a PR-AUC of .* no strategy beats doing nothing/);
});

it("names the cheaper one of two that are as good", () => {
  const { name, why } = recommended({
    none: method(both(0.5), 1, "a"),
    dear: method(both(2), 10, "b"),
    cheap: method(both(2), 2, "c"),
  });
  expect(name).toBe("cheap");
  expect(why).toContain("On validation its PR-AUC is");
});

it("names the better one where the cheaper is significantly worse", () => {
  expect(
    recommended({ none: method(both(0.5), 1, "a"), dear: method(both(3), 10, "b"), cheap: method(both(1), 2, "c") })
      .name,
  ).toBe("dear");
});

it("never looks at test to choose", () => {
  expect(
    recommended({
      none: method(both(0.5), 1, "a"),
      lucky: method({ validation: 0.5, test: 4 }, 1, "b"),
      chosen: method({ validation: 2, test: 0 }, 1, "c"),
    }).name,
  ).toBe("chosen");
});
