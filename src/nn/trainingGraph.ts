import type { Rng } from "../core/rng.ts";
import { gradient } from "../onnx/gradient.ts";
import { elementCount, type Graph, type Value } from "../onnx/graph.ts";
import { add, mul, reduceMean, reshape } from "../onnx/operators/index.ts";
import type { BuiltNetwork } from "./build.ts";

/** Output of the training graph that holds the gradient of a parameter. */
export const gradientName = (parameter: string): string => `gradient ${parameter}`;
/** Input of a training graph of several passes that holds the sum of the gradients of the passes before. */
export const soFarName = (parameter: string): string => `gradient so far ${parameter}`;
/** Output of the training graph that holds a running statistic after the step. */
export const nextName = (statistic: string): string => `next ${statistic}`;

/** The loss of each row   // [n], [n] -> [n] */
export type PerSample = (logits: Value, labels: Value) => Value;

/**
 * Completes a network built for training: inputs "labels" and "sampleWeights" [batch]; outputs "logits" [batch], "loss" (the mean of
 * weight times loss over the batch), "gradientNorm" (of all gradients together), every gradient and every statistic.
 *
 * Where the network has a map, it learns from inputs "cells" and "cellWeights" [batch, h', w'], too:
 *   loss = mean over rows (weight loss) + mapWeight mean over cells (cellWeight loss), the latter `perCell`
 *
 * A step of several passes sees `batchSize` rows in each: loss and gradients are divided by the number of passes, and
 * each gradient comes out added to its input "gradient so far": after the last pass they are those of all rows.
 */
export function buildTrainingGraph(
  { graph: g, net, logit, map }: BuiltNetwork,
  batchSize: number,
  perSample: PerSample,
  passes = 1,
  mapWeight = 1,
  perCell = perSample,
): void {
  const labels = g.input("labels", [batchSize]);
  const weights = g.input("sampleWeights", [batchSize]);
  const meanOf = (logits: Value, truth: Value, factors: Value) => {
    const row = (value: Value) => reshape(g, value, { shape: [elementCount(value.shape as number[])] });
    return reduceMean(g, mul(g, perCell(row(logits), row(truth)), row(factors)), {});
  };
  const ofRows = reduceMean(g, mul(g, perSample(logit, labels), weights), {});
  const ofCells =
    map && mul(g, meanOf(map, g.input("cells", map.shape), g.input("cellWeights", map.shape)), g.constant(mapWeight));
  const mean = ofCells ? add(g, ofRows, ofCells) : ofRows;
  const loss = passes === 1 ? mean : mul(g, mean, g.constant(1 / passes));
  const own = gradient(
    g,
    loss,
    net.learning.map((parameter) => parameter.value),
  );
  const gradients =
    passes === 1
      ? own.map((value) => g.numbersOf(value))
      : net.learning.map(({ name, shape }, i) => add(g, g.input(soFarName(name), shape), own[i]!));
  g.output(loss, "loss");
  g.output(logit, "logits");
  g.output(norm(g, gradients), "gradientNorm");
  for (const [i, { name }] of net.learning.entries()) g.output(gradients[i]!, gradientName(name));
  for (const [name, value] of net.updates) g.output(value, nextName(name));
}

/** The square root of the sum of all squares. */
function norm(g: Graph, values: readonly Value[]): Value {
  const squares = values.map((value) => {
    const sum = g.node("ReduceSumSquare", [value], { shape: [], attributes: { keepdims: 0 } });
    return g.node("Reshape", [sum, g.integers([1])], { shape: [1] });
  });
  const all = g.node("Concat", squares, { shape: [squares.length], attributes: { axis: 0 } });
  const total = g.node("ReduceSum", [all], { shape: [], attributes: { keepdims: 0 } });
  return g.node("Sqrt", [total], { shape: [] });
}

/** Fills a dropout mask: 0 with probability `rate`, 1 / (1 - rate) otherwise. */
export function fillMask(mask: Float32Array, rate: number, rng: Rng): void {
  const kept = 1 / (1 - rate);
  for (let i = 0; i < mask.length; i++) mask[i] = rng.chance(rate) ? 0 : kept;
}
