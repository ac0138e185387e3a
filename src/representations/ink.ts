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
  async compute({ pixels: { width, height, data } }, { radius, floor }) {
    const area = width * height;
    const luma = new Float32Array(area);
    for (let i = 0, from = 0; i < area; i++, from += 3)
      luma[i] = 0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!;
    const high = highest(luma, width, height, radius);
    for (let i = 0; i < area; i++) luma[i] = -luma[i]!;
    const low = highest(luma, width, height, radius);
    // From here on luma and low are negative.
    const planes = new Float32Array(2 * area);
    for (let i = 0; i < area; i++) {
      const contrast = high[i]! + low[i]!;
      planes[area + i] = contrast / 255;
      if (contrast >= floor) planes[i] = (2 * (low[i]! - luma[i]!)) / contrast - 1;
    }
    return { channels: 2, height, width, data: planes };
  },
} satisfies Representation<typeof options>;

/**
 * The maximum over the window about each pixel, in a few comparisons whatever the radius (van Herk, 1992): lines are
 * cut into blocks as long as the window, and every window is the end of one block and the start of the next. Rows
 * first, then columns, a whole row of them at a time: so memory is walked through in its order.
 */
function highest(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const block = 2 * radius + 1;
  const across = new Float32Array(values.length);
  const [upTo, from] = [new Float32Array(width + 2 * radius), new Float32Array(width + 2 * radius)];
  for (let y = 0; y < height; y++) {
    const row = y * width;
    upTo.fill(Number.NEGATIVE_INFINITY);
    upTo.set(values.subarray(row, row + width), radius);
    from.set(upTo);
    for (let start = 0; start < upTo.length; start += block) {
      const end = Math.min(upTo.length, start + block);
      for (let i = start + 1; i < end; i++) if (upTo[i - 1]! > upTo[i]!) upTo[i] = upTo[i - 1]!;
      for (let i = end - 2; i >= start; i--) if (from[i + 1]! > from[i]!) from[i] = from[i + 1]!;
    }
    for (let x = 0; x < width; x++) {
      const a = from[x]!;
      const b = upTo[x + 2 * radius]!;
      across[row + x] = a > b ? a : b;
    }
  }
  const rows = height + 2 * radius;
  const above = new Float32Array(rows * width).fill(Number.NEGATIVE_INFINITY);
  above.set(across, radius * width);
  const below = above.slice();
  for (let y = 1; y < rows; y++) if (y % block !== 0) raise(above, y * width, (y - 1) * width, width);
  for (let y = rows - 2; y >= 0; y--) if (y % block !== block - 1) raise(below, y * width, (y + 1) * width, width);
  const last = 2 * radius * width;
  for (let i = 0; i < across.length; i++) {
    const a = below[i]!;
    const b = above[i + last]!;
    across[i] = a > b ? a : b;
  }
  return across;
}

/** Each of `count` values from `to` on becomes the higher of itself and its counterpart. */
function raise(values: Float32Array, to: number, counterpart: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const other = values[counterpart + i]!;
    if (other > values[to + i]!) values[to + i] = other;
  }
}
