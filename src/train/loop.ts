import { UserError } from "../core/errors.ts";
import type { Rng } from "../core/rng.ts";
import { labelsOf, type Sample, type Samples } from "../core/sample.ts";
import type { Preparer } from "../data/batches.ts";
import { count } from "../data/listing.ts";
import { type Classes, classesOf } from "../imbalance/classes.ts";
import { drawRows } from "../imbalance/drawRows.ts";
import type { Plan } from "../imbalance/plan.ts";
import { correctPrior } from "../imbalance/posterior.ts";
import { rocAuc } from "../metrics/curves.ts";
import { rank } from "../metrics/ranked.ts";
import { sigmoid } from "../metrics/scores.ts";
import type { Trainer } from "../nn/network.ts";
import type { Schedule } from "../nn/schedules/index.ts";
import { type EarlyStoppingState, freshEarlyStopping, watch } from "./callbacks/earlyStopping.ts";
import type { EpochRecord, TrainEvent } from "./events.ts";
import { predictSamples } from "./predictSamples.ts";
import type { Recipe } from "./recipe.ts";

/** What a checkpoint keeps beside the tensors: enough to go on as if nothing had happened. */
export interface LoopState {
  /** The epoch to run, or to go on with. */
  readonly epoch: number;
  /** What is done of it. */
  readonly soFar: EpochSoFar;
  readonly history: readonly EpochRecord[];
  readonly earlyStopping: EarlyStoppingState;
}

/** Sums over the steps of an epoch that has not ended. */
interface EpochSoFar {
  readonly steps: number;
  readonly loss: number;
  readonly correct: number;
  readonly rows: number;
  /** Of the last step. */
  readonly learningRate: number;
  readonly seconds: number;
  readonly stepSeconds: number;
}

const freshEpoch: EpochSoFar = {
  steps: 0,
  loss: 0,
  correct: 0,
  rows: 0,
  learningRate: 0,
  seconds: 0,
  stepSeconds: 0,
};

export const freshLoop: LoopState = { epoch: 0, soFar: freshEpoch, history: [], earlyStopping: freshEarlyStopping };

export type LoopPlan = Pick<Plan, "draw" | "sampleWeights" | "priorShift">;

export interface LoopInput {
  readonly recipe: Recipe;
  readonly trainer: Trainer;
  /** With augmentation, for train; without, for validation. */
  readonly preparer: Preparer;
  readonly train: Samples<"train">;
  readonly validation: Samples<"validation">;
  /** What is done about an imbalance of `train`: the parts of a plan that the loop carries out. */
  readonly plan: LoopPlan;
  readonly schedule: Schedule;
  readonly rng: Rng;
  readonly start: LoopState;
  /** Aborted by Ctrl-C: the loop ends after the step in progress, with the best so far. */
  readonly signal: AbortSignal;
  /** Milliseconds, from any fixed point. */
  readonly clock: () => number;
  /** Minutes between two checkpoints within an epoch; 0: after every step. */
  readonly checkpointEvery: number;
  /** Writes the checkpoint: at the end of every epoch before its event, within it, and when interrupted. */
  readonly keep: (state: LoopState, improved: boolean) => Promise<void>;
}

/**
 * The training loop, as a story of events; everything that listens stands outside. Random streams are named by epoch
 * and step, so a run that goes on from a checkpoint sees the numbers that it would have seen.
 */
export async function* trainingLoop(input: LoopInput): AsyncGenerator<TrainEvent> {
  const { recipe, trainer, preparer, train, plan, schedule, rng, start, signal, clock } = input;
  const stepsPerEpoch = stepsOf(rowsOf(train, plan), recipe);
  const classes = plan.draw && classesOf(train);
  const weightsOf = rowWeights(train, plan);
  yield {
    type: "start",
    epochs: recipe.epochs,
    stepsPerEpoch,
    batchSize: recipe.batchSize,
    parameters: trainer.parameterCount,
    epoch: start.epoch,
    step: start.soFar.steps,
  };

  let { soFar, history, earlyStopping } = start;
  let kept = clock();
  for (let epoch = start.epoch; epoch < recipe.epochs; epoch++) {
    if (isOver(earlyStopping, recipe)) break;
    const began = clock() - 1000 * soFar.seconds;
    const epochRng = rng.fork(`epoch/${epoch}`);
    const monitored = history.map((record) => record.validationLoss);
    let ready = clock();
    const shown =
      classes === undefined ? shownIn(epoch, train, recipe) : drawn(train, classes, plan.draw!, { rng, epochRng });
    const stretch = stepsPerEpoch / stepsOf(shown.length, recipe);
    const batches = preparer.batches(shown, {
      size: recipe.batchSize,
      rng: epochRng.fork("order"),
      shuffle: true,
      dropLast: true,
      augmentKey: `epoch/${epoch}`,
      from: soFar.steps,
    });
    for await (const batch of batches) {
      if (signal.aborted) {
        await input.keep({ epoch, soFar, history, earlyStopping }, false);
        return void (yield interrupted(earlyStopping, `in epoch ${epoch + 1} after step ${soFar.steps}`));
      }
      const step = soFar.steps;
      const learningRate = recipe.learningRate * schedule.at(epoch * stepsPerEpoch + step * stretch, monitored);
      const started = clock();
      const result = await trainer.step(
        {
          x: batch.x,
          labels: batch.labels,
          ...(weightsOf && { weights: weightsOf(batch.samples) }),
          ...(batch.cells && { cells: batch.cells }),
        },
        learningRate,
        epochRng.fork(`step/${step}`),
      );
      const ended = clock();
      const seconds = (ended - started) / 1000;
      assertFinite(result, epoch, step, recipe, learningRate);
      soFar = {
        steps: step + 1,
        loss: soFar.loss + result.loss,
        correct: soFar.correct + countCorrect(result.logits, batch.labels),
        rows: soFar.rows + batch.labels.length,
        learningRate,
        seconds: (ended - began) / 1000,
        stepSeconds: soFar.stepSeconds + seconds,
      };
      yield {
        type: "step",
        epoch,
        step,
        loss: result.loss,
        gradientNorm: result.gradientNorm,
        learningRate,
        seconds,
        waited: (started - ready) / 1000,
      };
      if (ended - kept >= 60_000 * input.checkpointEvery) {
        await input.keep({ epoch, soFar, history, earlyStopping }, false);
        kept = clock();
      }
      ready = clock();
    }
    const validation = await validate(input);
    const record: EpochRecord = {
      epoch,
      loss: soFar.loss / Math.max(1, soFar.steps),
      accuracy: soFar.correct / Math.max(1, soFar.rows),
      ...validation,
      learningRate: soFar.learningRate,
      seconds: (clock() - began) / 1000,
      stepSeconds: soFar.stepSeconds,
    };
    const { improved, ...watched } = watch(
      earlyStopping,
      recipe.earlyStopping,
      epoch,
      record[recipe.earlyStopping.monitor],
    );
    earlyStopping = watched;
    history = [...history, record];
    soFar = freshEpoch;
    await input.keep({ epoch: epoch + 1, soFar, history, earlyStopping }, improved);
    kept = clock();
    yield { type: "epoch", improved, ...record };
    if (signal.aborted) return void (yield interrupted(earlyStopping, `after epoch ${epoch + 1}`));
  }
  const { bestEpoch } = earlyStopping;
  if (isOver(earlyStopping, recipe)) {
    const sentence = `No improvement of ${recipe.earlyStopping.monitor} for ${count(recipe.earlyStopping.patience, "epoch")}; the best was epoch ${bestEpoch + 1}.`;
    yield { type: "stop", because: "early-stopping", sentence, bestEpoch };
  } else
    yield {
      type: "stop",
      because: "finished",
      sentence: `${recipe.epochs === 1 ? "The one epoch is" : `All ${recipe.epochs} epochs are`} done; the best was epoch ${bestEpoch + 1}.`,
      bestEpoch,
    };
}

/** Whole batches alone: the rest of the rows waits for another epoch's order. */
export function stepsOf(rows: number, { batchSize }: Recipe): number {
  return Math.floor(rows / batchSize);
}

/** Rows of an epoch. */
export function rowsOf(train: Samples<"train">, { draw }: LoopPlan): number {
  return draw === undefined ? train.length : draw.real + draw.fake;
}

/** Their random stream is named by the epoch, so that a run that goes on draws what it would have drawn. */
function drawn(
  train: Samples<"train">,
  classes: Classes,
  draw: NonNullable<Plan["draw"]>,
  { rng, epochRng }: { readonly rng: Rng; readonly epochRng: Rng },
): Samples<"train"> {
  const own = (draw.redraw === "once" ? rng : epochRng).fork("draw");
  return Array.from(drawRows(classes, draw, own), (row) => train[row]!) as unknown as Samples<"train">;
}

/** The factor of each row of a batch, however often and in whichever order rows come. */
function rowWeights(train: Samples<"train">, { sampleWeights }: LoopPlan) {
  if (sampleWeights === undefined) return undefined;
  const weights = new Map<Sample, number>(train.map((sample, row) => [sample, sampleWeights[row]!]));
  return (batch: readonly Sample[]) => Float32Array.from(batch, (sample) => weights.get(sample)!); // [batch]
}

/**
 * What an epoch sees: in the curriculum's epochs the easy pictures alone. Such an epoch is shorter, and takes as large
 * a part of the schedule. Throws UserError where a batch cannot be filled with them.
 */
function shownIn(epoch: number, train: Samples<"train">, recipe: Recipe): Samples<"train"> {
  const { curriculum } = recipe;
  if (curriculum === undefined || epoch >= curriculum.epochs) return train;
  const easy = train.filter(({ facts }) => curriculum.laundering.includes(facts?.laundering ?? ""));
  if (easy.length >= recipe.batchSize) return easy as unknown as Samples<"train">;
  const known = [...new Set(train.flatMap(({ facts }) => facts?.laundering ?? []))].sort();
  throw new UserError(
    "bad-options",
    `The curriculum's pictures (laundering ${curriculum.laundering.join(", ")}) do not fill a batch: the train split has ${easy.length}. ` +
      (known.length > 0
        ? `Name levels of ${known.join(", ")}, or leave curriculum out of the recipe.`
        : "This dataset's manifest says nothing of laundering: leave curriculum out of the recipe."),
  );
}

/** Nothing is left to do from this state on. */
export function hasEnded({ epoch, earlyStopping }: LoopState, recipe: Recipe): boolean {
  return epoch >= recipe.epochs || isOver(earlyStopping, recipe);
}

function isOver(state: EarlyStoppingState, { earlyStopping }: Recipe): boolean {
  return state.epochsWithoutImprovement >= earlyStopping.patience;
}

function interrupted({ bestEpoch }: EarlyStoppingState, where: string): TrainEvent {
  const best = bestEpoch < 0 ? "" : `; the best so far was epoch ${bestEpoch + 1}`;
  const sentence = `Interrupted ${where}${best}. Go on from there with --resume.`;
  return { type: "stop", because: "interrupted", sentence, bestEpoch };
}

/** Rows that probability .5 puts on the right side. */
function countCorrect(logits: Float32Array, labels: Float32Array): number {
  return logits.reduce((count, logit, row) => count + (logit >= 0 === (labels[row] === 1) ? 1 : 0), 0);
}

/**
 * Loss and accuracy at probability .5, and ROC AUC, of the validation split under the current weights. Validation has
 * the prior as it is: what a plan moved is put back first, or the loss would choose the epoch that moved it least.
 */
async function validate({ trainer, preparer, validation, recipe, plan }: LoopInput) {
  const trained = await predictSamples(trainer, preparer, validation, recipe.batchSize);
  const logits = correctPrior(trained, plan.priorShift);
  const labels = labelsOf(validation);
  let loss = 0;
  let correct = 0;
  for (const [row, logit] of logits.entries()) {
    // -log sigmoid(z), z = the logit with the label's sign: log(1 + e^-z), stable on both sides
    const z = labels[row] === 1 ? logit : -logit;
    loss += Math.max(-z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    correct += z > 0 ? 1 : 0;
  }
  const auc = rocAuc(rank({ labels, probabilities: logits.map(sigmoid) }));
  return {
    validationLoss: loss / logits.length,
    validationAccuracy: correct / logits.length,
    validationRocAuc: typeof auc === "number" ? auc : null,
  };
}

function assertFinite(
  { loss, gradientNorm }: { loss: number; gradientNorm: number },
  epoch: number,
  step: number,
  recipe: Recipe,
  learningRate: number,
): void {
  if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return;
  const what = Number.isFinite(loss) ? `the gradient became ${gradientNorm}` : `the loss became ${loss}`;
  const next =
    recipe.clipNorm === undefined
      ? `try a smaller --learning-rate, or set "clipNorm": 1 in the recipe`
      : "try a smaller --learning-rate";
  throw new UserError(
    "diverged",
    `Training diverged in epoch ${epoch + 1}, step ${step + 1}: ${what}. The likely cause is the learning rate (${learningRate.toPrecision(3)}): ${next}. The best weights so far are kept.`,
  );
}
