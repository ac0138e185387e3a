import type { Graph, Value } from "../../graph.ts";
import { interleaveZeros } from "../subsample.ts";
import { transpose } from "../transpose.ts";
import { convAttributes } from "./conv.ts";
import type { ConvolutionShape, InputGradientKernel } from "./kernels.ts";

/** dx[n, c, i, j] = sum over o and the windows that saw (i, j) of dy times the weight through which they saw it. */
export function inputGradient(
  g: Graph,
  dy: Value,
  weight: Value,
  shape: ConvolutionShape,
  kernel: InputGradientKernel,
) {
  return { flipped, interleaved, transposed }[kernel](g, dy, weight, shape);
}

function flipped(g: Graph, dy: Value, weight: Value, shape: ConvolutionShape): Value {
  const { batch, inputChannels, kernel, padding, height, width } = shape;
  return g.node("Conv", [dy, flip(g, weight, shape)], {
    shape: [batch, inputChannels, height, width],
    attributes: convAttributes({ kernel, stride: 1, padding: kernel - 1 - padding }),
  });
}

/** A 1x1 kernel with a stride saw only every stride-th pixel: the others receive 0. */
function interleaved(g: Graph, dy: Value, weight: Value, shape: ConvolutionShape): Value {
  const { batch, inputChannels, stride, height, width, outputHeight, outputWidth } = shape;
  const seen = g.node("Conv", [dy, flip(g, weight, shape)], {
    shape: [batch, inputChannels, outputHeight, outputWidth],
    attributes: convAttributes({ kernel: 1, stride: 1, padding: 0 }),
  });
  return interleaveZeros(g, seen, { shape: [batch, inputChannels, height, width] }, stride);
}

function transposed(g: Graph, dy: Value, weight: Value, shape: ConvolutionShape): Value {
  const { batch, inputChannels, kernel, stride, padding, height, width, outputHeight, outputWidth } = shape;
  const missing = (length: number, outputLength: number) =>
    length - ((outputLength - 1) * stride - 2 * padding + kernel);
  return g.node("ConvTranspose", [dy, weight], {
    shape: [batch, inputChannels, height, width],
    attributes: {
      ...convAttributes({ kernel, stride, padding }),
      output_padding: [missing(height, outputHeight), missing(width, outputWidth)],
    },
  });
}

/** W'[c, o, u, v] = W[o, c, k - 1 - u, k - 1 - v] */
function flip(g: Graph, weight: Value, { kernel, inputChannels, outputChannels }: ConvolutionShape): Value {
  const swapped = transpose(g, weight, { order: [1, 0, 2, 3] });
  if (kernel === 1) return swapped;
  const [last, beforeFirst, axes, backwards] = [
    [-1, -1],
    [-kernel - 1, -kernel - 1],
    [2, 3],
    [-1, -1],
  ].map((numbers) => g.integers(numbers));
  return g.node("Slice", [swapped, last, beforeFirst, axes, backwards], {
    shape: [inputChannels, outputChannels, kernel, kernel],
  });
}
