import type { Rng } from "../core/rng.ts";
import { labelsOf, type Samples } from "../core/sample.ts";
import type { Plan, PriorShift } from "../imbalance/plan.ts";
import { buildNetwork } from "../nn/build.ts";
import { initialTensors } from "../nn/builder.ts";
import { createTrainer, type Trainer, type TrainerState } from "../nn/network.ts";
import { foldHead, type Head, headArchitecture, headLogits, type Scale } from "./head.ts";
import { makeRows, rowStream } from "./rowStream.ts";

/** The same for every strategy, seed, fold and member. */
export interface HeadRecipe {
  /** Hidden units; 0: a linear head. */
  readonly units: number;
  /** Of the optimizer, at most. */
  readonly steps: number;
  /** Passes over the rows that a head may ever see, at most: a member of fifty rows knows them by then. */
  readonly passes: number;
  readonly batchSize: number;
  /** Before the cosine, which brings it to 0. */
  readonly learningRate: number;
  /** Share of a weight that a step of the full rate takes away. */
  readonly weightDecay: number;
}

export const headRecipe: HeadRecipe = {
  units: 0,
  steps: 600,
  passes: 150,
  batchSize: 256,
  learningRate: 0.02,
  weightDecay: 0.1,
};

/** Whatever the number of rows: below it no head gets where it goes. */
const fewestSteps = 150;
/** Looks at validation in the course of a training, beside those after 1, 2, 4, 8, … steps: few fakes are soon overfitted. */
const looks = 20;
const isPowerOfTwo = (n: number) => (n & (n - 1)) === 0;
/** Trainers kept for the next head of the same shape and loss: opening one takes as long as fifty steps. */
const mostKept = 6;

export interface HeadTask {
  readonly train: Samples<"train">;
  /** Scaled vectors of the train part   // [train, width] */
  readonly x: Float32Array;
  readonly plan: Plan;
  readonly member: { readonly rows?: Int32Array; readonly priorShift: PriorShift };
  /** Scaled vectors and labels that say when to stop   // [validation, width], [validation] */
  readonly validation: { readonly x: Float32Array; readonly labels: Uint8Array };
  readonly scale: Scale;
  readonly rng: Rng;
}

export interface TrainedHead {
  readonly head: Head;
  /** Rows that the optimizer went through. */
  readonly rowsSeen: number;
  /** Numbers that training holds beside the table: vectors, made-up rows, weights and the optimizer's moments. */
  readonly numbersHeld: number;
}

/** Heads of one width, one after the other, by one thread. */
export interface HeadTraining {
  train(task: HeadTask): Promise<TrainedHead>;
  release(): Promise<void>;
}

/**
 * As many steps as the recipe says, by one rule for all strategies, and of the weights on the way those whose log loss
 * on validation is lowest, the prior corrected: validation has no more fakes than the ratio says. All start from the
 * same weights and, once the prior is corrected, from the same answer, the base rate of the ratio: else a strategy that
 * leaves the prior as it is would spend its steps on learning that fakes are rare.
 */
export function openHeadTraining(width: number, recipe: HeadRecipe): HeadTraining {
  const { units, batchSize, learningRate } = recipe;
  const network = { architecture: headArchitecture(units), input: { channels: width, height: 1, width: 1 } };
  const kept = new Map<string, { trainer: Trainer; fresh: TrainerState }>();

  async function trainerOf(
    loss: { readonly name: string; readonly options: unknown },
    bias: number,
    rng: Rng,
  ): Promise<Trainer> {
    const key = JSON.stringify(loss);
    let found = kept.get(key);
    if (found === undefined) {
      const trainer = await createTrainer(network, {
        batchSize,
        threads: 1,
        layout: "portable",
        loss,
        optimizer: { name: "adamw", options: { weightDecay: recipe.weightDecay } },
        rng,
      });
      const { step, tensors } = trainer.state();
      const copy = Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]);
      found = { trainer, fresh: { step, tensors: Object.fromEntries(copy) } };
    }
    kept.delete(key);
    kept.set(key, found);
    for (const [oldest, { trainer }] of kept) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
      await trainer.release();
    }
    const { trainer, fresh } = found;
    const first = initialTensors(buildNetwork(network, "inference", "batch").net, rng);
    first["head.logit.bias"]!.data[0] = bias;
    const own = Object.entries(first).map(([name, tensor]) => [`network/${name}`, tensor] as const);
    trainer.load({ step: fresh.step, tensors: { ...fresh.tensors, ...Object.fromEntries(own) } });
    return trainer;
  }

  return {
    async train({ train, x, plan, member, validation, scale, rng }) {
      const fakes = validation.labels.reduce((sum, label) => sum + label, 0);
      const baseRate = Math.log(fakes / (validation.labels.length - fakes));
      const trainer = await trainerOf(
        plan.loss ?? { name: "crossEntropy", options: {} },
        baseRate + member.priorShift.logOdds,
        rng.fork("weights"),
      );
      const made =
        plan.resampleFeatures === undefined
          ? new Float32Array(0)
          : makeRows(train, x, width, plan.resampleFeatures, rng.fork("made up"));
      const stream = rowStream(train, plan, { rows: member.rows, made: made.length / width }, rng.fork("rows"));
      const labels = labelsOf(train);
      const weights = plan.sampleWeights;
      const batch = {
        x: new Float32Array(batchSize * width),
        labels: new Float32Array(batchSize),
        weights: new Float32Array(batchSize).fill(1),
      };
      const rowOf = (row: number) =>
        row < train.length
          ? x.subarray(row * width, (row + 1) * width)
          : made.subarray((row - train.length) * width, (row - train.length + 1) * width);
      const seen =
        member.rows?.length ?? (plan.draw?.redraw === "once" ? plan.draw.real + plan.draw.fake : train.length);
      const fewest = Math.min(fewestSteps, recipe.steps);
      const steps = Math.max(fewest, Math.min(recipe.steps, Math.round((recipe.passes * seen) / batchSize)));
      let best = Number.POSITIVE_INFINITY;
      let head: Head | undefined;
      const every = Math.max(1, Math.round(steps / looks));
      for (let step = 0; step < steps; step++) {
        for (let i = 0; i < batchSize; i++) {
          const row = stream.next().value;
          batch.x.set(rowOf(row), i * width);
          batch.labels[i] = row < train.length ? labels[row]! : 1;
          if (weights !== undefined) batch.weights[i] = weights[row]!;
        }
        await trainer.step(batch, (learningRate * (1 + Math.cos((Math.PI * step) / steps))) / 2, rng);
        if ((step + 1) % every !== 0 && step + 1 < steps && !isPowerOfTwo(step + 1)) continue;
        const loss = lossOn(validation, trainer, member.priorShift);
        if (loss < best) [best, head] = [loss, foldHead(trainer.tensors(), units, width, scale)];
      }
      const weightsHeld = 3 * trainer.parameterCount;
      const rowsHeld = (member.rows?.length ?? train.length) * width + made.length;
      return {
        head: head ?? foldHead(trainer.tensors(), units, width, scale),
        rowsSeen: steps * batchSize,
        numbersHeld: weightsHeld + rowsHeld,
      };
    },
    async release() {
      for (const { trainer } of kept.values()) await trainer.release();
      kept.clear();
    },
  };

  /** Mean -ln p of the truth, the prior corrected. */
  function lossOn({ x, labels }: HeadTask["validation"], trainer: Trainer, { logOdds }: PriorShift): number {
    const plain = { mean: new Float64Array(width), deviation: new Float64Array(width).fill(1) };
    const every = Uint32Array.from(labels, (_, i) => i);
    const logits = headLogits(foldHead(trainer.tensors(), units, width, plain), units, x, width, every);
    let sum = 0;
    for (let i = 0; i < labels.length; i++) {
      const z = (labels[i] === 1 ? 1 : -1) * (logits[i]! - logOdds);
      sum += Math.max(-z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }
    return sum / labels.length;
  }
}
