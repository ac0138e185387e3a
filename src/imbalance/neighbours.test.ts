import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { drawMixes, mixRows } from "./mixRows.ts";
import { nearestOthers } from "./neighbours.ts";

interface Golden {
  width: number;
  neighbours: number;
  fake: number[];
  nearest: number[];
  places: number[];
  steps: number[];
  synthetic: number[];
}
const file = new URL("../../test/golden/imbalance/smote.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(file, "utf8"));
const { width, neighbours: k, places, steps } = golden;
const rows = Float32Array.from(golden.fake);

describe("SMOTE, against imbalanced-learn", () => {
  it("has the same neighbours", () => {
    expect([...nearestOthers(rows, width, k)]).toEqual(golden.nearest);
  });

  it("mixes the same rows of the same random numbers", () => {
    const mixes = places.map((place, i) => ({ place, step: steps[i]! }));
    const made = mixRows(rows, { width, neighbours: nearestOthers(rows, width, k), k }, mixes);
    expect(made).toHaveLength(golden.synthetic.length);
    for (const [i, expected] of golden.synthetic.entries()) expect(made[i]).toBeCloseTo(expected, 5);
  });

  it("draws every pair of neighbours, and steps between them", () => {
    const mixes = drawMixes(4000, 36, createRng("mixes"));
    expect(new Set(mixes.map(({ place }) => place)).size).toBe(36);
    const mean = mixes.reduce((sum, { step }) => sum + step, 0) / mixes.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
  });

  it("takes the first of equally near rows, and refuses more neighbours than there are", () => {
    expect([...nearestOthers(Float32Array.of(0, 1, -1, 5), 1, 2)]).toEqual([1, 2, 0, 2, 0, 1, 1, 0]);
    expect(() => nearestOthers(rows, width, 9)).toThrow("9 neighbours among 9 rows: 1..8.");
  });
});
