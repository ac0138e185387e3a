import { z } from "zod";
import type { Value } from "../../onnx/graph.ts";
import { maxPool, relu, subsample } from "../../onnx/operators/index.ts";
import type { NetworkBuilder } from "../builder.ts";
import { zeros } from "../init.ts";
import { type BatchNorm, batchNorm, conv2d } from "../layers.ts";
import type { Stages } from "../stages.ts";
import { head, headOptions } from "./head.ts";

/** The options that every residual network has. */
export const residualOptions = {
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
};

export const residualStages: Stages = {
  stem: ["conv1", "bn1"],
  layer1: ["layer1"],
  layer2: ["layer2"],
  layer3: ["layer3"],
  layer4: ["layer4"],
};

type ResidualChoices = z.infer<z.ZodObject<typeof residualOptions>>;

/** What tells one residual network from another. */
export interface ResidualPlan {
  /** Number of blocks in each of the four stages, whose inner channels are (at width 1) 64, 128, 256 and 512. */
  readonly blocks: readonly [number, number, number, number];
  readonly branch: Branch;
  readonly epsilon: number;
}

/** What a block adds to its shortcut: normalised convolutions with ReLU between them, for the stage's inner channels. */
export type Branch = (channels: number, stride: number) => readonly Convolution[];

interface Convolution {
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
}

/**
 * A residual network (He et al., 2016) with the names of torchvision's tensors: a 7x7/2 convolution and a 3x3/2
 * maximum, four stages of blocks of which all but the first halve the size, then our head.
 * // [b, c, h, w] -> features [b, c', h/32, w/32], logit [b]
 */
export function residualNetwork(
  net: NetworkBuilder,
  input: Value,
  { blocks, branch, epsilon }: ResidualPlan,
  { width, momentum, zeroInitResidual, ...headChoices }: ResidualChoices,
): { features: Value; logit: Value } {
  const g = net.graph;
  const norm = { momentum, epsilon };
  const last = zeroInitResidual ? { ...norm, initialScale: zeros } : norm;
  const scaled = (channels: number) => Math.max(1, Math.round(channels * width));
  const stem = conv2d(net, "conv1", input, { channels: scaled(64), kernel: 7, stride: 2 }); // [b, 64, h/2, w/2]
  // relu keeps the order of numbers, so it may follow the maximum as well: a quarter of the work.
  const pooled = maxPool(g, batchNorm(net, "bn1", stem, norm), { kernel: 3, stride: 2, padding: 1 }); // [b, 64, h/4, w/4]
  let x = relu(g, pooled);
  for (const [stage, count] of blocks.entries())
    for (let block = 0; block < count; block++) {
      const convolutions = branch(scaled(64 * 2 ** stage), block === 0 && stage > 0 ? 2 : 1);
      x = residualBlock(net, `layer${stage + 1}.${block}`, x, convolutions, norm, last);
    }
  return { features: x, logit: head(net, x, { momentum, ...headChoices }) };
}

/** relu(shortcut(x) + norm(conv(… relu(norm(conv(x)))))); a 1x1 fits the shortcut where the block changes the shape. */
function residualBlock(
  net: NetworkBuilder,
  name: string,
  x: Value,
  convolutions: readonly Convolution[],
  norm: BatchNorm,
  /** Of the branch's last normalisation. */
  last: BatchNorm,
): Value {
  const g = net.graph;
  const [first, ...others] = convolutions as [Convolution, ...Convolution[]];
  // A 1x1 with a stride sees only every stride-th pixel: in training those are taken once, for it and for the shortcut.
  const isSparse = net.mode === "training" && first.kernel === 1 && first.stride > 1;
  const input = isSparse ? subsample(g, x, { stride: first.stride }) : x;
  const steps = isSparse ? [{ ...first, stride: 1 }, ...others] : convolutions;
  const inner = steps
    .slice(0, -1)
    .reduce(
      (y, step, i) =>
        batchNorm(net, `${name}.bn${i + 1}`, conv2d(net, `${name}.conv${i + 1}`, y, step), norm, { relu: true }),
      input,
    );
  const count = steps.length;
  const maps = conv2d(net, `${name}.conv${count}`, inner, steps[count - 1]!);
  const channels = maps.shape[1] as number;
  const stride = steps.reduce((product, step) => product * step.stride, 1);
  const end = (plus: Value) => batchNorm(net, `${name}.bn${count}`, maps, last, { plus, relu: true });
  if (!isSparse && stride === 1 && channels === x.shape[1]) return end(x);
  const fit = conv2d(net, `${name}.downsample.0`, input, { channels, kernel: 1, stride });
  return end(batchNorm(net, `${name}.downsample.1`, fit, norm));
}
