import { z } from "zod";
import type { Representation } from "./representation.ts";

const options = z.object({
  distance: z.int().min(1).max(4).default(2).describe("between the two pixels that are compared, in pixels"),
  clip: z.int().min(1).max(32).default(3).describe("levels of 0..255 at which a difference is cut off"),
  directions: z
    .enum(["both", "right", "down"])
    .default("both")
    .describe("right: with the pixel to the right; down: with the one below; both: first right, then down"),
});

export const flat = {
  summary: "Colour differences between neighbours, cut off at a few levels: what is flat, and how flat",
  cite: "Ours (a trial on slips); truncated differences: Fridrich and Kodovsky, Rich Models for Steganalysis of Digital Images, 2012",
  options,
  channels: ({ directions }) => (directions === "both" ? 6 : 3),
  range: () => [-1, 1],

  /** clamp(x[i, j + distance] - x[i, j], -clip..clip) / clip, then the same downwards; 0 where no such neighbour is   // [directions * (r, g, b), height, width], -1..1 */
  async compute({ pixels: { width, height, data } }, given, _codec?: unknown, into?: Float32Array) {
    const { distance, clip, directions } = given;
    const scaled = scaledDifferences(clip);
    const planes = into?.fill(0) ?? new Float32Array(this.channels(given) * height * width);
    const pairs = { width, height, data, scaled };
    if (directions !== "down")
      differences(pairs, { columns: width - distance, rows: height, step: 3 * distance }, planes);
    if (directions !== "right")
      differences(
        pairs,
        { columns: width, rows: height - distance, step: 3 * distance * width },
        directions === "both" ? planes.subarray(3 * height * width) : planes,
      );
    return { channels: this.channels(given), height, width, data: planes };
  },
} satisfies Representation<typeof options>;

/** By difference + 255: a table is faster than two comparisons and a division a value. */
const scaledDifferences = (clip: number) =>
  Float32Array.from({ length: 511 }, (_, i) => Math.min(clip, Math.max(-clip, i - 255)) / clip);

interface Pairs {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3] */
  readonly data: Uint8Array;
  readonly scaled: Float32Array;
}

/** Where a neighbour exists, and how many bytes away. */
interface Reach {
  readonly columns: number;
  readonly rows: number;
  readonly step: number;
}

/** out: [3, height, width] */
function differences({ width, height, data, scaled }: Pairs, { columns, rows, step }: Reach, out: Float32Array): void {
  const area = width * height;
  for (let y = 0; y < rows; y++) {
    const end = y * width + columns;
    for (let to = y * width, from = 3 * to; to < end; to++, from += 3) {
      out[to] = scaled[data[from + step]! - data[from]! + 255]!;
      out[to + area] = scaled[data[from + step + 1]! - data[from + 1]! + 255]!;
      out[to + 2 * area] = scaled[data[from + step + 2]! - data[from + 2]! + 255]!;
    }
  }
}
