import { z } from "zod";
import { resave } from "../image/perturb.ts";
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
    const { width, height } = pixels;
    const data = new Float32Array(3 * height * width);
    const table = scale === "fixed" ? levels(gain) : Float32Array.from({ length: 256 }, (_, d) => d);
    // The codec has threads of its own: while it saves one band, another is compared here.
    await Promise.all(
      bandsOf(height).map(async (band) => {
        const rows = pixels.data.subarray(3 * width * band.from, 3 * width * band.to);
        const saved = await resave({ width, height: band.to - band.from, channels: 3, data: rows }, { quality }, codec);
        const own = 3 * width * (band.top - band.from);
        compare(rows.subarray(own), saved.data.subarray(own), table, data, width * band.top, width * band.bottom);
      }),
    );
    if (scale === "max") stretch(data);
    return { channels: 3, height, width, data };
  },
} satisfies Representation<typeof options>;

const bandRows = 512;
/** JPEG codes 16 x 16 pixels at a time and looks at most one row beyond: with this margin a band comes out as in the whole. */
const margin = 16;

/** Rows top..bottom are asked for, rows from..to are saved. */
function bandsOf(height: number): { top: number; bottom: number; from: number; to: number }[] {
  return Array.from({ length: Math.ceil(height / bandRows) }, (_, i) => {
    const top = i * bandRows;
    const bottom = Math.min(height, top + bandRows);
    return { top, bottom, from: Math.max(0, top - margin), to: Math.min(height, bottom + margin) };
  });
}

/** planes = table[|a - b|] for the pixels first..end of the picture; a and b are interleaved and begin at `first`. */
function compare(
  a: Uint8Array,
  b: Uint8Array,
  table: Float32Array,
  planes: Float32Array,
  first: number,
  end: number,
): void {
  const area = planes.length / 3;
  let from = 0;
  for (let red = first, green = first + area, blue = green + area; red < end; red++, green++, blue++, from += 3) {
    planes[red] = table[Math.abs(a[from]! - b[from]!)]!;
    planes[green] = table[Math.abs(a[from + 1]! - b[from + 1]!)]!;
    planes[blue] = table[Math.abs(a[from + 2]! - b[from + 2]!)]!;
  }
}

/** Differences, 0..255, to levels by the factor 255 / largest, in place. */
function stretch(planes: Float32Array): void {
  let largest = 1;
  for (const difference of planes) if (difference > largest) largest = difference;
  const table = levels(255 / largest);
  for (let i = 0; i < planes.length; i++) planes[i] = table[planes[i]!]!;
}

/**
 * The plane's value for each difference, 0..255. Whole levels, cut down in single precision: so does the classic code
 * (Pillow's ImageEnhance.Brightness), and a network that learned from it sees the same numbers.
 */
function levels(factor: number): Float32Array {
  const single = Math.fround(factor);
  return Float32Array.from({ length: 256 }, (_, d) => Math.min(255, Math.trunc(Math.fround(single * d))) / 255);
}
