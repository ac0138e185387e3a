import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { facesOf, familyNames, plainFaces } from "./fonts.ts";
import { unpackWoff } from "./woff.ts";

const file = createRequire(import.meta.url).resolve("@fontsource/kanit/files/kanit-thai-500-normal.woff");

describe("unpackWoff", () => {
  it("gives a font whose tables carry right checksums and whose name is ours", () => {
    const font = unpackWoff(readFileSync(file), "Assay Test");
    const view = new DataView(font.buffer);
    expect(view.getUint32(0)).toBe(0x00010000);
    for (let i = 0; i < view.getUint16(4); i++) {
      const [checksum, offset, length] = [4, 8, 12].map((skip) => view.getUint32(12 + 16 * i + skip)) as [
        number,
        number,
        number,
      ];
      expect(offset % 4).toBe(0);
      let sum = 0;
      for (let at = offset; at < offset + ((length + 3) & ~3); at += 4) sum = (sum + view.getUint32(at)) >>> 0;
      expect(sum).toBe(checksum);
    }
    expect(Buffer.from(font).includes(Buffer.from("Assay Test", "utf16le").swap16())).toBe(true);
  });

  it("refuses other files", () => {
    expect(() => unpackWoff(new Uint8Array(100), "x")).toThrow(RangeError);
  });
});

describe("fonts", () => {
  it("has the files of every family in every weight", () => {
    for (const family of familyNames)
      for (const weight of [400, 500, 600, 700] as const) expect(facesOf(family, weight, "").length).toBeGreaterThan(1);
  });

  it("adds a family for letters that one lacks", () => {
    expect(facesOf("inter", 400, "abc").map(({ name }) => name)).not.toContain("Assay Noto Sans Thai 400 thai");
    expect(facesOf("inter", 400, "กข").map(({ name }) => name)).toContain("Assay Noto Sans Thai 400 thai");
    expect(plainFaces("inter", 400, "a")[0]!.file).toMatch(/\.ttf$/);
  });
});
