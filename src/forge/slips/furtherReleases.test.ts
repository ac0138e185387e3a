import { describe, expect, it } from "vitest";
import { banks, heldOutBanks, seenBanks } from "./banks.ts";
import { families } from "./fonts.ts";
import { drawLayout, paletteOf, releasesPerBank } from "./layout.ts";

const further = Array.from({ length: 30 }, (_, i) => releasesPerBank + i);

describe("further releases", () => {
  it("have grounds of their own, and those of the benchmark one colour", () => {
    const layouts = seenBanks.flatMap((bank) => further.map((release) => drawLayout(bank, release)));
    expect(layouts.filter(({ wash }) => wash !== undefined).length).toBeGreaterThan(0.6 * layouts.length);
    for (const bank of seenBanks)
      for (let release = 0; release < releasesPerBank; release++) {
        expect(drawLayout(bank, release)).toMatchObject({ wash: undefined, amountIn: "text" });
        expect(paletteOf(bank, "light", release).brand).toBe(banks[bank].brand);
      }
  });

  it("are set in any family that has the language's letters, and in none of the held-out banks", () => {
    const heldOut = new Set<string>(heldOutBanks.flatMap((bank) => [banks[bank].font, ...banks[bank].otherFonts]));
    const needs = { th: "thai", hi: "devanagari", vi: "vietnamese" } as Record<string, string>;
    for (const bank of seenBanks) {
      const used = new Set(further.flatMap((release) => Object.values(drawLayout(bank, release).fonts)));
      expect(used.size).toBeGreaterThan(1);
      for (const family of used) {
        expect(heldOut.has(family)).toBe(false);
        expect(families[family].subsets).toContain(needs[banks[bank].language] ?? "latin-ext");
      }
    }
  });

  it("are legible, a label no larger than its value and the amount the largest; some amounts stand in the brand's colour", () => {
    const layouts = seenBanks.flatMap((bank) => further.map((release) => drawLayout(bank, release)));
    for (const { sizes } of layouts) {
      expect(sizes.label).toBeGreaterThan(9);
      expect(sizes.label).toBeLessThan(sizes.value);
      expect(sizes.amount).toBeGreaterThan(1.25 * sizes.value);
      expect(sizes.amount).toBeLessThan(44);
    }
    const share = layouts.filter(({ amountIn }) => amountIn === "brand").length / layouts.length;
    expect([share > 0.2, share < 0.5]).toEqual([true, true]);
  });

  it("differ from each other, and are the same whenever they are drawn", () => {
    for (const bank of seenBanks) {
      expect(drawLayout(bank, 9)).toEqual(drawLayout(bank, 9));
      expect(new Set(further.map((release) => paletteOf(bank, "light", release).brand)).size).toBeGreaterThan(25);
    }
  });
});
