import { fixedShape, type Value } from "../../graph.ts";
import { toPlain } from "../../layout.ts";
import { operator } from "../operator.ts";
import { pooledLength } from "../window.ts";
import { blockedConv, takesBlockedKernel } from "./blockedConv.ts";
import { inputGradient } from "./inputGradient.ts";
import {
  type ConvolutionShape,
  chooseInputGradient,
  chooseWeightGradient,
  type InputGradientKernel,
  type WeightGradientKernel,
} from "./kernels.ts";
import { weightGradient } from "./weightGradient.ts";

interface Options {
  readonly stride: number;
  /** Zeros on each of the four sides, in pixels. */
  readonly padding: number;
  /** Instead of the kernels that the shape would choose: for tests and measurements. */
  readonly weightGradient?: WeightGradientKernel;
  readonly inputGradient?: InputGradientKernel;
}

/**
 * y[o, i, j] = sum over c, u, v of x[c, i stride + u - padding, j stride + v - padding] W[o, c, u, v]
 * // [batch, in, h, w] [out, in, k, k] -> [batch, out, h', w']
 */
export const conv = operator<[x: Value, weight: Value], Options>({
  name: "conv",
  takesBlocked: () => true,
  forward: (g, [x, weight], { stride, padding }) => {
    const kernel = weight.shape[2] as number;
    const window = { kernel, stride, padding };
    const [height, width] = [x.shape[2] as number, x.shape[3] as number];
    const shape = [x.shape[0]!, weight.shape[0]!, pooledLength(height, window), pooledLength(width, window)];
    const attributes = {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
    };
    return takesBlockedKernel(g, x, weight)
      ? blockedConv(g, x, weight, attributes, shape)
      : g.node("Conv", [toPlain(g, x), weight], { shape, attributes });
  },
  gradient: (g, { inputs: [x, weight], output, attributes, needed }, dy) => {
    const shape = convolutionShape(x, weight, output, attributes);
    return [
      needed[0]
        ? inputGradient(g, dy, weight, shape, attributes.inputGradient ?? chooseInputGradient(shape, dy.layout))
        : undefined,
      needed[1]
        ? weightGradient(g, dy, x, shape, attributes.weightGradient ?? chooseWeightGradient(shape, dy.layout))
        : undefined,
    ];
  },
});

function convolutionShape(x: Value, weight: Value, y: Value, { stride, padding }: Options): ConvolutionShape {
  const why = "The gradient of a convolution";
  const [batch, inputChannels, height, width] = fixedShape(x, why) as [number, number, number, number];
  const [, outputChannels, outputHeight, outputWidth] = fixedShape(y, why) as [number, number, number, number];
  const kernel = weight.shape[2] as number;
  const sizes = { height, width, outputHeight, outputWidth };
  return { batch, inputChannels, outputChannels, kernel, stride, padding, ...sizes };
}
