import { z } from "zod";
import type { Value } from "../../onnx/graph.ts";
import { add, maxPool, relu, subsample } from "../../onnx/operators/index.ts";
import type { NetworkBuilder } from "../builder.ts";
import { zeros } from "../init.ts";
import { type BatchNorm, batchNorm, conv2d } from "../layers.ts";
import type { Architecture } from "./architecture.ts";
import { head, headOptions } from "./head.ts";

const options = z.object({
  version: z
    .enum(["v1", "v1.5"])
    .default("v1")
    .describe("where a stage halves the size: v1 in its first 1x1 convolution (Keras), v1.5 in the 3x3 (torchvision)"),
  width: z
    .number()
    .min(1 / 16)
    .max(2)
    .default(1)
    .describe("factor on every number of channels"),
  zeroInitResidual: z
    .boolean()
    .default(false)
    .describe("start every block as its shortcut alone: the last scale of its branch is 0 (Goyal et al., 2017)"),
  momentum: z.number().min(0).max(0.9999).default(0.9).describe("share of the running statistics that a step keeps"),
  ...headOptions(256),
});

/** Blocks and (at width 1) bottleneck channels of each stage. */
const stages = [
  { blocks: 3, channels: 64 },
  { blocks: 4, channels: 128 },
  { blocks: 6, channels: 256 },
  { blocks: 3, channels: 512 },
];

/**
 * Residual network of 50 layers in bottleneck blocks, with the names of torchvision's tensors.
 *
 * v1 keeps of Keras the stride in the first 1x1 of a stage and epsilon 1.001e-5; it leaves out the convolutions'
 * biases, which the normalisation right after them takes away again. v1.5 is torchvision's: epsilon 1e-5.
 */
export const resnet50 = {
  summary: "ResNet-50: a residual network of 23.6 million parameters (at width 1) and a small head",
  cite: "He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition, 2016",
  options,

  build(net, input, { version, width, momentum, zeroInitResidual, ...headChoices }) {
    const g = net.graph;
    const norm = { momentum, epsilon: version === "v1" ? 1.001e-5 : 1e-5 };
    const last = zeroInitResidual ? { ...norm, initialScale: zeros } : norm;
    const scaled = (channels: number) => Math.max(1, Math.round(channels * width));
    const stem = conv2d(net, "conv1", input, { channels: scaled(64), kernel: 7, stride: 2 }); // [b, 64, h/2, w/2]
    let x = relu(g, batchNorm(net, "bn1", stem, norm));
    x = maxPool(g, x, { kernel: 3, stride: 2, padding: 1 }); // [b, 64, h/4, w/4]
    for (const [stage, { blocks, channels }] of stages.entries())
      for (let block = 0; block < blocks; block++) {
        const stride = block === 0 && stage > 0 ? 2 : 1;
        const strides = version === "v1" ? ([stride, 1] as const) : ([1, stride] as const);
        const shape = { channels: scaled(channels), strides, project: block === 0 };
        x = bottleneck(net, `layer${stage + 1}.${block}`, x, shape, norm, last);
      }
    return { features: x, logit: head(net, x, { momentum, ...headChoices }) }; // [b, 2048, h/32, w/32]
  },
} satisfies Architecture<typeof options>;

interface Bottleneck {
  /** Of the two inner convolutions; the block's output has four times as many. */
  readonly channels: number;
  /** Of the first 1x1 and of the 3x3. */
  readonly strides: readonly [number, number];
  /** Whether a 1x1 convolution fits the shortcut to the new shape. */
  readonly project: boolean;
}

/** relu(shortcut(x) + norm(1x1(relu(norm(3x3(relu(norm(1x1(x)))))))) */
function bottleneck(
  net: NetworkBuilder,
  name: string,
  x: Value,
  { channels, strides, project }: Bottleneck,
  norm: BatchNorm,
  /** Of the branch's last normalisation. */
  last: BatchNorm,
): Value {
  const g = net.graph;
  const step = (i: number, from: Value, convolution: { channels: number; kernel: number; stride: number }) =>
    batchNorm(net, `${name}.bn${i}`, conv2d(net, `${name}.conv${i}`, from, convolution), i === 3 ? last : norm);
  // A 1x1 with a stride sees only every stride-th pixel: those are taken once, for it and for the shortcut.
  const input = strides[0] === 1 ? x : subsample(g, x, { stride: strides[0] });
  const reduced = relu(g, step(1, input, { channels, kernel: 1, stride: 1 }));
  const seen = relu(g, step(2, reduced, { channels, kernel: 3, stride: strides[1] }));
  const widened = step(3, seen, { channels: 4 * channels, kernel: 1, stride: 1 });
  if (!project) return relu(g, add(g, widened, x));
  const fit = { channels: 4 * channels, kernel: 1, stride: strides[1] };
  const shortcut = batchNorm(net, `${name}.downsample.1`, conv2d(net, `${name}.downsample.0`, input, fit), norm);
  return relu(g, add(g, widened, shortcut));
}
