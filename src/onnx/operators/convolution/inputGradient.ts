import type { Graph, Value } from "../../graph.ts";
import { canBlock, toPlain } from "../../layout.ts";
import { shaped } from "../reshape.ts";
import { interleaveZeros } from "../subsample.ts";
import { transpose } from "../transpose.ts";
import { blockedConvNode, type ConvAttributes } from "./blockedConv.ts";
import { blockedInputWeight } from "./blockedWeight.ts";
import { interleave } from "./interleave.ts";
import type { ConvolutionShape, InputGradientKernel } from "./kernels.ts";

/** dx[n, c, i, j] = sum over o and the windows that saw (i, j) of dy times the weight through which they saw it. */
export function inputGradient(
  g: Graph,
  dy: Value,
  weight: Value,
  shape: ConvolutionShape,
  kernel: InputGradientKernel,
) {
  return { flipped, interleaved, phased, transposed }[kernel](g, dy, weight, shape);
}

function flipped(g: Graph, dy: Value, weight: Value, shape: ConvolutionShape): Value {
  const { kernel, padding, height, width } = shape;
  const taps = Array.from({ length: kernel }, (_, tap) => kernel - 1 - tap);
  const around = kernel - 1 - padding;
  return backwards(g, dy, weight, shape, {
    rows: taps,
    columns: taps,
    size: [height, width],
    before: [around, around],
  });
}

/** A 1x1 kernel with a stride saw only every stride-th pixel: the others receive 0. */
function interleaved(g: Graph, dy: Value, weight: Value, shape: ConvolutionShape): Value {
  const { batch, inputChannels, stride, height, width, outputHeight, outputWidth } = shape;
  const part = { rows: [0], columns: [0], size: [outputHeight, outputWidth], before: [0, 0] } as const;
  const seen = backwards(g, dy, weight, shape, part);
  return interleaveZeros(g, seen, { shape: [batch, inputChannels, height, width] }, stride);
}

/**
 * The rows i with the same i mod stride were all seen through the same taps: each such phase, in both directions, is
 * a small convolution without wasted products, and the phases are put between each other.
 */
function phased(g: Graph, dy: Value, weight: Value, shape: ConvolutionShape): Value {
  const { batch, inputChannels, kernel, stride, padding, height, width } = shape;
  // Along one axis: x[stride i + a] was seen through tap t by the window i + (a + padding - t) / stride.
  const phase = (a: number, length: number) => {
    const taps = Array.from({ length: kernel }, (_, t) => kernel - 1 - t).filter(
      (t) => (a + padding - t) % stride === 0,
    );
    return { taps, size: Math.ceil((length - a) / stride), before: (taps[0]! - a - padding) / stride };
  };
  const phases = Array.from({ length: stride }, (_, a) => a);
  const parts = phases.map((a) =>
    phases.map((b) => {
      const [rows, columns] = [phase(a, height), phase(b, width)];
      return backwards(g, dy, weight, shape, {
        rows: rows.taps,
        columns: columns.taps,
        size: [rows.size, columns.size],
        before: [rows.before, columns.before],
      });
    }),
  );
  return interleave(g, parts, [batch, inputChannels, height, width]);
}

/** A convolution of dy by some of the taps. */
interface Part {
  /** Rows and columns of the kernel, in the order in which they meet growing positions of dy. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** Height and width of the result. */
  readonly size: readonly [number, number];
  /** Zeros above and to the left of dy. */
  readonly before: readonly [number, number];
}

function backwards(g: Graph, dy: Value, weight: Value, shape: ConvolutionShape, part: Part): Value {
  const { batch, inputChannels, outputHeight, outputWidth } = shape;
  const { rows, columns, size, before } = part;
  const after = [outputHeight, outputWidth].map(
    (length, axis) => size[axis]! + [rows, columns][axis]!.length - 1 - length - before[axis]!,
  );
  const attributes: ConvAttributes = {
    kernel_shape: [rows.length, columns.length],
    strides: [1, 1],
    pads: [...before, ...after],
  };
  const result = [batch, inputChannels, ...size];
  const order = rows.flatMap((row) => columns.map((column) => row * shape.kernel + column));
  if (dy.layout === "blocked" && canBlock(g, { shape: result })) {
    const exchanged = blockedInputWeight(g, weight, order, [rows.length, columns.length]);
    return blockedConvNode(g, dy, exchanged, attributes, result);
  }
  const exchanged = inputWeight(g, weight, shape, order, [rows.length, columns.length]);
  return g.node("Conv", [toPlain(g, dy), exchanged], { shape: result, attributes: { ...attributes } });
}

/** W'[c, o, taps] = W[o, c, order[taps]] */
function inputWeight(
  g: Graph,
  weight: Value,
  { kernel, inputChannels, outputChannels }: ConvolutionShape,
  order: readonly number[],
  size: readonly [number, number],
): Value {
  const exchanged = transpose(g, weight, { order: [1, 0, 2, 3] });
  if (kernel === 1) return exchanged;
  const taps = [inputChannels, outputChannels, kernel * kernel];
  const list = shaped(g, exchanged, taps);
  const chosen = [inputChannels, outputChannels, order.length];
  const picked = g.node("Gather", [list, g.integers(order)], { shape: chosen, attributes: { axis: 2 } });
  return shaped(g, picked, [inputChannels, outputChannels, ...size]);
}

function transposed(g: Graph, dy: Value, weight: Value, shape: ConvolutionShape): Value {
  const { batch, inputChannels, kernel, stride, padding, height, width, outputHeight, outputWidth } = shape;
  const missing = (length: number, outputLength: number) =>
    length - ((outputLength - 1) * stride - 2 * padding + kernel);
  return g.node("ConvTranspose", [toPlain(g, dy), weight], {
    shape: [batch, inputChannels, height, width],
    attributes: {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
      output_padding: [missing(height, outputHeight), missing(width, outputWidth)],
    },
  });
}
