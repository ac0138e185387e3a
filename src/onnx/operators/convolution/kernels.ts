import type { Layout } from "../../layout.ts";
import { measured } from "./measured.ts";

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
 * The weight-gradient kernels that a shape allows. A tap of 1x1 needs no gathering; `gathered` keeps the number of every
 * row that it picks up in the graph; `swapped` works channel by channel, which pays for a picture's few alone.
 */
export function fittingWeightGradients(shape: ConvolutionShape): readonly WeightGradientKernel[] {
  const { batch, inputChannels, kernel, outputHeight, outputWidth } = shape;
  const rows = batch * outputHeight * outputWidth * kernel * kernel;
  return weightGradientKernels.filter(
    (name) =>
      (name !== "gathered" || (kernel > 1 && rows <= mostRows)) &&
      (name !== "swapped" || (kernel > 1 && inputChannels <= fewChannels)),
  );
}

const fewChannels = 12;
const mostRows = 2 ** 21;

/** The input-gradient kernels that a shape allows. */
export function fittingInputGradients(shape: ConvolutionShape): readonly InputGradientKernel[] {
  const { kernel, stride, padding } = shape;
  if (stride === 1 && padding < kernel) return ["flipped"];
  if (kernel === 1 && padding === 0) return ["interleaved", "transposed"];
  return hasPhases(shape) ? ["phased", "transposed"] : ["transposed"];
}

/** Whether every place within a stride was seen through some tap, and needs no negative padding. */
function hasPhases({ kernel, stride, padding }: ConvolutionShape): boolean {
  return kernel >= stride && padding <= kernel - stride;
}

export function chooseWeightGradient(shape: ConvolutionShape, layout: Layout): WeightGradientKernel {
  return fastest(fittingWeightGradients(shape), nearest(shape, layout, "weightGradient"));
}

export function chooseInputGradient(shape: ConvolutionShape, layout: Layout): InputGradientKernel {
  const fitting = fittingInputGradients(shape);
  return fitting.length === 1 ? fitting[0]! : fastest(fitting, nearest(shape, layout, "inputGradient"));
}

function fastest<Name extends string>(names: readonly Name[], milliseconds: Readonly<Record<string, number>>): Name {
  const time = (name: Name) => milliseconds[name] ?? Number.POSITIVE_INFINITY;
  return names.reduce((best, name) => (time(name) < time(best) ? name : best));
}

/**
 * The times of the measured convolution that is most like this one: of the same layout, kernel class (1x1 or larger),
 * strided or not, few input channels or many; nearest in the logarithms of channels, positions and taps. A table and
 * not a trial at the start of a run: the choice, and with it every last bit of a result, is the same each time.
 */
function nearest(shape: ConvolutionShape, layout: Layout, gradient: "weightGradient" | "inputGradient") {
  const { inputChannels, outputChannels, kernel, stride, outputHeight, outputWidth } = shape;
  const here = [inputChannels, outputChannels, kernel * kernel, outputHeight * outputWidth].map(Math.log2);
  let [least, times]: [number, Readonly<Record<string, number>>] = [Number.POSITIVE_INFINITY, {}];
  for (const row of measured) {
    const [inputs, outputs, side, step, height] = row.shape;
    const unlike =
      (row.layout === layout ? 0 : 1e6) +
      (inputs <= fewChannels === inputChannels <= fewChannels ? 0 : 1e5) +
      ((side === 1) === (kernel === 1) ? 0 : 1e4) +
      (Object.keys(row[gradient]).length > 0 ? 0 : 1e3) +
      (step > 1 === stride > 1 ? 0 : 100);
    const there = [inputs, outputs, side * side, Math.ceil(height / step) ** 2].map(Math.log2);
    const distance = unlike + Math.hypot(...here.map((coordinate, i) => coordinate - there[i]!));
    if (distance < least) [least, times] = [distance, row[gradient]];
  }
  return times;
}
