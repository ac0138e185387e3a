import { z } from "zod";
import type { Representation } from "./representation.ts";

const options = z.object({
  radius: z
    .int()
    .min(2)
    .max(32)
    .default(8)
    .describe("of the square window whose extremes are ink and ground, in pixels"),
  floor: z
    .number()
    .min(1)
    .max(255)
    .default(24)
    .describe("levels of 0..255 between the extremes below which nothing is written there"),
});

/**
 * share = 2 (Y - low) / (high - low) - 1, low and high the extremes of luma in the window; 0 where high - low < floor
 * contrast = (high - low) / 255
 *
 * How much of each pixel a letter covers, whatever its colour and its ground: what hinting, gamma and subpixel
 * position of a rasteriser decide. Two programs that write the same word differ here first.
 */
export const ink = {
  summary: "How much of a pixel is ink: luma between the extremes of its surroundings, and how far these are apart",
  cite: "Ours; local contrast normalisation: Jarrett et al., What is the best multi-stage architecture, 2009",
  options,
  channels: () => 2,
  range: () => [-1, 1],

  /** [share -1..1, contrast 0..1; height, width]; windows end at the picture's edges */
  async compute({ pixels: { width, height, data } }, { radius, floor }, _codec?: unknown, into?: Float32Array) {
    const area = width * height;
    const scratch = scratchFor(width, height, radius);
    const { luma, high, low } = scratch;
    for (let i = 0, from = 0; i < area; i++, from += 3)
      luma[i] = 0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!;
    highest(scratch, high, width, height, radius);
    for (let i = 0; i < area; i++) luma[i] = -luma[i]!;
    highest(scratch, low, width, height, radius);
    // From here on luma and low are negative.
    const planes = into?.fill(0) ?? new Float32Array(2 * area);
    for (let i = 0; i < area; i++) {
      const contrast = high[i]! + low[i]!;
      planes[area + i] = contrast / 255;
      if (contrast >= floor) planes[i] = (2 * (low[i]! - luma[i]!)) / contrast - 1;
    }
    return { channels: 2, height, width, data: planes };
  },
} satisfies Representation<typeof options>;

/** What one picture's planes are computed in. */
interface Scratch {
  /** Width, height and radius that it fits. */
  readonly fits: string;
  readonly luma: Float32Array;
  readonly high: Float32Array;
  readonly low: Float32Array;
  /** A row, with the radius on both sides. */
  readonly upTo: Float32Array;
  readonly from: Float32Array;
  /** All rows, with the radius above and below. */
  readonly above: Float32Array;
  readonly below: Float32Array;
}

/** Kept from one picture to the next of its size: tiles come by the hundred, and nothing waits between first and last use. */
let kept: Scratch | undefined;
/** Of pictures larger than tiles nothing is kept. */
const largestKept = 512 * 512;

function scratchFor(width: number, height: number, radius: number): Scratch {
  const fits = `${width} ${height} ${radius}`;
  if (kept?.fits === fits) return kept;
  const [area, row, tall] = [width * height, width + 2 * radius, (height + 2 * radius) * width];
  const floats = (length: number) => new Float32Array(length);
  const scratch: Scratch = {
    fits,
    luma: floats(area),
    high: floats(area),
    low: floats(area),
    upTo: floats(row),
    from: floats(row),
    above: floats(tall),
    below: floats(tall),
  };
  if (area <= largestKept) kept = scratch;
  return scratch;
}

/**
 * The maximum of luma over the window about each pixel, in a few comparisons whatever the radius (van Herk, 1992):
 * lines are cut into blocks as long as the window, and every window is the end of one block and the start of the next.
 * Rows first, then columns, a whole row of them at a time: so memory is walked through in its order.
 */
function highest(
  { luma, upTo, from, above, below }: Scratch,
  out: Float32Array,
  width: number,
  height: number,
  radius: number,
): void {
  const block = 2 * radius + 1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    upTo.fill(Number.NEGATIVE_INFINITY);
    upTo.set(luma.subarray(row, row + width), radius);
    from.set(upTo);
    for (let start = 0; start < upTo.length; start += block) {
      const end = Math.min(upTo.length, start + block);
      for (let i = start + 1; i < end; i++) if (upTo[i - 1]! > upTo[i]!) upTo[i] = upTo[i - 1]!;
      for (let i = end - 2; i >= start; i--) if (from[i + 1]! > from[i]!) from[i] = from[i + 1]!;
    }
    for (let x = 0; x < width; x++) {
      const a = from[x]!;
      const b = upTo[x + 2 * radius]!;
      out[row + x] = a > b ? a : b;
    }
  }
  const rows = height + 2 * radius;
  above.fill(Number.NEGATIVE_INFINITY);
  above.set(out, radius * width);
  below.set(above);
  for (let y = 1; y < rows; y++) if (y % block !== 0) raise(above, y * width, (y - 1) * width, width);
  for (let y = rows - 2; y >= 0; y--) if (y % block !== block - 1) raise(below, y * width, (y + 1) * width, width);
  const last = 2 * radius * width;
  for (let i = 0; i < out.length; i++) {
    const a = below[i]!;
    const b = above[i + last]!;
    out[i] = a > b ? a : b;
  }
}

/** Each of `count` values from `to` on becomes the higher of itself and its counterpart. */
function raise(values: Float32Array, to: number, counterpart: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const other = values[counterpart + i]!;
    if (other > values[to + i]!) values[to + i] = other;
  }
}
