import { expect, it } from "vitest";
import coefficientFiles from "../../test/golden/image/coefficients.json" with { type: "json" };
import golden from "../../test/golden/representations/dct.json" with { type: "json" };
import { createRng } from "../core/rng.ts";
import type { Pixels } from "../image/codec.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { dct } from "./dct.ts";

const { width, height, clip } = golden;
const area = width * height;
const fromFile = { source: "file", clip } as const;
const fromPixels = { source: "pixels", clip } as const;
const png = async (pixels: Pixels) => codec.decode(await codec.encodePng(pixels));
const jpeg = async () => codec.decode(new Uint8Array(Buffer.from(golden.jpeg, "base64")));
const whole = (plane: Float32Array) => Array.from(plane, (value) => Math.round(value * clip) + 0);

it("equals SciPy's DCT where the file is no JPEG", async () => {
  const picture = await png({ width, height, channels: 3, data: Uint8Array.from(golden.pixels) });
  const { channels, data } = await dct.compute(picture, fromFile);
  expect(channels).toBe(3);
  expect(whole(data.subarray(0, area))).toEqual(golden.fromPixels);
  expect(data.subarray(area, 2 * area).every((value) => value === 0)).toBe(true);
  for (const [i, distance] of golden.distances.entries())
    expect(Math.abs(data[2 * area + i]! - distance)).toBeLessThan(1e-5);
});

it("equals libjpeg's coefficients and table where the file is a JPEG", async () => {
  const { data } = await dct.compute(await jpeg(), fromFile);
  expect(whole(data.subarray(0, area))).toEqual(golden.fromFile);
  for (const [i, step] of golden.steps.entries()) expect(Math.abs(data[area + i]! - step)).toBeLessThan(1e-5);
  expect(data.subarray(2 * area).every((value) => value === 0)).toBe(true);
});

it("goes by the pixels where they are no longer the file's, where it is damaged, or asked so", async () => {
  const image = await jpeg();
  const expected = await dct.compute(image, fromPixels);
  const { jpeg: _, ...changed } = image;
  expect(await dct.compute(changed, fromFile)).toEqual(expected);
  const cut = { ...image, bytes: image.bytes.subarray(0, image.bytes.length - 100) };
  expect(await dct.compute(cut, fromFile)).toEqual(expected);
  expect(await dct.compute(await png(image.pixels), fromFile)).toEqual(expected);
});

it.each(["rgb", "cmyk", "sampling 1x1,2x2"])("goes by the pixels where the file has no full luma: %s", async (name) => {
  const { file } = coefficientFiles.find((entry) => entry.name === name)!;
  const image = await codec.decode(new Uint8Array(Buffer.from(file, "base64")));
  expect(await dct.compute(image, fromFile)).toEqual(await dct.compute(image, fromPixels));
});

it("gives the same numbers on a crop along the grid as on the whole picture", async () => {
  const rng = createRng("dct/crop");
  const picture: Pixels = {
    width: 61,
    height: 45,
    channels: 3,
    data: Uint8Array.from({ length: 61 * 45 * 3 }, () => rng.integer(256)),
  };
  const all = (await dct.compute(await png(picture), fromFile)).data;
  // Inside, and down to the picture's own right and lower edge.
  for (const [left, top, w, h] of [
    [16, 8, 24, 16],
    [8, 24, 53, 21],
  ] as const) {
    const crop = new Uint8Array(w * h * 3);
    for (let y = 0; y < h; y++) {
      const from = 3 * ((top + y) * 61 + left);
      crop.set(picture.data.subarray(from, from + 3 * w), 3 * y * w);
    }
    const part = (await dct.compute(await png({ width: w, height: h, channels: 3, data: crop }), fromFile)).data;
    for (let y = 0; y < 3 * h; y++) {
      const from = (Math.floor(y / h) * 45 + top + (y % h)) * 61 + left;
      expect(part.subarray(y * w, (y + 1) * w)).toEqual(all.subarray(from, from + w));
    }
  }
});
