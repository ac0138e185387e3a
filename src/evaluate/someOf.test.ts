import { expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import { someOf } from "./someOf.ts";

const samples = Array.from(
  { length: 300 },
  (_, i): Sample => ({
    path: `${i}.png`,
    sha256: createRng(i).bits().toString(16),
    label: i < 200 ? "real" : "fake",
    group: `${i}`,
    facts: { laundering: i % 4 === 0 ? "png" : "messenger" },
  }),
);

it("takes as many of each class, always the same, in the order of the set", () => {
  const some = someOf(samples, 40);
  expect(some.filter(({ label }) => label === "real")).toHaveLength(40);
  expect(some.filter(({ label }) => label === "fake")).toHaveLength(40);
  expect(some.map(({ path }) => Number.parseInt(path, 10))).toEqual(
    some.map(({ path }) => Number.parseInt(path, 10)).sort((a, b) => a - b),
  );
  const turned = someOf([...samples].reverse(), 40);
  expect(new Set(turned)).toEqual(new Set(some));
});

it("keeps the proportions of what the manifest says", () => {
  const png = someOf(samples, 40).filter(({ facts }) => facts?.laundering === "png");
  expect(png.length).toBeGreaterThanOrEqual(18);
  expect(png.length).toBeLessThanOrEqual(22);
});

it("takes all where there are no more", () => {
  expect(someOf(samples, 200)).toBe(samples);
  expect(someOf(samples, 150)).toHaveLength(250);
});
