import { expect, it } from "vitest";
import golden from "../../test/golden/image/blur.json" with { type: "json" };
import { createRng } from "../core/rng.ts";
import { addNoise, blur, resave } from "./perturb.ts";
import { sharpCodec } from "./sharpCodec.ts";

const { width, height } = golden;
const pixels = { width, height, channels: 3, data: Uint8Array.from(golden.pixels) } as const;
const grey = { width: 60, height: 50, channels: 3, data: new Uint8Array(9000).fill(128) } as const;

it.each(golden.blurred)("blurs as SciPy does: sigma $sigma", ({ sigma, data }) => {
  expect([...blur(pixels, sigma).data]).toEqual(data);
});

it("adds noise of the deviation asked for, the same for the same stream", () => {
  const noisy = addNoise(grey, 5, createRng("noise"));
  const mean = noisy.data.reduce((a, b) => a + b) / noisy.data.length;
  const variance = noisy.data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noisy.data.length;
  expect(Math.abs(mean - 128)).toBeLessThan(0.3);
  expect(Math.abs(Math.sqrt(variance) - 5)).toBeLessThan(0.3);
  expect(addNoise(grey, 5, createRng("noise"))).toEqual(noisy);
  expect(addNoise(grey, 5, createRng("other"))).not.toEqual(noisy);
});

it("saves once more", async () => {
  const saved = await resave(pixels, { quality: 60 }, sharpCodec);
  expect(saved).toMatchObject({ width, height, channels: 3 });
  expect(saved).not.toEqual(pixels);
  expect(await resave(pixels, { quality: 60 }, sharpCodec)).toEqual(saved);
});

it("does nothing where nothing is asked", () => {
  expect(blur(pixels, 0)).toBe(pixels);
  expect(addNoise(pixels, 0, createRng(1))).toBe(pixels);
});
