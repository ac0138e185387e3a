import { UserError } from "../core/errors.ts";
import type { Rng } from "../core/rng.ts";
import { lookUp, parseOptions } from "../core/table.ts";
import { elementCount } from "../onnx/graph.ts";
import { createSession } from "../onnx/session.ts";
import type { NamedTensors, TensorData } from "../onnx/tensor.ts";
import { buildNetwork, type NetworkRecipe } from "./build.ts";
import { initialTensors } from "./builder.ts";
import { losses } from "./losses/index.ts";
import type { Loss } from "./losses/loss.ts";
import { optimizers } from "./optimizers/index.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";
import { runOptimizer } from "./optimizers/runOptimizer.ts";
import { copyTensors, requireTensors } from "./tensors.ts";
import { copyState, type TrainerState, under } from "./trainerState.ts";
import { buildTrainingGraph, fillMask, gradientName, nextName } from "./trainingGraph.ts";

export type { NamedTensors } from "../onnx/tensor.ts";
export type { NetworkRecipe } from "./build.ts";
export { exportModel } from "./exportModel.ts";
export type { TrainerState } from "./trainerState.ts";

export interface TrainerOptions {
  /** Rows of every training step. */
  batchSize: number;
  loss: { name: string; options: unknown };
  optimizer: { name: string; options: unknown };
  /** Largest norm of all gradients together; larger ones are scaled down to it. */
  clipNorm?: number;
  /** For the first weights. */
  rng: Rng;
  /** Threads of the network; by default one per core. */
  threads?: number;
  /** Instead of random weights. */
  weights?: NamedTensors;
}

export interface Batch {
  /** [batch, c, h, w] */
  x: Float32Array;
  /** 1 for fake, 0 for real   // [batch] */
  labels: Float32Array;
  /** Factor on each row's loss; 1 where absent   // [batch] */
  weights?: Float32Array;
}

export interface StepResult {
  readonly loss: number;
  readonly gradientNorm: number;
  /** In training mode, with dropout; overwritten by the next step   // [batch] */
  readonly logits: Float32Array;
}

export interface Trainer {
  /** Numbers that training changes: all parameters, without running statistics. */
  readonly parameterCount: number;
  /** One step on exactly `batchSize` rows; where a figure is not finite, the weights stay as they were. All figures are those before the update; the norm is that before clipping. */
  step(batch: Batch, learningRate: number, rng: Rng): Promise<StepResult>;
  /** Logits of any number of rows with the current weights and running statistics   // [rows, c, h, w] -> [rows] */
  predict(x: Float32Array, rows: number): Promise<Float32Array>;
  /** Parameters and running statistics: the living ones, not copies. */
  tensors(): NamedTensors;
  /** Everything that training changes, for a checkpoint: the living arrays, not copies. */
  state(): TrainerState;
  /** Goes on from a state, bit for bit; its numbers are copied. A UserError where it is another run's: nothing changes then. */
  load(state: TrainerState): void;
  /** Puts other weights in, such as the best epoch's; the optimizer stays as it is. */
  restore(tensors: NamedTensors): void;
  release(): Promise<void>;
}

/** A network with its loss and optimizer, ready to learn. Throws a UserError for unknown names and unfit weights. */
export async function createTrainer(recipe: NetworkRecipe, options: TrainerOptions): Promise<Trainer> {
  const { batchSize } = options;
  const loss: Loss = lookUp(losses, "loss", options.loss.name);
  const lossOptions = parseOptions(loss, `loss "${options.loss.name}"`, options.loss.options);
  const optimizer: Optimizer = lookUp(optimizers, "optimizer", options.optimizer.name);
  const optimizerOptions = parseOptions(optimizer, `optimizer "${options.optimizer.name}"`, options.optimizer.options);

  const training = buildNetwork(recipe, "training", batchSize);
  buildTrainingGraph(training, batchSize, (logits, labels) =>
    loss.perSample(training.graph, logits, labels, lossOptions),
  );
  const inference = buildNetwork(recipe, "inference", "batch");
  inference.graph.output(inference.logit, "logit");

  const { net } = training;
  const tensors = initialTensors(net, options.rng);
  if (options.weights !== undefined) {
    requireTensors(net, options.weights);
    copyTensors(options.weights, tensors);
  }
  const parameters = net.parameters.map(({ name, shape }) => ({
    name,
    ...tensors[name]!,
    // Biases and normalisations have one axis: pulling them towards 0 is no regularisation (Goyal et al., 2017).
    decays: shape.length > 1,
  }));
  const update = runOptimizer(optimizer, parameters, optimizerOptions);
  const state = () => ({
    step: update.steps,
    tensors: { ...under("network", tensors), ...under("optimizer", update.slots) },
  });

  const zeros = (shape: readonly number[]): TensorData => ({ shape, data: new Float32Array(elementCount(shape)) });
  const gradients = Object.fromEntries(net.parameters.map(({ name, shape }) => [gradientName(name), zeros(shape)]));
  const next = Object.fromEntries(net.statistics.map(({ name, shape }) => [nextName(name), zeros(shape)]));
  const fetches = { loss: zeros([]), gradientNorm: zeros([]), logits: zeros([batchSize]), ...gradients, ...next };
  const masks = Object.fromEntries(net.masks.map(({ name, shape }) => [name, zeros(shape as number[])]));
  const evenWeights = new Float32Array(batchSize).fill(1);
  const { channels, height, width } = recipe.input;
  const row = channels * height * width;

  const session = await createSession(training.graph.toModel(), options);
  const predictor = await createSession(inference.graph.toModel(), options);

  return {
    parameterCount: parameters.reduce((sum, { data }) => sum + data.length, 0),
    async step({ x, labels, weights = evenWeights }, learningRate, rng) {
      requireRows(x, batchSize, row);
      for (const { name, rate } of net.masks) fillMask(masks[name]!.data, rate, rng.fork(name));
      const vector = (data: Float32Array) => ({ shape: [batchSize], data });
      const input = { shape: [batchSize, channels, height, width], data: x };
      const feeds = { x: input, labels: vector(labels), sampleWeights: vector(weights), ...masks, ...tensors };
      await session.run(feeds, fetches);
      const gradientNorm = fetches.gradientNorm.data[0]!;
      const result = { loss: fetches.loss.data[0]!, gradientNorm, logits: fetches.logits.data };
      // A diverged step would ruin the weights for good: they stay as they are, and the loop says what happened.
      if (!Number.isFinite(result.loss) || !Number.isFinite(gradientNorm)) return result;
      const flat = net.parameters.map(({ name }) => gradients[gradientName(name)]!.data);
      if (options.clipNorm !== undefined && gradientNorm > options.clipNorm)
        scale(flat, options.clipNorm / gradientNorm);
      update.step(flat, learningRate);
      for (const { name } of net.statistics) tensors[name]!.data.set(next[nextName(name)]!.data);
      return result;
    },

    async predict(x, rows) {
      requireRows(x, rows, row);
      const logits = new Float32Array(rows);
      for (let start = 0; start < rows; start += batchSize) {
        const end = Math.min(rows, start + batchSize);
        const part = {
          shape: [end - start, channels, height, width],
          data: x.subarray(start * row, end * row),
        };
        await predictor.run(
          { x: part, ...tensors },
          { logit: { shape: [end - start], data: logits.subarray(start, end) } },
        );
      }
      return logits;
    },

    tensors: () => tensors,
    state,
    load(saved) {
      copyState(saved, state().tensors);
      update.steps = saved.step;
    },
    restore(saved) {
      requireTensors(net, saved);
      copyTensors(saved, tensors);
    },
    async release() {
      await session.release();
      await predictor.release();
    },
  };
}

function requireRows(x: Float32Array, rows: number, row: number): void {
  if (x.length === rows * row) return;
  throw new UserError(
    "internal",
    `A batch of ${rows} rows needs ${rows * row} numbers (${row} a row), but ${x.length} came. ` +
      "Training steps take exactly batchSize rows; leave out or fill up the last, smaller batch.",
  );
}

function scale(arrays: readonly Float32Array[], factor: number): void {
  for (const array of arrays) for (let i = 0; i < array.length; i++) array[i] = array[i]! * factor;
}
