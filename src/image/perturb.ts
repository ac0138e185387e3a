import type { Rng } from "../core/rng.ts";
import type { Codec, JpegSave, Pixels } from "./codec.ts";
import { type Kernel, resizePlanes, type Size } from "./resample.ts";

/** One more JPEG save: what every channel does to a picture. */
export async function resave(pixels: Pixels, save: JpegSave, codec: Codec): Promise<Pixels> {
  return codec.decodePixels(await codec.encodeJpeg(pixels, save));
}

/** Resampled in float planes and rounded once; within one level of Pillow, which also rounds between the two directions. */
export function resizePixels(pixels: Pixels, to: Size & { kernel: Kernel }): Pixels {
  const { width, height, data } = pixels;
  if (to.width === width && to.height === height) return pixels;
  const resized = new Uint8Array(to.width * to.height * 3);
  const plane = new Float32Array(width * height);
  for (let c = 0; c < 3; c++) {
    for (let i = 0, from = c; i < plane.length; i++, from += 3) plane[i] = data[from]!;
    const small = resizePlanes({ channels: 1, height, width, data: plane }, to).data;
    for (let i = 0, at = c; i < small.length; i++, at += 3) resized[at] = level(small[i]!);
  }
  return { width: to.width, height: to.height, channels: 3, data: resized };
}

/** Gaussian blur, sigma in pixels; cut at 4 sigma, edges repeated. */
export function blur(pixels: Pixels, sigma: number): Pixels {
  if (sigma <= 0) return pixels;
  const { width, height, data } = pixels;
  const weights = gaussian(sigma);
  const across = convolve(data, weights, { count: width, step: 3, lines: height, lineStep: width * 3 });
  const both = convolve(across, weights, { count: height, step: width * 3, lines: width, lineStep: 3 });
  return { width, height, channels: 3, data: Uint8Array.from(both, level) };
}

/** Normal noise of its own on every value; deviation in levels of 0..255. */
export function addNoise(pixels: Pixels, deviation: number, rng: Rng): Pixels {
  if (deviation <= 0) return pixels;
  return { ...pixels, data: Uint8Array.from(pixels.data, (value) => level(value + deviation * rng.normal())) };
}

/** Channels in another order; inverted, light and dark change places. */
export function recolour(pixels: Pixels, order: readonly number[], inverted: boolean): Pixels {
  const data = new Uint8Array(pixels.data.length);
  const flip = inverted ? 255 : 0;
  for (let i = 0; i < data.length; i += 3) for (let c = 0; c < 3; c++) data[i + c] = pixels.data[i + order[c]!]! ^ flip;
  return { ...pixels, data };
}

/** Rounded and kept in 0..255. */
function level(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.floor(value + 0.5);
}

/** w[i] = exp(-i^2 / 2 sigma^2), i = -radius..radius, sum 1 */
function gaussian(sigma: number): Float64Array {
  const radius = Math.floor(4 * sigma + 0.5);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

interface Lines {
  readonly count: number;
  readonly step: number;
  readonly lines: number;
  readonly lineStep: number;
}

/** Along one direction of interleaved RGB data, edges repeated. */
function convolve(
  data: ArrayLike<number>,
  weights: Float64Array,
  { count, step, lines, lineStep }: Lines,
): Float32Array {
  const radius = (weights.length - 1) / 2;
  const out = new Float32Array(data.length);
  const padded = new Float64Array(count + 2 * radius);
  for (let line = 0; line < lines; line++) {
    for (let c = 0; c < 3; c++) {
      const start = line * lineStep + c;
      for (let i = 0; i < padded.length; i++) {
        const inside = Math.min(count - 1, Math.max(0, i - radius));
        padded[i] = data[start + inside * step]!;
      }
      for (let i = 0; i < count; i++) {
        let sum = 0;
        for (let j = 0; j < weights.length; j++) sum += padded[i + j]! * weights[j]!;
        out[start + i * step] = sum;
      }
    }
  }
  return out;
}
