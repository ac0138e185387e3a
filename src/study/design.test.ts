import { expect, it } from "vitest";
import fc from "../../test/fc.ts";
import { createRng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import { countOf, createDesign, foldsOf } from "./design.ts";

const setOf = (groupSize: number): Sample[] =>
  Array.from({ length: 900 }, (_, i) => ({
    path: `${i}`,
    sha256: `${i}`,
    label: i % 6 === 0 ? "fake" : "real",
    group: `${Math.floor(i / groupSize)}`,
  }));

it("never lets a group cross a part, and makes the imbalance after the split in all parts but test", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 2, max: 6 }), fc.nat(99), (size, folds, seed) => {
      const samples = setOf(size);
      const design = createDesign(samples, folds);
      const [all, at, rarer] = [undefined, 20, 60].map((ratio) => design.partsOf(seed, 0, ratio));
      const partOf = new Map<string, string>();
      for (const part of ["train", "validation", "calibration", "test"] as const)
        for (const { group } of all![part]) {
          expect(partOf.get(group) ?? part).toBe(part);
          partOf.set(group, part);
        }
      expect(partOf.size).toBe(new Set(samples.map(({ group }) => group)).size);
      expect(at!.test).toEqual(all!.test);
      for (const part of ["train", "validation", "calibration"] as const) {
        expect(countOf(at![part], "real")).toBe(countOf(all![part], "real"));
        expect(countOf(at![part], "fake")).toBe(Math.max(1, Math.round(countOf(all![part], "real") / 20)));
        // What a rarer ratio keeps, a less rare one has.
        const kept = new Set(at![part]);
        expect(rarer![part].every((sample) => kept.has(sample))).toBe(true);
      }
    }),
    { numRuns: 20 },
  );
});

it("gives every fold its share of both classes", () => {
  const samples = setOf(3);
  const folds = foldsOf(samples, 5, createRng("folds"));
  for (let fold = 0; fold < 5; fold++) {
    const own = samples.filter((_, i) => folds[i] === fold);
    expect(countOf(own, "fake")).toBe(30);
    expect(countOf(own, "real")).toBe(150);
  }
});
