import { expect, it } from "vitest";
import { pickWeighted } from "./pickWeighted.ts";
import { createRng } from "./rng.ts";

it("picks names in proportion to their weights, and never one of weight 0", () => {
  const rng = createRng("weighted");
  const counts = { a: 0, b: 0, c: 0 };
  for (let i = 0; i < 6000; i++)
    counts[
      pickWeighted(
        [
          ["a", 3],
          ["b", 0],
          ["c", 1],
        ],
        rng,
      )
    ]++;
  expect(counts.b).toBe(0);
  expect(counts.a / 6000).toBeCloseTo(0.75, 1);
  expect(counts.c / 6000).toBeCloseTo(0.25, 1);
  expect(() => pickWeighted([], rng)).toThrow(RangeError);
});
