import { z } from "zod";
import type { Representation } from "./representation.ts";

/** Zero-sum kernels of the steganalysis rich model, 5 x 5, row by row. */
const kernels = {
  /** Ker and Boehme's square of second derivatives, 3 x 3, over 4. */
  square3: [0, 0, 0, 0, 0, 0, -1, 2, -1, 0, 0, 2, -4, 2, 0, 0, -1, 2, -1, 0, 0, 0, 0, 0, 0].map((w) => w / 4),
  /** The KV kernel, 5 x 5, over 12. */
  kv: [-1, 2, -2, 2, -1, 2, -6, 8, -6, 2, -2, 8, -12, 8, -2, 2, -6, 8, -6, 2, -1, 2, -2, 2, -1].map((w) => w / 12),
  /** Second derivative along the row, over 2. */
  row: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, -2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0].map((w) => w / 2),
} as const;

const options = z.object({
  kernels: z
    .enum(["kv", "three"])
    .default("three")
    .describe("kv: one 5 x 5 kernel; three: a 3 x 3, the 5 x 5 and a row kernel"),
  clip: z.number().positive().default(3).describe("levels of 0..255 at which the residual is cut off"),
});

const chosen = ({ kernels: names }: z.infer<typeof options>) =>
  names === "kv" ? [kernels.kv] : [kernels.square3, kernels.kv, kernels.row];

export const residual = {
  summary: "High-pass residual: the noise that is left when the scene is predicted away",
  cite: "Fridrich and Kodovsky, Rich Models for Steganalysis of Digital Images, 2012; the three kernels: Zhou et al., 2018",
  options,
  channels: (given) => chosen(given).length,
  range: () => [-1, 1],

  /** clamp(kernel * luma, -clip..clip) / clip, edges repeated   // [kernels, height, width], -1..1 */
  async compute({ pixels: { width, height, data } }, given) {
    const luma = paddedLuma(data, width, height);
    const area = width * height;
    const planes = new Float32Array(chosen(given).length * area);
    for (const [k, kernel] of chosen(given).entries())
      convolve(luma, kernel, given.clip, width, planes.subarray(k * area, (k + 1) * area));
    return { channels: planes.length / area, height, width, data: planes };
  },
} satisfies Representation<typeof options>;

const margin = 2;

/** Y = .299 R + .587 G + .114 B with two repeated pixels around   // [height + 4, width + 4] */
function paddedLuma(data: Uint8Array, width: number, height: number): Float32Array {
  const stride = width + 2 * margin;
  const luma = new Float32Array(stride * (height + 2 * margin));
  for (let y = -margin, to = 0; y < height + margin; y++) {
    const row = Math.min(height - 1, Math.max(0, y)) * width;
    for (let x = -margin; x < width + margin; x++, to++) {
      const from = 3 * (row + Math.min(width - 1, Math.max(0, x)));
      luma[to] = 0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!;
    }
  }
  return luma;
}

function convolve(luma: Float32Array, kernel: readonly number[], clip: number, width: number, out: Float32Array): void {
  const stride = width + 2 * margin;
  const taps = kernel
    .map((weight, i) => ({ weight, at: Math.floor(i / 5) * stride + (i % 5) }))
    .filter(({ weight }) => weight !== 0);
  const weights = Float64Array.from(taps, ({ weight }) => weight);
  const offsets = Int32Array.from(taps, ({ at }) => at);
  for (let to = 0, from = 0; to < out.length; from += 2 * margin) {
    for (let x = 0; x < width; x++, to++, from++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += luma[from + offsets[i]!]! * weights[i]!;
      out[to] = Math.min(clip, Math.max(-clip, sum)) / clip;
    }
  }
}
