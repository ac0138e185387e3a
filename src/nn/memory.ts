import { lookUp } from "../core/table.ts";
import type { Graph, Value } from "../onnx/graph.ts";
import { buildNetwork, type NetworkRecipe } from "./build.ts";
import { lossIn } from "./losses/lossIn.ts";
import type { TrainerOptions } from "./network.ts";
import { optimizers } from "./optimizers/index.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";
import { buildTrainingGraph } from "./trainingGraph.ts";

/**
 * What a bare process with the libraries takes, in bytes, and how much more than the tensors alive ONNX Runtime holds
 * at its peak (gaps between them, its kernels' own room). Estimate / measured peak of a few steps on blocked kernels:
 * smallcnn 128 b16 .83, b64 .89, 224 b32 .94, 256 b64 1.06; resnet18 128 b16 .92, b32 1.02; resnet50 128 b8 .91, b16
 * 1.0, 224 b16 1.1. The portable graph stands for the blocked one, whose peak is within a tenth of its own.
 */
const process = 110e6;
const overhead = 1.5;

/** Bytes of main memory that training takes at its peak, within about a fifth: read off the graph, nothing is run. */
export function trainingMemory(
  recipe: NetworkRecipe,
  options: Pick<TrainerOptions, "batchSize" | "accumulate" | "loss" | "optimizer" | "freeze" | "average">,
): number {
  const { batchSize, accumulate: passes = 1 } = options;
  const optimizer: Optimizer = lookUp(optimizers, "optimizer", options.optimizer.name);
  const rows = batchSize / passes;
  const network = buildNetwork(recipe, "training", rows, { freeze: options.freeze });
  const { graph, net } = network;
  buildTrainingGraph(network, rows, lossIn(graph, options.loss), passes);

  const parameters = total(net.parameters);
  // The gradient and the optimizer's slots; the average; the batch that is fed and the one that waits.
  const learning = total(net.learning) * (1 + optimizer.slots.length + (options.average === undefined ? 0 : 1));
  const { channels, height, width } = recipe.input;
  const batches = 2 * 4 * batchSize * channels * height * width;
  return process + parameters + learning + batches + overhead * liveBytes(graph);
}

/**
 * Bytes of the tensors alive at once, at their most, where nodes run in their order and results go after their last
 * use. What follows from constants alone is computed once, when the session opens, and stays.
 */
export function liveBytes(graph: Graph): number {
  const fed = new Set(graph.inputs.map(({ name }) => name));
  const running = graph.nodes.filter(({ inputs, outputs }) => {
    const runs = inputs.some((name) => fed.has(name));
    if (runs) for (const name of outputs) fed.add(name);
    return runs;
  });
  const folded = graph.nodes.filter((node) => !running.includes(node)).flatMap(({ outputs }) => outputs);
  const lastUse = new Map<string, number>();
  for (const [at, { inputs }] of running.entries()) for (const name of inputs) lastUse.set(name, at);
  let alive = 0;
  let most = 0;
  for (const [at, { inputs, outputs }] of running.entries()) {
    for (const name of outputs) alive += sizeOf(graph.computed(name));
    most = Math.max(most, alive);
    for (const name of new Set([...inputs, ...outputs]))
      if (fed.has(name) && (lastUse.get(name) ?? at) === at) alive -= sizeOf(graph.computed(name));
  }
  return most + folded.reduce((sum, name) => sum + sizeOf(graph.computed(name)), 0);
}

const bytesOf: Readonly<Record<Value["type"], number>> = { float32: 4, int64: 8, bool: 1 };

function sizeOf(value: Value | undefined): number {
  return value === undefined ? 0 : bytesOf[value.type] * product(value.shape as readonly number[]);
}

function total(tensors: readonly { readonly shape: readonly number[] }[]): number {
  return tensors.reduce((sum, { shape }) => sum + 4 * product(shape), 0);
}

const product = (shape: readonly number[]) => shape.reduce((result, size) => result * size, 1);
