import { describe, expect, expectTypeOf, it } from "vitest";
import { createRng } from "../core/rng.ts";
import type { Sample, Samples } from "../core/sample.ts";
import { thin } from "./thin.ts";

const sample = (label: "real" | "fake", i: number): Sample => ({
  path: `${label}/${i}.png`,
  sha256: `${label === "fake" ? "f" : "e"}${i.toString(16).padStart(63, "0")}`,
  label,
  group: `g${i % 7}`,
});
const part = (real: number, fake: number): Sample[] => [
  ...Array.from({ length: real }, (_, i) => sample("real", i)),
  ...Array.from({ length: fake }, (_, i) => sample("fake", i)),
];
const fakes = (samples: readonly Sample[]) => samples.filter(({ label }) => label === "fake").map(({ path }) => path);
const seed = (n: number) => createRng(`thin test/${n}`);

describe("thin", () => {
  it("keeps every genuine picture and one fake for k of them", () => {
    const { kept, discarded } = thin(part(200, 100), 50, seed(1));
    expect(fakes(kept)).toHaveLength(4);
    expect(kept).toHaveLength(204);
    expect(discarded).toHaveLength(96);
    expect(fakes(discarded)).toHaveLength(96);
  });

  it("draws the same fakes whatever stands beside them and in whichever order, and others for another seed", () => {
    const all = part(200, 100);
    const chosen = fakes(thin(all, 20, seed(1)).kept).sort();
    expect(fakes(thin([...all].reverse(), 20, seed(1)).kept).sort()).toEqual(chosen);
    expect(fakes(thin(all, 20, seed(2)).kept).sort()).not.toEqual(chosen);
  });

  it("keeps at 1:100 what it keeps at 1:10, and no fewer than one", () => {
    const many = fakes(thin(part(200, 100), 10, seed(1)).kept);
    const few = fakes(thin(part(200, 100), 100, seed(1)).kept);
    expect(few).toHaveLength(2);
    expect(many).toEqual(expect.arrayContaining(few));
    expect(fakes(thin(part(200, 100), 5000, seed(1)).kept)).toHaveLength(1);
  });

  it("draws every fake about as often", () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 400; i++)
      for (const path of fakes(thin(part(100, 20), 20, seed(i)).kept)) counts.set(path, (counts.get(path) ?? 0) + 1);
    // 400 draws of 5 in 20: 100 each, deviation about 8.7
    expect(counts.size).toBe(20);
    for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThan(40);
  });

  it("says which ratio can be had where fakes are too few, or none", () => {
    expect(() => thin(part(200, 10), 10, seed(1))).toThrow(
      "1:10 asks for 20 fakes beside 200 genuine pictures, and there are 10. What can be had: 1:20, or fewer fakes.",
    );
    expect(() => thin(part(200, 0), 10, seed(1))).toThrow("There is no fake among 200 genuine pictures");
  });

  it("keeps the part in the type", () => {
    const train = part(20, 10) as unknown as Samples<"train">;
    expectTypeOf(thin(train, 5, seed(1)).kept).toEqualTypeOf<Samples<"train">>();
  });
});
