import { basename } from "node:path";
import { UserError } from "../core/errors.ts";
import { createRng } from "../core/rng.ts";
import { lookUp } from "../core/table.ts";
import { machineMemory } from "../data/machineMemory.ts";
import type { Dataset } from "../data/manifest.ts";
import { openSplit, type SplitFile } from "../data/splitFile.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { modelTensors, readModelFile } from "../model/modelFile.ts";
import type { Trainer } from "../nn/network.ts";
import { type ScheduleEntry, schedules } from "../nn/schedules/index.ts";
import type { ReportData } from "../report/reportData.ts";
import { checkpointMinutes, requireMinutes } from "../train/checkpointMinutes.ts";
import type { EpochRecord, StopReason } from "../train/events.ts";
import { freshLoop, hasEnded, type LoopState, stepsOf, trainingLoop } from "../train/loop.ts";
import type { Recipe } from "../train/recipe.ts";
import {
  type Checkpoint,
  readCheckpoint,
  requireSameDataset,
  requireSameRecipe,
  saveCheckpoint,
} from "./checkpoint.ts";
import { chooseLayout, type LayoutChoice } from "./chooseLayout.ts";
import { circumstancesOf, otherBits } from "./circumstances.ts";
import { findPlaces, finishModel, provisionalModel } from "./finishModel.ts";
import { fitInput, networkOf } from "./fitInput.ts";
import { freeRunPath, openRunFolder, type RunFolder } from "./folder.ts";
import { initialWeights, requireUnseen } from "./initialWeights.ts";
import { readKnown } from "./knownFacts.ts";
import { openLearner, withoutVainAugmentation } from "./learner.ts";
import { reportRun } from "./reportRun.ts";
import { requireMemory } from "./requireMemory.ts";
import type { RunEvent } from "./runEvents.ts";

export interface TrainRunInput {
  /** Folder, CSV or JSONL. */
  readonly dataset: string;
  readonly recipe: Recipe;
  /** As the user typed it, for the report. */
  readonly command: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly resume?: boolean;
  readonly groupBy?: string;
  readonly workers?: number;
  readonly threads?: number;
  readonly layout?: LayoutChoice;
  /** Minutes between two checkpoints within an epoch; 0: after every step. */
  readonly checkpointEvery?: number;
  readonly signal: AbortSignal;
}

export interface TrainRunResult {
  readonly folder: RunFolder;
  readonly stop: StopReason;
  readonly report: ReportData;
}

/** One run from dataset to report: read, split, train, calibrate, set the thresholds, look at test, write it down. */
export async function trainRun(given: TrainRunInput, listen: (event: RunEvent) => void): Promise<TrainRunResult> {
  const { recipe, sentence: otherwise } = withoutVainAugmentation(given.recipe);
  const input = { ...given, recipe };
  const { signal, force = false } = input;
  const stage =
    (name: string) =>
    (done = 0, of = 0) =>
      listen({ type: "stage", name, done, of });

  if (otherwise !== undefined) stage(otherwise)();
  const { checkpointEvery = checkpointMinutes } = input;
  requireMinutes(checkpointEvery);
  const { layout, sentence: layoutSentence } = await chooseLayout(input.layout);
  if (layoutSentence !== undefined) stage(layoutSentence)();
  requireMemory(recipe, machineMemory());
  let unfinished = input.resume === true ? await openUnfinished(input) : undefined;
  const weights = recipe.weights === undefined ? undefined : await initialWeights(recipe.weights, networkOf(recipe));
  if (weights !== undefined) stage(weights.sentence)();
  stage(`Reading ${input.dataset}`)();
  const dataset = await readKnown(input.dataset, {
    codec: sharpCodec,
    onProgress: stage("Reading pictures"),
    ...(input.groupBy === undefined ? {} : { groupBy: input.groupBy }),
  });
  if (unfinished !== undefined) requireSameDataset(unfinished.path, unfinished.checkpoint, dataset.manifestSha256);
  const splitFile = await openSplit(dataset, { kind: recipe.split, seed: recipe.seed });
  if (weights !== undefined) requireUnseen(weights, splitFile.split, dataset);
  const { train } = splitFile.split.parts;
  if (train.length < recipe.batchSize)
    throw new UserError(
      "bad-dataset",
      `The train split has ${train.length} pictures, fewer than one batch of ${recipe.batchSize}. Add pictures, or pass a smaller --batch-size.`,
    );
  const folder = unfinished?.folder ?? (await openRunFolder(input.out ?? (await freeRunPath(recipe.name)), { force }));
  const threading = input.workers === undefined ? {} : { workers: input.workers };
  const { input: recipeInput, network } = await fitInput({
    recipe,
    dataset,
    train,
    known: unfinished?.checkpoint.input,
    ...threading,
    onProgress: stage("Measuring the input's mean and deviation"),
  });
  const rng = createRng(`train/${recipe.seed}`);
  const learner = await openLearner({
    recipe,
    dataset,
    input: recipeInput,
    network,
    options: {
      batchSize: recipe.batchSize,
      loss: recipe.loss,
      optimizer: recipe.optimizer,
      rng: rng.fork("weights"),
      ...(weights === undefined ? {} : { initial: weights.tensors }),
      clipNorm: recipe.clipNorm,
      accumulate: recipe.accumulate,
      freeze: recipe.freeze,
      backboneRate: recipe.backboneRate,
      rates: recipe.rates,
      average: recipe.average,
      layout,
      ...(input.threads === undefined ? {} : { threads: input.threads }),
    },
    stage,
    ...threading,
  });
  const { trainer } = learner;
  const identity = { recipe, manifestSha256: dataset.manifestSha256 };
  const circumstances = circumstancesOf({ ...input, layout });
  const started = performance.now();
  let history: readonly EpochRecord[];
  let stop: StopReason = "finished";
  let stopSentence = "";
  let bestEpoch = 0;
  try {
    const start = unfinished?.checkpoint.loop ?? freshLoop;
    history = start.history;
    if (unfinished !== undefined) {
      trainer.load(unfinished.checkpoint.trainer);
      const warning = otherBits(unfinished.checkpoint.circumstances, circumstances);
      if (warning !== undefined) stage(warning)();
      unfinished = undefined; // its tensors are as large as the trainer's own
    }
    // Only now: a resume that is refused leaves the folder as it was.
    await folder.reopen();
    await folder.write(
      "config.json",
      `${JSON.stringify({ command: input.command, dataset: input.dataset, recipe }, null, 2)}\n`,
    );
    await folder.write("manifest.json", `${JSON.stringify(manifestBody(dataset, splitFile), null, 1)}\n`);
    const draft = provisionalModel({ recipe, dataset, splitFile, input: recipeInput, network, weights });
    const inLoop = await learner.ready(splitFile.split.parts, signal);
    const schedule = (lookUp(schedules, "schedule", recipe.schedule.name) as ScheduleEntry).create(
      recipe.schedule.options,
      {
        stepsPerEpoch: stepsOf(inLoop.train, recipe),
        epochs: recipe.epochs,
      },
    );
    const keep = async (state: LoopState, improved: boolean) => {
      history = state.history;
      if (improved) await draft.save(folder.bestModel, trainer.tensors());
      await saveCheckpoint(folder.lastCheckpoint, {
        trainer: trainer.state(),
        loop: state,
        identity,
        circumstances,
        input: recipeInput,
      });
      await folder.writeResults(history);
    };
    const clock = () => performance.now();
    for await (const event of trainingLoop({
      recipe,
      trainer,
      preparer: learner.preparer,
      ...inLoop,
      schedule,
      rng,
      start,
      signal,
      clock,
      checkpointEvery,
      keep,
    })) {
      listen(event);
      if (event.type !== "step") await folder.log(event);
      if (event.type === "stop") [stop, stopSentence, bestEpoch] = [event.because, event.sentence, event.bestEpoch];
    }
    if (history.length === 0)
      throw new UserError("interrupted", `${stopSentence} There is no model yet: the first epoch has not ended.`);
    await restoreBest(trainer, folder, recipe);
    const judge = await learner.judge(folder.bestModel);
    stage("Calibrating, and choosing the thresholds")();
    const path = folder.bestModel;
    const finished = await finishModel(draft, { trainer, judge, splitFile, recipe, path });
    const onProgress = stage("Choosing the pixel threshold");
    const metadata =
      recipe.fit === "tiles"
        ? await findPlaces(finished.metadata, { trainer, splitFile, root: dataset.root, path, onProgress })
        : finished.metadata;
    const training = {
      epochs: history,
      bestEpoch,
      stoppedBecause: stopSentence,
      seconds: (performance.now() - started) / 1000,
    };
    const report = await reportRun({
      dataset,
      splitFile,
      recipe,
      folder,
      predictor: judge.predictor,
      openInputs: judge.openInputs,
      metadata,
      training,
      command: input.command,
      stage,
      ...threading,
    });
    return { folder, stop, report };
  } finally {
    await learner.close();
  }
}

/** The run to go on with, held against the recipe before any picture is read. Throws UserError where it has ended. */
async function openUnfinished({ out, recipe }: TrainRunInput) {
  if (out === undefined)
    throw new UserError("usage", "Which run goes on? Name its folder: --resume --out runs/<name>.");
  const folder = await openRunFolder(out, { resume: true });
  const path = folder.lastCheckpoint;
  const checkpoint: Checkpoint = await readCheckpoint(path);
  requireSameRecipe(path, checkpoint, recipe);
  if (hasEnded(checkpoint.loop, recipe) && folder.hasEnded())
    throw new UserError("exists", endedSentence(out, folder, checkpoint.loop, recipe));
  return { folder, path, checkpoint };
}

function endedSentence(out: string, { report }: RunFolder, { epoch, earlyStopping }: LoopState, { epochs }: Recipe) {
  const early = `stopped early after epoch ${epoch}. For more, start anew with a larger --patience and another --out`;
  const how = epoch < epochs ? early : `done all ${epochs} epochs. For more, pass a larger --epochs`;
  return `There is nothing to resume: the run in ${out} has ${how}. Its best was epoch ${earlyStopping.bestEpoch + 1}; its report is ${report}.`;
}

/** The best epoch's weights stand in the best model; the last epoch's are in the trainer. */
async function restoreBest(trainer: Trainer, folder: RunFolder, { earlyStopping }: Recipe): Promise<void> {
  if (earlyStopping.restoreBest) trainer.restore(modelTensors(await readModelFile(folder.bestModel)));
}

/** manifest.json: what the run has seen, picture by picture. */
function manifestBody(dataset: Dataset, { split }: SplitFile): object {
  const partOf = new Map(
    Object.entries(split.parts).flatMap(([part, samples]) => samples.map((sample) => [sample.path, part] as const)),
  );
  return {
    schemaVersion: 1,
    dataset: basename(dataset.root),
    manifestSha256: dataset.manifestSha256,
    groupedBy: dataset.groupedBy,
    samples: dataset.samples.map((sample) => ({ ...sample, part: partOf.get(sample.path) })),
  };
}
