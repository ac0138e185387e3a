import type { Graph, Shape, Value } from "../../graph.ts";
import { canBlock, nchwc, toBlocked, toPlain } from "../../layout.ts";
import { blockedWeight } from "./blockedWeight.ts";

/** The attributes of ONNX's Conv that we use. */
export interface ConvAttributes {
  readonly kernel_shape: readonly number[];
  readonly strides: readonly number[];
  /** top, left, bottom, right */
  readonly pads: readonly number[];
}

/** Whether this machine's blocked kernel takes the convolution: whole blocks of channels, or a picture's few. */
export function takesBlockedKernel(g: Graph, x: Value, weight: Value): boolean {
  const [outputs, inputs] = weight.shape as readonly number[];
  return g.block > 0 && outputs! % g.block === 0 && (canBlock(g, x) || inputs! < g.block);
}

/** // [batch, in, h, w], plain weights [out, in, k, k] -> blocked [batch, out, h', w'] */
export function blockedConv(g: Graph, x: Value, weight: Value, attributes: ConvAttributes, shape: Shape): Value {
  const few = (weight.shape[1] as number) < g.block;
  // A picture's few channels stay plain: the kernel for them reads rows.
  const input = few ? toPlain(g, x) : toBlocked(g, x);
  return blockedConvNode(g, input, blockedWeight(g, weight), attributes, shape);
}

export function blockedConvNode(
  g: Graph,
  x: Value,
  /** In the kernel's own order, see blockedWeight.ts. */
  weight: Value,
  { kernel_shape, strides, pads }: ConvAttributes,
  shape: Shape,
): Value {
  const attributes = { kernel_shape, strides, pads };
  return g.node("Conv", [x, weight], { shape, attributes, domain: nchwc, layout: "blocked" });
}
