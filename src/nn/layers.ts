import { fixedShape, type Value } from "../onnx/graph.ts";
import {
  add,
  batchNormalization,
  channelMoments,
  conv,
  dense as denseOperator,
  dropout as dropoutOperator,
  frozenBatchNormalization,
  mul,
} from "../onnx/operators/index.ts";
import type { NetworkBuilder } from "./builder.ts";
import { glorotUniform, heNormal, type Initializer, ones, zeros } from "./init.ts";

/** Convolution without bias, as it stands before a batch normalisation   // [b, c, h, w] -> [b, channels, h', w'] */
export function conv2d(
  net: NetworkBuilder,
  name: string,
  x: Value,
  { channels, kernel, stride = 1, padding = kernel >> 1 }: Convolution,
): Value {
  const shape = [channels, x.shape[1] as number, kernel, kernel];
  const weight = net.parameter(`${name}.weight`, shape, heNormal);
  return conv(net.graph, x, weight, { stride, padding });
}

interface Convolution {
  /** Number of output channels. */
  readonly channels: number;
  /** Side of the square kernel, in pixels. */
  readonly kernel: number;
  readonly stride?: number;
  /** Zeros on each side, in pixels; by default such that stride 1 keeps the size. */
  readonly padding?: number;
}

/** How a batch normalisation works; the defaults are PyTorch's. */
export interface BatchNorm {
  /** Share of the running statistics that one step keeps, 0..1. */
  readonly momentum?: number;
  /** Added to the variance. */
  readonly epsilon?: number;
  /** Of the factor that stands after the normalisation. */
  readonly initialScale?: Initializer;
}

/** What follows the normalisation in the same pass. */
interface Then {
  /** Added to the result. */
  readonly plus?: Value;
  /** Whether relu comes last. */
  readonly relu?: boolean;
}

/**
 * Batch normalisation over the batch and the positions (Ioffe and Szegedy, 2015)   // [b, c] or [b, c, h, w]
 *
 * The running variance collects the unbiased variance (n / (n - 1)), as PyTorch's does; Keras collects the biased one.
 */
export function batchNorm(
  net: NetworkBuilder,
  name: string,
  x: Value,
  { momentum = 0.9, epsilon = 1e-5, initialScale = ones }: BatchNorm = {},
  { plus, relu = false }: Then = {},
): Value {
  const g = net.graph;
  const channels = x.shape[1] as number;
  const scale = net.parameter(`${name}.weight`, [channels], initialScale);
  const shift = net.parameter(`${name}.bias`, [channels], zeros);
  const runningMean = net.statistic(`${name}.running_mean`, [channels], 0);
  const runningVariance = net.statistic(`${name}.running_var`, [channels], 1);
  const added = plus ? [plus] : [];
  if (net.modeOf(name) === "inference")
    return frozenBatchNormalization(g, x, scale, shift, runningMean, runningVariance, ...added, { epsilon, relu });

  const { mean, variance } = channelMoments(g, x);
  const count = fixedShape(x, "Batch normalisation in training").reduce((a, b) => a * b, 1) / channels;
  const unbiased = count > 1 ? count / (count - 1) : 1;
  const towards = (running: Value, observed: Value, factor: number) =>
    add(g, mul(g, running, g.constant(momentum)), mul(g, observed, g.constant((1 - momentum) * factor)));
  net.updateStatistic(runningMean.name, towards(runningMean, mean, 1));
  net.updateStatistic(runningVariance.name, towards(runningVariance, variance, unbiased));
  return batchNormalization(g, x, scale, shift, mean, variance, ...added, { epsilon, relu });
}

/** y = x W^T + b   // [b, in] -> [b, units] */
export function dense(
  net: NetworkBuilder,
  name: string,
  x: Value,
  { units, init = glorotUniform }: { readonly units: number; readonly init?: Initializer },
): Value {
  const weight = net.parameter(`${name}.weight`, [units, x.shape[1] as number], init);
  const bias = net.parameter(`${name}.bias`, [units], zeros);
  return denseOperator(net.graph, x, weight, bias);
}

/** In training each number is dropped with probability `rate`, the others grow by 1 / (1 - rate); else nothing. */
export function dropout(net: NetworkBuilder, name: string, x: Value, rate: number): Value {
  if (net.modeOf(name) === "inference" || rate === 0) return x;
  return dropoutOperator(net.graph, x, net.dropoutMask(`${name}.mask`, x.shape, rate));
}
