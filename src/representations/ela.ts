import { z } from "zod";
import type { Pixels } from "../image/codec.ts";
import type { Planes } from "../image/planes.ts";
import { elaApplicability } from "./elaApplicability.ts";
import type { Representation } from "./representation.ts";

const options = z.object({
  quality: z.int().min(1).max(100).default(90).describe("JPEG quality of the extra save"),
  scale: z
    .enum(["fixed", "max"])
    .default("fixed")
    .describe("fixed: times gain; max: the picture's own largest difference becomes 255, which hides its level"),
  gain: z.number().positive().default(15).describe("factor for scale fixed"),
});

export const ela = {
  summary: "Error level analysis: how much one more JPEG save changes each pixel",
  cite: "Krawetz, A Picture's Worth: Digital Image Analysis and Forensics, 2007",
  options,
  channels: () => 3,
  range: () => [0, 1],
  applicability: elaApplicability,

  /** |pixels - save(pixels)| * factor / 255, cut off at 1   // [3, height, width], 0..1 in 256 levels */
  async compute({ pixels }, { quality, scale, gain }, codec) {
    const saved = await codec.decodePixels(await codec.encodeJpeg(pixels, { quality }));
    const factor = scale === "fixed" ? gain : 255 / Math.max(1, largestDifference(pixels.data, saved.data));
    return difference(pixels, saved, levels(factor));
  },
} satisfies Representation<typeof options>;

/**
 * The plane's value for each difference, 0..255. Whole levels, cut down in single precision: so does the classic code
 * (Pillow's ImageEnhance.Brightness), and a network that learned from it sees the same numbers.
 */
function levels(factor: number): Float32Array {
  const single = Math.fround(factor);
  return Float32Array.from({ length: 256 }, (_, d) => Math.min(255, Math.trunc(Math.fround(single * d))) / 255);
}

function difference({ width, height, data: a }: Pixels, { data: b }: Pixels, table: Float32Array): Planes {
  const area = width * height;
  const data = new Float32Array(3 * area);
  // One pass a plane: three streams at once cost more than reading the pixels three times.
  for (let c = 0; c < 3; c++) {
    for (let from = c, to = c * area; from < a.length; from += 3, to++)
      data[to] = table[Math.abs(a[from]! - b[from]!)]!;
  }
  return { channels: 3, height, width, data };
}

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}
