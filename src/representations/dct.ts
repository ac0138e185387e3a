import { z } from "zod";
import { UserError } from "../core/errors.ts";
import type { DecodedImage } from "../image/codec.ts";
import { readCoefficients } from "../image/jpeg/coefficients.ts";
import { type Blocks, lumaDct } from "./lumaDct.ts";
import type { Representation } from "./representation.ts";

const options = z.object({
  source: z
    .enum(["file", "pixels"])
    .default("file")
    .describe("file: a JPEG's own coefficients, of all others from pixels; pixels: from pixels always"),
  clip: z.int().min(1).max(1024).default(20).describe("coefficients are cut off at plus and minus this"),
});

export const dct = {
  summary: "DCT coefficients of luma, each in its place of the 8 x 8 block, and the quantisation step of a JPEG there",
  cite: "Kwon, Nam, Yu, Lee and Kim, Learning JPEG Compression Artifacts for Image Manipulation Detection and Localization (CAT-Net), 2022",
  options,
  channels: () => 2,
  range: () => [-1, 1],

  /**
   * At pixel (i, j), with c the coefficient of its block at the frequency (i & 7, j & 7), and q its quantisation step:
   * clamp(c, -clip..clip) / clip and min(1, (1 + log2 q) / 9); q as the file has it, else the second is 0.
   * // [2, height, width], -1..1
   */
  async compute(image, { source, clip }) {
    const { width, height } = image.pixels;
    const fromFile = source === "file" ? fileBlocks(image) : undefined;
    const blocks = fromFile ?? lumaDct(image.pixels);
    const steps = Float32Array.from({ length: 64 }, (_, k) => stepValue(fromFile?.table[k]));
    const area = width * height;
    const data = new Float32Array(2 * area);
    const coefficients = data.subarray(0, area);
    for (let y = 0, to = 0; y < height; y++) {
      const row = 64 * blocks.blocksWide * (y >> 3) + 8 * (y & 7);
      for (let x = 0; x < width; x++, to++) {
        const value = blocks.coefficients[row + 64 * (x >> 3) + (x & 7)]!;
        coefficients[to] = (value > clip ? clip : value < -clip ? -clip : value) / clip;
        if (fromFile !== undefined) data[area + to] = steps[8 * (y & 7) + (x & 7)]!;
      }
    }
    return { channels: 2, height, width, data };
  },
} satisfies Representation<typeof options>;

/** 1/9 for a step of 1, 1 from 256 on; 0 for none. */
const stepValue = (step: number | undefined) =>
  step === undefined || step === 0 ? 0 : Math.min(1, (1 + Math.log2(step)) / 9);

/**
 * The luma of the file that the pixels came from, where that is a JPEG; a picture whose pixels were changed has no
 * JPEG header any more. undefined for damaged files, other colours than grey and YCbCr, and luma of lower resolution.
 */
function fileBlocks({ bytes, jpeg, pixels: { width, height } }: DecodedImage) {
  if (jpeg === undefined || jpeg.width !== width || jpeg.height !== height) return undefined;
  try {
    const { colours, components } = readCoefficients(bytes, { maxPixels: width * height });
    const [luma] = components;
    const isWhole = luma?.blocksWide === Math.ceil(width / 8) && luma.blocksHigh === Math.ceil(height / 8);
    return isWhole && (colours === "grey" || colours === "YCbCr") ? (luma satisfies Blocks) : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
