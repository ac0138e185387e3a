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
    const low = highest(
      luma.map((level) => -level),
      width,
      height,
      radius,
    );
    const planes = new Float32Array(2 * area);
    for (let i = 0; i < area; i++) {
      const contrast = high[i]! + low[i]!;
      planes[area + i] = contrast / 255;
      if (contrast >= floor) planes[i] = (2 * (luma[i]! + low[i]!)) / contrast - 1;
    }
    return { channels: 2, height, width, data: planes };
  },
} satisfies Representation<typeof options>;

/** The maximum over the window about each pixel: along the rows, then along the columns. */
function highest(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const across = new Float32Array(values.length);
  const both = new Float32Array(values.length);
  for (let y = 0; y < height; y++) slide(values, across, { start: y * width, step: 1, count: width }, radius);
  for (let x = 0; x < width; x++) slide(across, both, { start: x, step: width, count: height }, radius);
  return both;
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/**
 * The running maximum of a line in three comparisons a value whatever the radius: from both ends of blocks of
 * 2 radius + 1 (van Herk, 1992).
 */
function slide(from: Float32Array, to: Float32Array, { start, step, count }: Line, radius: number): void {
  const block = 2 * radius + 1;
  const forward = new Float32Array(count);
  const backward = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const value = from[start + i * step]!;
    forward[i] = i % block === 0 ? value : Math.max(forward[i - 1]!, value);
  }
  for (let i = count - 1; i >= 0; i--) {
    const value = from[start + i * step]!;
    backward[i] = i === count - 1 || i % block === block - 1 ? value : Math.max(backward[i + 1]!, value);
  }
  for (let i = 0; i < count; i++) {
    // Cut at the ends, the window is a part of one block or of two neighbours.
    const first = Math.max(0, i - radius);
    const last = Math.min(count - 1, i + radius);
    const same = Math.floor(first / block) === Math.floor(last / block);
    to[start + i * step] = same ? within(first, last) : Math.max(backward[first]!, forward[last]!);
  }

  function within(first: number, last: number): number {
    if (first % block === 0) return forward[last]!;
    if (last % block === block - 1 || last === count - 1) return backward[first]!;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = first; i <= last; i++) most = Math.max(most, from[start + i * step]!);
    return most;
  }
}
