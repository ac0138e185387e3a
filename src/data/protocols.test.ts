import { describe, expect, it } from "vitest";
import { sharpCodec } from "../image/sharpCodec.ts";
import { applyProtocol, applyProtocolToMask } from "./protocols.ts";
import { blobs, jpegOf } from "./testPictures.ts";

const pictures = await Promise.all(
  Array.from({ length: 40 }, async (_, i) => sharpCodec.decode(await jpegOf(blobs(`protocol/${i}`, 60, 40), 50))),
);

describe("protocols", () => {
  it("raw is the file itself", async () => {
    expect(await applyProtocol("raw", pictures[0]!, sharpCodec)).toBe(pictures[0]);
  });

  it("reencoded: one plain save, quality 70..95, both subsamplings, the original's hash", async () => {
    const seen = await Promise.all(pictures.map((picture) => applyProtocol("reencoded", picture, sharpCodec)));
    for (const [i, { jpeg, pixels, sha256, bytes }] of seen.entries()) {
      expect(sha256).toBe(pictures[i]!.sha256);
      expect([pixels.width, pixels.height]).toEqual([60, 40]);
      expect(jpeg!.quality).toBeGreaterThanOrEqual(70);
      expect(jpeg!.quality).toBeLessThanOrEqual(95);
      expect(jpeg!.standardTables).toBe(true);
      expect(jpeg!.applications).toEqual([]);
      expect((await sharpCodec.decode(bytes)).pixels).toEqual(pixels);
    }
    const subsamplings = seen.map(({ jpeg }) => jpeg!.subsampling);
    expect(subsamplings.filter((name) => name === "4:2:0").length).toBeGreaterThan(8);
    expect(subsamplings.filter((name) => name === "4:4:4").length).toBeGreaterThan(8);
    expect(new Set(seen.map(({ jpeg }) => jpeg!.quality)).size).toBeGreaterThan(10);
  });

  it("rescaled: .6 to .9 of the size, and the mask follows", async () => {
    const widths = new Set<number>();
    for (const picture of pictures) {
      const { pixels, sha256 } = await applyProtocol("rescaled", picture, sharpCodec);
      expect(pixels.width / 60).toBeGreaterThan(0.59);
      expect(pixels.width / 60).toBeLessThan(0.91);
      widths.add(pixels.width);
      const data = Uint8Array.from({ length: 60 * 40 }, (_, i) => (i % 60 < 30 ? 1 : 0));
      const mask = applyProtocolToMask("rescaled", { width: 60, height: 40, data }, sha256);
      expect([mask.width, mask.height]).toEqual([pixels.width, pixels.height]);
      const share = mask.data.reduce((sum, bit) => sum + bit, 0) / mask.data.length;
      expect(share).toBeCloseTo(0.5, 1);
    }
    expect(widths.size).toBeGreaterThan(8);
  });

  it("shows everyone the same pictures, for ever", async () => {
    // Frozen: another number here means that every earlier figure under these protocols is void (raise the version).
    const image = await sharpCodec.decode(await sharpCodec.encodePng(blobs("wide", 1000, 8)));
    const seen: string[] = [];
    for (const digit of ["0", "7", "f"]) {
      const own = { ...image, sha256: digit.repeat(64) };
      const { jpeg } = await applyProtocol("reencoded", own, sharpCodec);
      const { pixels, jpeg: scaled } = await applyProtocol("rescaled", own, sharpCodec);
      seen.push(`${jpeg!.quality} ${jpeg!.subsampling}, ${pixels.width} ${scaled!.quality} ${scaled!.subsampling}`);
    }
    expect(seen).toEqual(["78 4:2:0, 607 79 4:2:0", "72 4:2:0, 648 86 4:4:4", "89 4:2:0, 658 82 4:2:0"]);
  });
});
