import { z } from "zod";
import type { Dimension } from "../../onnx/graph.ts";
import { abs, add, conv, globalAveragePool, mul, reshape, sigmoid, sqrt, sub } from "../../onnx/operators/index.ts";
import type { Architecture } from "./architecture.ts";
import { classify, headOptions } from "./head.ts";

const options = z.object({
  frequencies: z.int().min(1).max(64).default(36).describe("of the 64, by row + column, those that are counted"),
  sharpness: z
    .number()
    .positive()
    .max(100)
    .default(2)
    .describe("slope of a bin's edges, per grey level: the higher, the closer to counting"),
  momentum: z.number().min(0).max(0.9999).default(0.9).describe("share of the running statistics that a step keeps"),
  ...headOptions(64),
});

/** Between the bins of |coefficient|, in grey levels: a bin for each whole number up to 10, wider ones above. */
const edges = [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 12.5, 15.5, 20.5, 30.5];
const beyond = 1e5; // no coefficient is as large
const lower = [-beyond, ...edges];
const upper = [...edges, beyond];

/**
 * How often each size of each DCT coefficient occurs, and a small classifier of these shares. Quantisation leaves
 * combs in the histograms, two saves a pattern of both steps: what is read is a picture's JPEG history.
 *   c = 8x8 DCT-II, orthonormal, of luma in grey levels about 128, on the grid of the input's first pixel
 *   share(f, bin) = mean over blocks of sigmoid(sharpness (|c_f| - lower)) - sigmoid(sharpness (|c_f| - upper))
 *   logit = classifier(√share)
 * The input is a picture's planes in 0..1 at its own pixels ("fit": "crop", "normalise": "none"): a resize or another
 * offset of the grid wipes the histograms out. The DCT and the bins are not trained.
 */
export const dctHistogram = {
  summary: "Histograms of 8x8 DCT coefficients, the trace of earlier JPEG saves, and a small head (38,000 parameters)",
  cite: "Features after Fan and de Queiroz, Identification of Bitmap Compression History, 2003; Lukáš and Fridrich, Estimation of Primary Quantization Matrix in Double Compressed JPEG Images, 2003",
  options,
  stages: {},

  build(net, input, { frequencies, sharpness, momentum, ...headChoices }) {
    const g = net.graph;
    const channels = input.shape[1] as number;
    const kernels = g.constant(dctKernels(frequencies, channels), [frequencies, channels, 8, 8]);
    const levels = sub(g, input, g.constant(128 / 255));
    const c = abs(g, conv(g, levels, kernels, { stride: 8, padding: 0 })); // [b, f, h/8, w/8]
    const [batch, , height, width] = c.shape as [Dimension, number, number, number];
    const size = reshape(g, c, { shape: [batch, frequencies, 1, height * width] });
    const above = (limits: readonly number[]) => {
      const limit = g.constant(
        limits.map((x) => -sharpness * x),
        [limits.length, 1],
      );
      return sigmoid(g, add(g, mul(g, size, g.constant(sharpness)), limit)); // [b, f, bins, positions]
    };
    const bins = sub(g, above(lower), above(upper));
    const features = reshape(g, bins, { shape: [batch, frequencies * lower.length, height, width] });
    // Empty bins: a share of .0001 is a tenth of a block, and the square root's slope stays finite.
    const shares = sqrt(g, add(g, globalAveragePool(g, features), g.constant(1e-4))); // [b, f bins]
    return { features, logit: classify(net, shares, { momentum, ...headChoices }) };
  },
} satisfies Architecture<typeof options>;

/** BT.601, as JPEG; other numbers of planes count alike. */
const luma = [0.299, 0.587, 0.114];

/** 255 luma_c a(u) a(v) cos((2 y + 1) u π / 16) cos((2 x + 1) v π / 16), flat   // [f, channels, 8, 8] */
function dctKernels(frequencies: number, channels: number): number[] {
  const wave = (u: number, x: number) => Math.sqrt((u ? 2 : 1) / 8) * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
  const ordered = Array.from({ length: 64 }, (_, i) => [i >> 3, i & 7] as const).sort(
    ([u, v], [s, t]) => u + v - (s + t) || u - s,
  );
  const weights = channels === 3 ? luma : new Array<number>(channels).fill(1 / channels);
  return ordered
    .slice(0, frequencies)
    .flatMap(([u, v]) =>
      weights.flatMap((weight) =>
        Array.from({ length: 64 }, (_, i) => 255 * weight * wave(u, i >> 3) * wave(v, i & 7)),
      ),
    );
}
