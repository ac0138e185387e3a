import { describe, expect, it } from "vitest";
import { isDefined } from "../core/estimate.ts";
import { createRng } from "../core/rng.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { checkDataset } from "./check.ts";
import { isAtChance, measureFloors } from "./floors.ts";
import { historyRow, matchingRegion, untouchedRegion } from "./history.ts";
import { readDataset } from "./manifest.ts";
import { blobs, jpegOf, temporaryFolder } from "./testPictures.ts";

/** Pictures of equal looks in both classes; fakes were saved at another quality first, and have a mask on the left. */
async function laundered(count: number, first: { real: number; fake: number }, last = 90) {
  const white = { width: 96, height: 96, channels: 3, data: new Uint8Array(96 * 96 * 3) } as const;
  for (let y = 0; y < 96; y++) white.data.fill(255, y * 288, y * 288 + 3 * 24);
  const mask = await sharpCodec.encodePng(white);
  const files: Record<string, Uint8Array> = {};
  for (const label of ["real", "fake"] as const)
    for (let i = 0; i < count; i++) {
      const name = `${i}`;
      const before = await sharpCodec.decodePixels(await jpegOf(blobs(`${label}/${i}`, 96, 96), first[label]));
      files[`${label}/${name}.jpg`] = await jpegOf(before, last);
      if (label === "fake") files[`masks/${name}.png`] = mask;
    }
  return temporaryFolder(files);
}

// Worker threads load TypeScript anew: seconds on a busy machine.
describe("floors", { timeout: 120_000 }, () => {
  it("finds nothing where both classes have the same past, and the past where they do not", async () => {
    await using same = await laundered(40, { real: 80, fake: 80 });
    await using other = await laundered(40, { real: 97, fake: 55 });
    const alike = await measureFloors(await readDataset(same.root, { codec: sharpCodec }), "raw", { workers: 1 });
    const unlike = await measureFloors(await readDataset(other.root, { codec: sharpCodec }), "raw", { workers: 1 });
    expect(isAtChance(alike.file.rocAuc)).toBe(true);
    expect(isAtChance(alike.history!.rocAuc)).toBe(true);
    expect(isDefined(unlike.history!.rocAuc) && unlike.history!.rocAuc.value).toBeGreaterThan(0.9);
    expect(isDefined(alike.history!.rocAuc) && alike.history!.rocAuc.n).toBe(80);
  });

  it("reads the label from the files where it stands there, and no longer after one common save", async () => {
    const files: Record<string, Uint8Array> = {};
    for (let i = 0; i < 40; i++) {
      files[`real/${i}.jpg`] = await jpegOf(blobs(`real/${i}`), 90);
      files[`fake/${i}.jpg`] = await jpegOf(blobs(`fake/${i}`), 91);
    }
    await using folder = await temporaryFolder(files);
    const dataset = await readDataset(folder.root, { codec: sharpCodec });
    const check = await checkDataset(dataset, { workers: 1 });
    expect(check.counts).toEqual({ real: 40, fake: 40 });
    expect(check.floors.raw).toEqual({ file: check.floors.file });
    const { accuracy, rocAuc } = check.floors.file;
    expect(isDefined(accuracy) && accuracy.value).toBe(1);
    expect(isAtChance(rocAuc)).toBe(false);
    expect(isAtChance(check.floors.reencoded.file.rocAuc)).toBe(true);
    expect(check.nearDuplicates.acrossParts.grouped).toBe(0);
  });
});

describe("untouched regions", () => {
  const size = 160;
  const mask = { width: size, height: size, data: new Uint8Array(size * size) };
  for (let y = 40; y < 60; y++) mask.data.fill(1, y * size + 100, y * size + 120);

  it("stay 16 pixels away from the mask, on the grid, anywhere", () => {
    const places = new Set<string>();
    for (let i = 0; i < 50; i++) {
      const region = untouchedRegion(mask, createRng(i))!;
      const { x, y, side } = region;
      expect(x % 8).toBe(0);
      expect(y % 8).toBe(0);
      const apart = x + side + 16 <= 100 || x >= 120 + 16 || y + side + 16 <= 40 || y >= 60 + 16;
      expect(apart).toBe(true);
      places.add(`${x},${y}`);
      const match = matchingRegion(region, { width: 200, height: 130 })!;
      expect([match.x % 8, match.y % 8, match.side]).toEqual([0, 0, side]);
      expect(match.x + side).toBeLessThanOrEqual(200);
      expect(match.y + side).toBeLessThanOrEqual(130);
    }
    expect(places.size).toBeGreaterThan(2);
  });

  it("are told where there is no room", () => {
    expect(untouchedRegion({ ...mask, data: new Uint8Array(size * size).fill(1) }, createRng(1))).toBeUndefined();
    expect(untouchedRegion({ width: 20, height: 20, data: new Uint8Array(400) }, createRng(1))).toBeUndefined();
  });

  it("have the same shape of facts, all finite, even where nothing varies", () => {
    const flat = { width: 64, height: 64, channels: 3, data: new Uint8Array(64 * 64 * 3).fill(7) } as const;
    const region = { x: 0, y: 0, side: 32, width: 64, height: 64 };
    const row = historyRow(flat, region);
    expect(row.every(Number.isFinite)).toBe(true);
    expect(historyRow(blobs("facts"), region)).toHaveLength(row.length);
  });
});
