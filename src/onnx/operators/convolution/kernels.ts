import type { Layout } from "../../layout.ts";

/** The shape of a convolution: everything that decides which kernel computes its gradients fastest. */
export interface ConvolutionShape {
  readonly batch: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** Side of the square kernel. */
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly height: number;
  readonly width: number;
  readonly outputHeight: number;
  readonly outputWidth: number;
}

/**
 * - `perImage`: for every tap of the kernel one matrix product per image, summed over the batch
 * - `stacked`: the taps of the whole batch above each other (im2col, channels first), then one matrix product
 * - `gathered`: the same with channels last, where the rows of a tap are picked up whole
 * - `swapped`: a convolution of the input by the output's gradient, batch and channels exchanged
 */
export const weightGradientKernels = ["perImage", "stacked", "gathered", "swapped"] as const;
export type WeightGradientKernel = (typeof weightGradientKernels)[number];

/**
 * - `flipped`: a convolution by the flipped, transposed weights (stride 1)
 * - `interleaved`: the same for 1x1 with a stride, zeros put between the results
 * - `phased`: one small convolution for each place within a stride
 * - `transposed`: ConvTranspose, for everything else
 */
export const inputGradientKernels = ["flipped", "interleaved", "phased", "transposed"] as const;
export type InputGradientKernel = (typeof inputGradientKernels)[number];

/**
 * From this many positions of the output a matrix product per image is large enough by itself. Measured at batch 16
 * on one core with AVX-512, in ms for perImage and stacked: 1x1 512 to 128 channels on 16x16 maps 6.3 and 9.2, 1024 to
 * 256 on 14x14 27 and 27, on 8x8 10.6 and 6.4; 3x3 128 to 128 on 16x16 17.5 and 25, 256 to 256 on 8x8 20.6 and 20.5,
 * 512 to 512 on 4x4 83 and 25.
 */
const perImagePositions = 144;

const gatheredPositions = 400;

/**
 * Up to this many input channels (a picture's) a product per tap or image is too thin: 7x7/2 3 to 64 on 128x128 139 per
 * image, 53 stacked, 43 swapped; 3x3 3 to 16 with stride 1 40, 21 and 33, with stride 2 15, 13 and 6.
 */
const fewChannels = 4;

export function chooseWeightGradient(shape: ConvolutionShape, layout: Layout): WeightGradientKernel {
  if (shape.inputChannels <= fewChannels && shape.kernel > 1) return shape.stride > 1 ? "swapped" : "stacked";
  const positions = shape.outputHeight * shape.outputWidth;
  if (layout === "blocked" && shape.kernel > 1 && positions < gatheredPositions) return "gathered";
  return positions >= perImagePositions ? "perImage" : "stacked";
}

export function chooseInputGradient(shape: ConvolutionShape): InputGradientKernel {
  const { kernel, stride, padding } = shape;
  if (stride === 1 && padding < kernel) return "flipped";
  if (kernel === 1 && padding === 0) return "interleaved";
  return hasPhases(shape) ? "phased" : "transposed";
}

/** Whether every place within a stride was seen through some tap, and needs no negative padding. */
function hasPhases({ kernel, stride, padding }: ConvolutionShape): boolean {
  return kernel >= stride && padding <= kernel - stride;
}
