import { z } from "zod";
import type { Value } from "../../onnx/graph.ts";
import {
  add,
  conv,
  exp,
  flatten,
  globalAveragePool,
  log,
  mul,
  reduceMean,
  relu,
  reshape,
} from "../../onnx/operators/index.ts";
import type { NetworkBuilder } from "../builder.ts";
import { constant, heNormal } from "../init.ts";
import { batchNorm, conv2d } from "../layers.ts";
import type { Architecture } from "./architecture.ts";

const three = <T>(value: T): [T, T, T] => [value, value, value];

const options = z.object({
  channels: z
    .tuple([z.int().min(0).max(256), ...three(z.int().min(1).max(256))])
    .default([16, 32, 64, 96])
    .describe("at full size, and at a half, a quarter and an eighth of it; 0 first: nothing works at full size"),
  depth: z.int().min(1).max(6).default(1).describe("residual blocks at an eighth of the size, after the first"),
  context: z
    .boolean()
    .default(true)
    .describe("whether every place also sees the mean of its tile: an edit is what differs from its surroundings"),
  momentum: z.number().min(0).max(0.9999).default(0.95).describe("share of the running statistics that a step keeps"),
});

/**
 * map = head(encoder(tile)): a logit for every 8 x 8 pixels; logit = a log mean exp(map) + b, a soft maximum.
 *
 * The first layer works at full size, or with 5 x 5 pixels at half of it, which takes a third of the time; depth stands
 * where it is cheap. Strides keep the JPEG grid, and nothing is enlarged: a cell's logit stands where the cell does.
 * As it is, about 14,500 multiplications a pixel (of eleven planes) and half a million parameters.
 */
export const tracenet = {
  summary: "A small encoder at native resolution with a logit for every 8 x 8 pixels, pooled to one for the tile",
  cite: "Pixel heads: Long et al., Fully Convolutional Networks, 2015; residual blocks: He et al., 2016; soft maximum: Pinheiro and Collobert, From Image-level to Pixel-level Labeling, 2015",
  options,
  stages: {
    stage1: ["conv1", "bn1"],
    stage2: ["conv2", "bn2", "block2"],
    stage3: ["conv3", "bn3", "block3"],
    stage4: ["conv4", "bn4", "block4"],
    surroundings: ["context"],
    stage5: ["block5"],
  },

  build(net, input, { channels: [c1, c2, c3, c4], depth, context, momentum }) {
    const norm = { momentum };
    const layer = (name: string, x: Value, to: number, [kernel, stride]: readonly [number, number]) =>
      batchNorm(net, `bn${name}`, conv2d(net, `conv${name}`, x, { channels: to, kernel, stride }), norm, {
        relu: true,
      });
    let x = c1 === 0 ? input : layer("1", input, c1, [3, 1]); // [b, c1, h, w]
    x = layer("2", x, c2, [c1 === 0 ? 5 : 3, 2]);
    x = residual(net, "block2.0", x, momentum, 1); // [b, c2, h / 2, w / 2]
    x = residual(net, "block3.0", layer("3", x, c3, [3, 2]), momentum, 1); // [b, c3, h / 4, w / 4]
    x = layer("4", x, c4, [3, 2]); // [b, c4, h / 8, w / 8]
    x = residual(net, "block4.0", x, momentum, 2);
    if (context) x = withContext(net, x);
    for (let i = 0; i < depth; i++) x = residual(net, `block5.${i}`, x, momentum, 2);
    return mapHead(net, x);
  },
} satisfies Architecture<typeof options>;

/** relu(x + convolutions(x)), each convolution 3 x 3   // [b, c, h, w] -> the same */
function residual(net: NetworkBuilder, name: string, x: Value, momentum: number, convolutions: 1 | 2): Value {
  const c = x.shape[1] as number;
  const maps = (i: number, from: Value) => conv2d(net, `${name}.conv${i}`, from, { channels: c, kernel: 3 });
  const inner = convolutions === 2 ? batchNorm(net, `${name}.bn1`, maps(1, x), { momentum }, { relu: true }) : x;
  const last = `${name}.bn${convolutions}`;
  return batchNorm(net, last, maps(convolutions, inner), { momentum }, { plus: x, relu: true });
}

/** relu(x + W mean(x) + b): what a place is, beside what is usual in its tile   // [b, c, h, w] -> the same */
function withContext(net: NetworkBuilder, x: Value): Value {
  const g = net.graph;
  const [batch, c] = x.shape as [number, number];
  const mean = reshape(g, globalAveragePool(g, x), { shape: [batch, c, 1, 1] });
  const weight = net.parameter("context.weight", [c, c, 1, 1], heNormal);
  const bias = net.parameter("context.bias", [1, c, 1, 1], constant(0));
  return relu(g, add(g, x, add(g, conv(g, mean, weight, { stride: 1, padding: 0 }), bias)));
}

/** A logit a cell, and their soft maximum. */
function mapHead(net: NetworkBuilder, features: Value): { logit: Value; features: Value; map: Value } {
  const [batch, c, h, w] = features.shape as [number, number, number, number];
  const laid = net.head(flatten(net.graph, features), (head, vector) => {
    const g = head.graph;
    const x = reshape(g, vector, { shape: [batch, c, h, w] });
    const weight = head.parameter("head.map.weight", [1, c, 1, 1], heNormal);
    // Few cells are edited: a start near their share spares the first steps.
    const bias = head.parameter("head.map.bias", [1, 1, 1, 1], constant(-2));
    const map = reshape(g, add(g, conv(g, x, weight, { stride: 1, padding: 0 }), bias), { shape: [batch, h * w] });
    const slope = head.parameter("head.slope", [1], constant(1));
    const offset = head.parameter("head.offset", [1], constant(1));
    const pooled = log(g, reduceMean(g, exp(g, map), { axes: [1] })); // [b]
    return { logit: add(g, mul(g, pooled, slope), offset), map: reshape(g, map, { shape: [batch, h, w] }) };
  });
  return { features, ...laid };
}
