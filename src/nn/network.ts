import { UserError } from "../core/errors.ts";
import type { Rng } from "../core/rng.ts";
import { blockWidth } from "../onnx/blockWidth.ts";
import { createSession } from "../onnx/session.ts";
import type { LivingTensor, NamedTensors } from "../onnx/tensor.ts";
import { averageOf } from "./average.ts";
import { type Batch, openBackwardPass, requireRows, type StepResult } from "./backwardPass.ts";
import { buildNetwork, type NetworkRecipe } from "./build.ts";
import { initialTensors, type NetworkBuilder } from "./builder.ts";
import { lossIn } from "./losses/lossIn.ts";
import { chooseOptimizer } from "./optimizers/openOptimizer.ts";
import type { ParameterBuffer } from "./optimizers/optimizer.ts";
import { type Rates, rateFactors } from "./rates.ts";
import { copyTensors, requireTensors } from "./tensors.ts";
import { copyState, type TrainerState, under } from "./trainerState.ts";
import { buildTrainingGraph } from "./trainingGraph.ts";

export type { NamedTensors } from "../onnx/tensor.ts";
export type { Batch, StepResult } from "./backwardPass.ts";
export type { NetworkRecipe } from "./build.ts";
export { exportModel } from "./exportModel.ts";
export type { TrainerState } from "./trainerState.ts";

export interface TrainerOptions extends Rates {
  /** Rows of every training step. */
  batchSize: number;
  /**
   * Passes of a step, each over batchSize / accumulate rows, for less memory; 1 where absent. The gradients are those
   * of the whole batch, but for batch normalisation, which sees each part by itself.
   */
  accumulate?: number;
  /** An entry of the table `losses`, with options of its own. */
  loss: { name: string; options: unknown };
  /** Of the map's cells, for networks that localise; as `loss` where absent. */
  cellLoss?: { name: string; options: unknown };
  /** Factor on the loss of the map's cells, beside that of the rows, for networks that localise; 1 where absent. */
  mapWeight?: number;
  /** An entry of the table `optimizers`. */
  optimizer: { name: string; options: unknown };
  /** Largest norm of all gradients together; larger ones are scaled down to it. */
  clipNorm?: number | undefined;
  /** Last stage of the architecture that does not learn, or "backbone": all but the head. */
  freeze?: string | undefined;
  /** Predictions and export use an exponential moving average of the weights, of which a step keeps the share `decay`. */
  average?: { decay: number } | undefined;
  /** For the first weights. */
  rng: Rng;
  /** Threads of the network; by default one per core. */
  threads?: number;
  /** blocked: ONNX Runtime's fastest kernels where this machine has them, the default; portable: ONNX as it is. */
  layout?: "blocked" | "portable";
  /** Instead of random weights. */
  weights?: NamedTensors;
  /** Instead of those of the random weights that have these names; the others stay random. */
  initial?: NamedTensors;
}

/** A network that learns: one step after the other, with predictions and checkpoints in between. */
export interface Trainer {
  /** Numbers that training changes: all parameters that learn, without running statistics. */
  readonly parameterCount: number;
  /** One step on exactly `batchSize` rows; where a figure is not finite, the weights stay as they were. All figures are those before the update; the norm is that before clipping. */
  step(batch: Batch, learningRate: number, rng: Rng): Promise<StepResult>;
  /** Logits of any number of rows with the weights of `tensors`   // [rows, c, h, w] -> [rows] */
  predict(x: Float32Array, rows: number): Promise<Float32Array>;
  /** Parameters and running statistics for use, averaged where an average is kept: not copies. A step may move the numbers elsewhere: read `data` anew after it. */
  tensors(): NamedTensors;
  /** Everything that training changes, for a checkpoint: not copies, as `tensors`. */
  state(): TrainerState;
  /** Goes on from a state, bit for bit; its numbers are copied. A UserError where it is another run's: nothing changes then. */
  load(state: TrainerState): void;
  /** Puts other weights in, such as the best epoch's, for use and for further steps; the optimizer stays as it is. */
  restore(tensors: NamedTensors): void;
  /** Frees its memory and its threads. */
  release(): Promise<void>;
}

/** A network with its loss and optimizer, ready to learn. Throws a UserError for unknown names and unfit weights. */
export async function createTrainer(recipe: NetworkRecipe, options: TrainerOptions): Promise<Trainer> {
  const { batchSize, accumulate: passes = 1, clipNorm } = options;
  requireParts(batchSize, passes);
  const rows = batchSize / passes;
  const optimizer = chooseOptimizer(options.optimizer);

  const block = options.layout === "portable" ? 0 : await blockWidth();
  const training = buildNetwork(recipe, "training", rows, { freeze: options.freeze, block });
  const [perSample, perCell] = [options.loss, options.cellLoss ?? options.loss].map((of) => lossIn(training.graph, of));
  buildTrainingGraph(training, rows, perSample!, passes, options.mapWeight, perCell);
  const inference = buildNetwork(recipe, "inference", "batch", { block });
  inference.graph.output(inference.logit, "logit");

  const { net } = training;
  const tensors = initialTensors(net, options.rng);
  const given = options.weights ?? (options.initial && { ...tensors, ...options.initial });
  if (given !== undefined) {
    requireTensors(net, given);
    copyTensors(given, tensors);
  }
  const moving = [...net.learning.map(({ name }) => name), ...net.updates.keys()];
  const living = Object.fromEntries(moving.map((name) => [name, tensors[name]!]));
  const average = options.average && averageOf(living, options.average.decay);
  const used = { ...tensors, ...average?.tensors };
  const state = () => ({
    step: update.steps,
    tensors: {
      ...under("network", tensors),
      ...under("optimizer", update.slots),
      ...under("average", average?.tensors ?? {}),
    },
  });

  const backward = await openBackwardPass(training, { ...options, passes });
  const buffers = parameterBuffers(net, tensors, options);
  const update = optimizer.open(buffers, backward.gradients, options.threads);
  const predictor = await createSession(inference.graph.toModel(), options);
  const { channels, height, width } = recipe.input;
  const row = channels * height * width;

  return {
    parameterCount: net.learning.reduce((sum, { name }) => sum + tensors[name]!.data.length, 0),
    async step(batch, learningRate, rng) {
      const result = await backward.run(batch, tensors, rng);
      // A diverged step would ruin the weights for good: they stay as they are, and the loop says what happened.
      if (!Number.isFinite(result.loss) || !Number.isFinite(result.gradientNorm)) return result;
      if (clipNorm !== undefined && result.gradientNorm > clipNorm)
        scale(backward.gradients, clipNorm / result.gradientNorm);
      await update.step(backward.gradients, learningRate);
      for (const [name, { data }] of Object.entries(backward.statistics)) tensors[name]!.data.set(data);
      average?.follow(update.steps);
      return result;
    },

    async predict(x, count) {
      requireRows(x, count, row);
      const logits = new Float32Array(count);
      for (let start = 0; start < count; start += rows) {
        const end = Math.min(count, start + rows);
        const part = {
          shape: [end - start, channels, height, width],
          data: x.subarray(start * row, end * row),
        };
        await predictor.run(
          { x: part, ...used },
          { logit: { shape: [end - start], data: logits.subarray(start, end) } },
        );
      }
      return logits;
    },

    tensors: () => used,
    state,
    load(saved) {
      copyState(saved, state().tensors);
      update.steps = saved.step;
    },
    restore(saved) {
      requireTensors(net, saved);
      for (const own of [tensors, used]) copyTensors(saved, own);
    },
    async release() {
      await update.close?.();
      await backward.release();
      await predictor.release();
    },
  };
}

function parameterBuffers(
  net: NetworkBuilder,
  tensors: Record<string, LivingTensor>,
  options: TrainerOptions,
): ParameterBuffer[] {
  const learning = net.learning.map(({ name }) => name);
  const rateFactor = rateFactors(
    net.parameters.map(({ name }) => name),
    (name) => !learning.includes(name),
    options,
  );
  // Biases and normalisations have one axis: pulling them towards 0 is no regularisation (Goyal et al., 2017).
  return net.learning.map(({ name, shape }) => ({
    name,
    shape,
    get data() {
      return tensors[name]!.data;
    },
    set data(data) {
      tensors[name]!.data = data;
    },
    rateFactor: rateFactor(name),
    decays: shape.length > 1,
  }));
}

function requireParts(batchSize: number, parts: number): void {
  if (Number.isInteger(batchSize / parts) && parts >= 1) return;
  throw new UserError(
    "bad-options",
    `A batch of ${batchSize} cannot be split into ${parts} equal parts. Choose a batch size that is a multiple of --accumulate.`,
  );
}

function scale(tensors: readonly LivingTensor[], factor: number): void {
  for (const { data: array } of tensors) for (let i = 0; i < array.length; i++) array[i] = array[i]! * factor;
}
