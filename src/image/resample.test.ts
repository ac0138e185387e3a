import { expect, it } from "vitest";
import golden from "../../test/golden/image/resample.json" with { type: "json" };
import { resizePixels } from "./perturb.ts";
import { type Kernel, kernels, resizePlanes } from "./resample.ts";

const { plane, pixels } = golden;

it.each(golden.resized)("equals Pillow in mode F: $kernel to $width x $height", ({ width, height, kernel, data }) => {
  // A second channel, so that the planes are seen to stay apart.
  const both = {
    channels: 2,
    width: 14,
    height: 11,
    data: Float32Array.from([...plane.data, ...plane.data.map((v) => -v)]),
  };
  const resized = resizePlanes(both, { width, height, kernel: kernel as Kernel });
  expect(resized).toMatchObject({ channels: 2, width, height });
  expect(resized.data.length).toBe(2 * width * height);
  for (const [i, value] of data.entries()) {
    expect(Math.abs(resized.data[i]! - value)).toBeLessThan(1e-6);
    expect(Math.abs(resized.data[width * height + i]! + value)).toBeLessThan(1e-6);
  }
});

it.each(kernels)("keeps a constant plane constant: %s", (kernel) => {
  const grey = { channels: 1, width: 9, height: 5, data: new Float32Array(45).fill(0.7) };
  for (const value of resizePlanes(grey, { width: 4, height: 13, kernel }).data) expect(value).toBeCloseTo(0.7, 6);
});

it.each(kernels)("resizes pixels within one level of Pillow: %s", (kernel) => {
  const source = {
    width: pixels.width,
    height: pixels.height,
    channels: 3,
    data: Uint8Array.from(pixels.data),
  } as const;
  const { data } = resizePixels(source, { width: 7, height: 6, kernel });
  for (const [i, value] of golden.smaller[kernel].entries()) expect(Math.abs(data[i]! - value)).toBeLessThanOrEqual(1);
});
