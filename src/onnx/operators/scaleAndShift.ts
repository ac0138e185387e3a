import { fixedShape, type Graph, type Value } from "../graph.ts";
import { nchwc } from "../layout.ts";
import { perChannel } from "./channels.ts";
import { shaped } from "./reshape.ts";

interface Options {
  /** Of x's shape and layout. */
  readonly plus?: Value;
  readonly relu?: boolean;
}

/** relu(scale x + shift + plus), with one scale and one shift per channel   // [n, c] or [n, c, h, w] */
export function scaleAndShift(g: Graph, x: Value, scale: Value, shift?: Value, options: Options = {}): Value {
  return (x.layout === "blocked" ? depthwise : passes)(g, x, scale, shift, options);
}

/** A 1x1 convolution of each channel by itself: its bias, its sum and its activation make all of it one pass. */
function depthwise(g: Graph, x: Value, scale: Value, shift: Value | undefined, { plus, relu = false }: Options): Value {
  const channels = x.shape[1] as number;
  const weight = shaped(g, scale, [channels, 1, 1, 1]);
  const attributes = { kernel_shape: [1, 1], group: channels, ...(relu && { activation: "Relu" }) };
  const inputs = plus ? [x, weight, shift, plus] : shift ? [x, weight, shift] : [x, weight];
  return g.node("Conv", inputs, { shape: x.shape, layout: "blocked", domain: nchwc, attributes });
}

function passes(g: Graph, x: Value, scale: Value, shift: Value | undefined, { plus, relu = false }: Options): Value {
  const node = (op: string, inputs: Value[]) => g.node(op, inputs, { shape: x.shape });
  const scaled = shift ? affine(g, x, scale, shift) : node("Mul", [x, perChannel(g, scale, x.shape.length)]);
  const sum = plus ? node("Add", [scaled, plus]) : scaled;
  return relu ? node("Relu", [sum]) : sum;
}

/** An inference-mode normalisation is one pass; mean 0, variance 1 and epsilon 0 leave scale and shift as they are. */
function affine(g: Graph, x: Value, scale: Value, shift: Value): Value {
  const [channels] = fixedShape(scale, "A scale");
  const [zeros, ones] = [0, 1].map((fill) => g.constant(new Array<number>(channels!).fill(fill)));
  const attributes = { epsilon: { float: 0 } };
  return g.node("BatchNormalization", [x, scale, shift, zeros, ones], { shape: x.shape, attributes });
}
