import type { Dimension, Graph, Value } from "../graph.ts";
import { type Operator, operator } from "./operator.ts";

interface Stride {
  readonly stride: number;
}

/**
 * Every stride-th row and column   // [batch, c, h, w] -> [batch, c, ceil(h / stride), ceil(w / stride)]
 * dx: dy at those places, 0 elsewhere.
 */
export const subsample: Operator<[x: Value], Stride> = operator<[x: Value], Stride>({
  name: "subsample",
  forward: (g, [x], { stride }) => {
    const size = x.shape.slice(2) as number[];
    const shape: Dimension[] = [...x.shape.slice(0, 2), ...size.map((length) => Math.ceil(length / stride))];
    const bounds = [[0, 0], size, [2, 3], [stride, stride]].map((numbers) => g.integers(numbers));
    return g.node("Slice", [x, ...bounds], { shape });
  },
  gradient: (g, { inputs: [x], attributes: { stride } }, dy) => [interleaveZeros(g, dy, x, stride)],
});

/** Puts zeros between the pixels of `small`, so that it takes the shape of `x`. */
export function interleaveZeros(g: Graph, small: Value, x: Value | { readonly shape: Value["shape"] }, stride: number) {
  const channels = x.shape[1] as number;
  const missing = [2, 3].map((axis) => (x.shape[axis] as number) - ((small.shape[axis] as number) - 1) * stride - 1);
  // A transposed convolution of each channel by a single 1 writes the zeros and the numbers in one go: 11 ms for
  // 16 x 256 maps of 16x16, against 27 with Pad and 29 with DepthToSpace.
  const one = g.constant(new Array<number>(channels).fill(1), [channels, 1, 1, 1]);
  return g.node("ConvTranspose", [small, one], {
    shape: x.shape,
    attributes: { kernel_shape: [1, 1], strides: [stride, stride], output_padding: missing, group: channels },
  });
}
