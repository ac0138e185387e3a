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
 * - `gathered`: the taps gathered beside each other (im2col, channels last), then one matrix product over the batch
 * - `swapped`: a convolution of the input by the output's gradient, batch and channels exchanged
 */
export const weightGradientKernels = ["perImage", "gathered", "swapped"] as const;
export type WeightGradientKernel = (typeof weightGradientKernels)[number];

/**
 * - `flipped`: a convolution by the flipped, transposed weights (stride 1)
 * - `interleaved`: the same for 1x1 with a stride, zeros put between the results
 * - `transposed`: ConvTranspose, for everything else
 */
export const inputGradientKernels = ["flipped", "interleaved", "transposed"] as const;
export type InputGradientKernel = (typeof inputGradientKernels)[number];

/** Measured on 2 cores with AVX-512, batch 16 (docs/ENGINE notes of the spike: crossover near 64-256 positions). */
export function chooseWeightGradient(shape: ConvolutionShape): WeightGradientKernel {
  const { inputChannels, outputChannels, kernel } = shape;
  const positions = shape.outputHeight * shape.outputWidth;
  if (inputChannels <= 16 && kernel > 1) return "swapped";
  // 1x1: `perImage` writes batch x out x in partial sums, `gathered` transposes batch x positions x (in + out).
  if (kernel === 1)
    return outputChannels * inputChannels > positions * (inputChannels + outputChannels) ? "gathered" : "perImage";
  return positions <= 256 ? "gathered" : "perImage";
}

export function chooseInputGradient({ kernel, stride, padding, height, width }: ConvolutionShape): InputGradientKernel {
  if (stride === 1 && padding < kernel) return "flipped";
  if (kernel === 1 && padding === 0 && height % stride === 0 && width % stride === 0) return "interleaved";
  return "transposed";
}
