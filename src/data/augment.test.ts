import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import type { Planes } from "../image/planes.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { augmentOptions, augmentPixels, augmentPlanes, changesPixels } from "./augment.ts";
import { contactSheet } from "./contactSheet.ts";
import { readDataset } from "./manifest.ts";
import { blobs, jpegOf, smallSet, temporaryFolder } from "./testPictures.ts";

const planes: Planes = { channels: 2, height: 5, width: 7, data: Float32Array.from({ length: 70 }, (_, i) => i) };
const rows = ({ width, data }: Planes, channel = 0, height = 5) =>
  Array.from({ length: height }, (_, y) => [
    ...data.subarray(channel * height * width + y * width, channel * height * width + (y + 1) * width),
  ]);

describe("augmentPlanes", () => {
  it("does nothing by default", () => {
    expect(augmentPlanes(planes, augmentOptions.parse({}), createRng(1))).toBe(planes);
  });

  it("flips exactly, in half of the draws", () => {
    const options = augmentOptions.parse({ horizontalFlip: true });
    const flipped = rows(planes, 1).map((row) => row.reverse());
    const draws = Array.from({ length: 100 }, (_, i) => rows(augmentPlanes(planes, options, createRng(i)), 1));
    for (const draw of draws)
      expect([JSON.stringify(rows(planes, 1)), JSON.stringify(flipped)]).toContain(JSON.stringify(draw));
    const count = draws.filter((draw) => JSON.stringify(draw) === JSON.stringify(flipped)).length;
    expect(count).toBeGreaterThan(35);
    expect(count).toBeLessThan(65);
    const upside = augmentOptions.parse({ verticalFlip: true });
    const seen = new Set(
      Array.from({ length: 20 }, (_, i) => JSON.stringify(rows(augmentPlanes(planes, upside, createRng(i))))),
    );
    expect(seen).toEqual(new Set([JSON.stringify(rows(planes)), JSON.stringify(rows(planes).reverse())]));
  });

  it("moves a spot as a turn and a shift must", () => {
    // A spot right of the centre; a turn by a moves it to (r cos, -r sin) or (r cos, r sin).
    const side = 41;
    const spot: Planes = { channels: 1, height: side, width: side, data: new Float32Array(side * side) };
    for (let y = -2; y <= 2; y++) spot.data.fill(0.04, (20 + y) * side + 30, (20 + y) * side + 35);
    const centre = (of: Planes) => {
      let [x, y, sum] = [0, 0, 0];
      of.data.forEach((value, i) => {
        sum += value;
        x += value * ((i % side) - 20);
        y += value * (Math.floor(i / side) - 20);
      });
      return { x: x / sum, y: y / sum, sum };
    };
    const angles = new Set<number>();
    for (let i = 0; i < 20; i++) {
      const { x, y, sum } = centre(
        augmentPlanes(spot, augmentOptions.parse({ rotation: 40, fill: "constant" }), createRng(i)),
      );
      expect(Math.abs(sum - 1)).toBeLessThan(0.05);
      expect(Math.hypot(x, y)).toBeCloseTo(12, 0);
      const angle = (Math.atan2(y, x) * 180) / Math.PI;
      expect(Math.abs(angle)).toBeLessThan(41);
      angles.add(Math.round(angle));
      const moved = centre(augmentPlanes(spot, augmentOptions.parse({ shift: 0.15, fill: "constant" }), createRng(i)));
      expect(Math.abs(moved.x - 12)).toBeLessThan(0.15 * side + 0.1);
      const zoomed = centre(augmentPlanes(spot, augmentOptions.parse({ zoom: 0.2, fill: "constant" }), createRng(i)));
      expect(zoomed.x).toBeGreaterThan(12 * 0.79);
      expect(zoomed.x).toBeLessThan(12 * 1.21);
      expect(zoomed.y).toBeCloseTo(0, 1);
    }
    expect(angles.size).toBeGreaterThan(10);
  });

  it("fills with the mirrored planes or with 0, and stays in the range", () => {
    const flat: Planes = { channels: 1, height: 9, width: 9, data: new Float32Array(81).fill(0.5) };
    const all = { rotation: 90, shift: 0.4, shear: 30, zoom: 0.5 };
    for (let i = 0; i < 20; i++) {
      const mirrored = augmentPlanes(flat, augmentOptions.parse(all), createRng(i));
      for (const value of mirrored.data) expect(value).toBeCloseTo(0.5, 6);
      const cut = augmentPlanes(flat, augmentOptions.parse({ ...all, fill: "constant" }), createRng(i));
      for (const value of cut.data) expect(value).toBeLessThanOrEqual(0.5000001);
    }
  });

  it("gives each draw of the same stream alike, and channels the same warp", () => {
    const options = augmentOptions.parse({ rotation: 20, shear: 10, shift: 0.1, zoom: 0.1, horizontalFlip: true });
    const once = augmentPlanes(planes, options, createRng(3));
    expect(augmentPlanes(planes, options, createRng(3))).toEqual(once);
    rows(once).forEach((row, y) => {
      row.forEach((value, x) => {
        expect(rows(once, 1)[y]![x]! - value).toBeCloseTo(35, 4);
      });
    });
  });
});

describe("augmentPixels", () => {
  const open = async () => sharpCodec.decode(await jpegOf(blobs("augment"), 92));

  it("leaves the picture alone by default, and keeps its hash whatever it does", async () => {
    const image = await open();
    const none = augmentOptions.parse({});
    expect(changesPixels(none)).toBe(false);
    expect(await augmentPixels(image, none, createRng(1), sharpCodec)).toBe(image);
    const always = { probability: 1 };
    const all = augmentOptions.parse({
      resize: always,
      blur: always,
      noise: always,
      resave: { probability: 1, quality: [60, 60] },
    });
    expect(changesPixels(all)).toBe(true);
    const changed = await augmentPixels(image, all, createRng(1), sharpCodec);
    expect(changed.sha256).toBe(image.sha256);
    expect(changed.jpeg!.quality).toBe(60);
    expect(changed.pixels.width).toBeLessThanOrEqual(image.pixels.width);
    const noisy = await augmentPixels(image, augmentOptions.parse({ noise: always }), createRng(1), sharpCodec);
    expect(noisy.jpeg).toBeUndefined();
    expect(noisy.pixels.data).not.toEqual(image.pixels.data);
    expect(await augmentPixels(image, all, createRng(1), sharpCodec)).toEqual(changed);
  });

  it("keeps its probabilities", async () => {
    const image = await open();
    const half = augmentOptions.parse({ blur: { probability: 0.5 } });
    const changed = await Promise.all(
      Array.from(
        { length: 60 },
        async (_, i) => (await augmentPixels(image, half, createRng(i), sharpCodec)) !== image,
      ),
    );
    expect(changed.filter(Boolean).length).toBeGreaterThan(18);
    expect(changed.filter(Boolean).length).toBeLessThan(42);
  });

  it("refuses ranges that stand on their head", () => {
    expect(augmentOptions.safeParse({ blur: { sigma: [2, 1] } }).success).toBe(false);
    expect(augmentOptions.safeParse({ rotate: 3 }).success).toBe(false);
  });
});

describe("contactSheet", () => {
  it("shows six samples, as they are and in four versions", async () => {
    await using folder = await temporaryFolder(await smallSet(4));
    const { samples, root } = await readDataset(folder.root, { codec: sharpCodec });
    const input = {
      representation: { name: "rgb", options: {} },
      width: 20,
      height: 16,
      fit: "resize",
      kernel: "bilinear",
      mean: [0, 0, 0],
      deviation: [1, 1, 1],
    } as const;
    const png = await contactSheet({
      root,
      samples,
      input: { ...input, mean: [0, 0, 0], deviation: [1, 1, 1] },
      protocol: "reencoded",
      augment: augmentOptions.parse({ rotation: 45 }),
      codec: sharpCodec,
    });
    const { pixels } = await sharpCodec.decode(png);
    expect([pixels.width, pixels.height]).toEqual([5 * 24 + 4, 6 * 20 + 4]);
  });
});
