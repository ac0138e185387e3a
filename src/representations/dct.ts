import { z } from "zod";
import { UserError } from "../core/errors.ts";
import type { DecodedImage } from "../image/codec.ts";
import { readCoefficients } from "../image/jpeg/coefficients.ts";
import type { Planes } from "../image/planes.ts";
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
  summary: "DCT coefficients of luma, each in its place of the 8 x 8 block, with a JPEG's steps, or how whole they are",
  cite: "Kwon, Nam, Yu, Lee and Kim, Learning JPEG Compression Artifacts for Image Manipulation Detection and Localization (CAT-Net), 2022",
  options,
  channels: () => 3,
  range: () => [-1, 1],

  /**
   * At pixel (i, j), with c the coefficient of its block at the frequency (i & 7, j & 7), q its quantisation step and x
   * what was rounded to c:
   *   clamp(c, -clip..clip) / clip; min(1, (1 + log2 q) / 9), 0 where the file has no q; 2 |x - c|, 0 where c is the file's.
   * // [3, height, width], -1..1
   */
  async compute(image, { source, clip }) {
    const { width, height } = image.pixels;
    const stored = source === "file" ? fileBlocks(image) : undefined;
    const planes: Planes = { channels: 3, height, width, data: new Float32Array(3 * height * width) };
    if (stored !== undefined) {
      const steps = Float32Array.from(stored.table, stepValue);
      spread(stored, clip, planes, 1, (_, k) => steps[k]!);
    } else {
      const blocks = lumaDct(image.pixels);
      spread(blocks, clip, planes, 2, (at) => 2 * blocks.distances[at]!);
    }
    return planes;
  },
} satisfies Representation<typeof options>;

/** Every coefficient to its pixel, and beside it, in that channel, what `other` says of it: by its place, and within its block. */
function spread(
  { blocksWide, coefficients }: Blocks,
  clip: number,
  { width, height, data }: Planes,
  channel: number,
  other: (at: number, k: number) => number,
): void {
  for (let y = 0, to = 0, beside = channel * width * height; y < height; y++) {
    const row = 64 * blocksWide * (y >> 3);
    for (let x = 0; x < width; x++, to++, beside++) {
      const k = 8 * (y & 7) + (x & 7);
      const at = row + 64 * (x >> 3) + k;
      const value = coefficients[at]!;
      data[to] = (value > clip ? clip : value < -clip ? -clip : value) / clip;
      data[beside] = other(at, k);
    }
  }
}

/** 1/9 for a step of 1, 1 from 256 on; 0 for none. */
const stepValue = (step: number) => (step === 0 ? 0 : Math.min(1, (1 + Math.log2(step)) / 9));

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
