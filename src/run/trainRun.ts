import { basename } from "node:path";
import { UserError } from "../core/errors.ts";
import { createRng } from "../core/rng.ts";
import { machineMemory } from "../data/machineMemory.ts";
import type { Dataset } from "../data/manifest.ts";
import { openSplit, type SplitFile } from "../data/splitFile.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { unmoved } from "../imbalance/plan.ts";
import type { ReportData } from "../report/reportData.ts";
import { checkpointMinutes, requireMinutes } from "../train/checkpointMinutes.ts";
import type { StopReason } from "../train/events.ts";
import { hasEnded, type LoopState } from "../train/loop.ts";
import type { Recipe } from "../train/recipe.ts";
import {
  type Checkpoint,
  readCheckpoint,
  requireSameDataset,
  requireSameEpochs,
  requireSameRecipe,
} from "./checkpoint.ts";
import { chooseLayout, type LayoutChoice } from "./chooseLayout.ts";
import { circumstancesOf } from "./circumstances.ts";
import { findPlaces, finishModel, provisionalModel } from "./finishModel.ts";
import { fitInput, networkOf } from "./fitInput.ts";
import { freeRunPath, openRunFolder, type RunFolder } from "./folder.ts";
import { initialWeights, requireUnseen } from "./initialWeights.ts";
import { readKnown } from "./knownFacts.ts";
import { type Learnt, learn } from "./learn.ts";
import { openLearner, withoutVainAugmentation } from "./learner.ts";
import { planRun, requireBothSides } from "./planRun.ts";
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
  const opened: RunFolder[] = [];
  const open: typeof openRunFolder = async (path, how) => {
    const folder = await openRunFolder(path, how);
    opened.push(folder);
    return folder;
  };
  try {
    return await trainIn(open, given, listen);
  } finally {
    for (const folder of opened) await folder.release();
  }
}

async function trainIn(
  open: typeof openRunFolder,
  given: TrainRunInput,
  listen: (event: RunEvent) => void,
): Promise<TrainRunResult> {
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
  let unfinished = input.resume === true ? await openUnfinished(open, input) : undefined;
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
  const { parts } = splitFile.split;
  const rng = createRng(`train/${recipe.seed}`);
  const ofPictures = planRun(recipe, parts.train, rng);
  requireBothSides(parts);
  const folder = unfinished?.folder ?? (await open(input.out ?? (await freeRunPath(recipe.name)), { force }));
  const threading = input.workers === undefined ? {} : { workers: input.workers };
  const { input: recipeInput, network } = await fitInput({
    recipe,
    dataset,
    train: parts.train,
    known: unfinished?.checkpoint.input,
    ...threading,
    onProgress: stage("Measuring the input's mean and deviation"),
  });
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
  const facts = {
    identity: { recipe, manifestSha256: dataset.manifestSha256 },
    circumstances: circumstancesOf({ ...input, layout }),
    input: recipeInput,
  };
  const started = performance.now();
  const begin = async () => {
    await folder.reopen();
    const config = { command: input.command, dataset: input.dataset, recipe };
    await folder.write("config.json", `${JSON.stringify(config, null, 2)}\n`);
    await folder.write("manifest.json", `${JSON.stringify(manifestBody(dataset, splitFile), null, 1)}\n`);
  };
  let learnt: Learnt | undefined;
  try {
    if (unfinished === undefined) await begin();
    const gathered = await learner.gather(parts, signal);
    // Of tiles, the rows of an epoch are crops, and what is rare among them is planned anew.
    const plan = recipe.fit === "tiles" ? planRun(recipe, gathered.train, rng) : ofPictures;
    learnt = await learn({
      ...{ recipe, learner, network, gathered, parts, plan, rng, folder, facts, begin, signal, checkpointEvery },
      takeCheckpoint() {
        const checkpoint = unfinished?.checkpoint;
        unfinished = undefined;
        return checkpoint;
      },
      draftOf: (built, priorShift) =>
        provisionalModel({
          ...{ recipe, dataset, splitFile, weights },
          // Of tiles the picture's logit is the pooling's, whatever a plan did to crops.
          priorShift: recipe.fit === "tiles" ? unmoved : priorShift,
          input: recipeInput,
          network: built,
        }),
      ...{ stage, listen },
    });
    const { history, bestEpoch, stop, sentence, tensors, draft } = learnt;
    const judge = await learner.judge(learnt, folder.bestModel);
    stage("Calibrating, and choosing the thresholds")();
    const path = folder.bestModel;
    const finished = await finishModel(draft, { tensors, judge, splitFile, recipe, path });
    const onProgress = stage("Choosing the pixel threshold");
    const metadata =
      recipe.fit === "tiles"
        ? await findPlaces(finished.metadata, { tensors, splitFile, root: dataset.root, path, onProgress })
        : finished.metadata;
    const training = {
      epochs: history,
      bestEpoch,
      stoppedBecause: sentence,
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
    await Promise.all([learner.close(), learnt?.release()]);
  }
}

/** The run to go on with, held against the recipe before any picture is read. Throws UserError where it has ended. */
async function openUnfinished(open: typeof openRunFolder, { out, recipe }: TrainRunInput) {
  if (out === undefined)
    throw new UserError("usage", "Which run goes on? Name its folder: --resume --out runs/<name>.");
  const folder = await open(out, { resume: true });
  const path = folder.lastCheckpoint;
  const checkpoint: Checkpoint = await readCheckpoint(path);
  requireSameRecipe(path, checkpoint, recipe);
  if (checkpoint.members !== undefined) requireSameEpochs(path, checkpoint, recipe);
  if (checkpoint.members !== undefined && folder.hasEnded())
    throw new UserError(
      "exists",
      `There is nothing to resume: all members of the run in ${out} are trained. Its report is ${folder.report}.`,
    );
  if (hasEnded(checkpoint.loop, recipe) && folder.hasEnded())
    throw new UserError("exists", endedSentence(out, folder, checkpoint.loop, recipe));
  return { folder, path, checkpoint };
}

function endedSentence(out: string, { report }: RunFolder, { epoch, earlyStopping }: LoopState, { epochs }: Recipe) {
  const early = `stopped early after epoch ${epoch}. For more, start anew with a larger --patience and another --out`;
  const how =
    epoch < epochs
      ? early
      : `done ${epochs === 1 ? "its one epoch" : `all ${epochs} epochs`}. For more, pass a larger --epochs`;
  return `There is nothing to resume: the run in ${out} has ${how}. Its best was epoch ${earlyStopping.bestEpoch + 1}; its report is ${report}.`;
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
