import { createRng } from "../core/rng.ts";
import type { Samples } from "../core/sample.ts";
import { type AugmentOptions, augmentOptions } from "../data/augment.ts";
import { openPreparer, type Preparer } from "../data/batches.ts";
import type { Dataset } from "../data/manifest.ts";
import type { ProtocolName } from "../data/protocols.ts";
import type { Split } from "../data/split.ts";
import { openFeatures } from "../features/features.ts";
import { createHeadTrainer, openFrozen } from "../features/headTrainer.ts";
import { makeRows } from "../features/makeRows.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import type { Plan, PriorShift } from "../imbalance/plan.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { type NamedNetwork, splitNetwork } from "../nn/build.ts";
import { type FixedNetwork, openFixedNetwork } from "../nn/fixedNetwork.ts";
import {
  createTrainer,
  type NamedTensors,
  type NetworkRecipe,
  type Trainer,
  type TrainerOptions,
} from "../nn/network.ts";
import type { InputRecipe } from "../representations/input.ts";
import type { Predictor } from "../train/predictSamples.ts";
import { keepsFeatures, type Recipe } from "../train/recipe.ts";
import { openTileLearner } from "./tileLearner.ts";

/** The samples that the loop goes through. */
export interface LoopSamples {
  readonly train: Samples<"train">;
  readonly validation: Samples<"validation">;
}

/** What networks of a run learn from, and how they are opened. */
export interface Learner {
  /** The split's own samples, or crops of them, which are cut now. */
  gather(parts: Split["parts"], signal: AbortSignal): Promise<LoopSamples>;
  /** A network that has learnt nothing yet; its tensors are those of the whole network. The caller releases it. */
  open(plan: Plan): Promise<Trainer>;
  /** Whatever can be done before the first epoch, the plan's made-up rows included. */
  ready(samples: LoopSamples, plan: Plan, parts: Split["parts"], signal: AbortSignal): Promise<LoopSamples>;
  /** What networks take: pictures, crops of them, or features; once all is ready. */
  readonly preparer: Preparer;
  /** A network with these weights, that takes what the preparer gives. The caller releases it. */
  answer(network: NamedNetwork, tensors: NamedTensors): Promise<FixedNetwork>;
  /** What answers for whole pictures once training has ended; `path`: the best model's file. */
  judge(trained: Pick<Judge, "predictor" | "priorShift">, path: string): Promise<Judge>;
  close(): Promise<void>;
}

/** Answers for whole pictures. */
export interface Judge {
  readonly predictor: Predictor;
  /** How far its logits' prior was moved. */
  readonly priorShift: PriorShift;
  /** What the predictor takes under a protocol. */
  openInputs(protocol: ProtocolName): Promise<Preparer>;
  /** What the model file says of it. */
  readonly metadata: Pick<ModelMetadata, "pooling" | "lines" | "gate">;
}

export interface LearnerFacts {
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  readonly input: InputRecipe;
  readonly network: NetworkRecipe;
  readonly options: TrainerOptions;
  readonly workers?: number;
  readonly stage: (name: string) => (done?: number, of?: number) => void;
}

export async function openLearner(facts: LearnerFacts): Promise<Learner> {
  if (facts.recipe.fit === "tiles") return openTileLearner(facts);
  return keepsFeatures(facts.recipe) ? openHead(facts) : openWhole(facts);
}

/** The plan's loss takes the place of the recipe's. */
export function withLossOf({ loss }: Plan, options: TrainerOptions): TrainerOptions {
  return loss === undefined ? options : { ...options, loss };
}

async function openWhole({ recipe, dataset, input, network, options, workers }: LearnerFacts): Promise<Learner> {
  const open = (protocol: ProtocolName, augment?: AugmentOptions) =>
    openPreparer({
      root: dataset.root,
      input,
      protocol,
      ...(augment === undefined ? {} : { augment }),
      ...(workers === undefined ? {} : { workers }),
    });
  let preparer: Preparer | undefined;
  return {
    get preparer() {
      return openedBy(preparer);
    },
    gather: async (parts) => parts,
    open: (plan) => createTrainer(network, withLossOf(plan, options)),
    async ready(samples, plan) {
      preparer = await open(recipe.protocol, augmentationOf(recipe, plan));
      return samples;
    },
    answer: (built, tensors) => openFixedNetwork(built, tensors, options),
    judge: async ({ predictor, priorShift }) => ({
      ...{ predictor, priorShift },
      openInputs: (protocol) => open(protocol),
      metadata: {},
    }),
    close: async () => preparer?.close(),
  };
}

export function openedBy(preparer: Preparer | undefined): Preparer {
  if (preparer === undefined) throw new RangeError("What networks learn from is opened by ready().");
  return preparer;
}

/**
 * Where a plan asks for repeats that are no mere copies and the recipe augments nothing, pictures are mirrored: those of
 * both classes, since a mirror that fakes alone pass through would give the label away.
 */
function augmentationOf({ augment }: Recipe, { draw }: Plan): AugmentOptions {
  const nothing = JSON.stringify(augment) === JSON.stringify(augmentOptions.parse({}));
  return draw?.augmentRepeats === true && nothing ? { ...augment, horizontalFlip: true } : augment;
}

async function openHead({ recipe, dataset, input, network, options, workers, stage }: LearnerFacts): Promise<Learner> {
  const frozen = openFrozen(network, options);
  const { backbone } = frozen;
  if (recipe.weights === undefined && backbone.hasWeights)
    stage(
      "The frozen backbone has random weights, and keeps them: pass --weights, or leave out --freeze, for features that were learnt.",
    )();
  const open = (protocol: ProtocolName) =>
    openFeatures({
      root: dataset.root,
      input,
      protocol,
      backbone,
      decoder: sharpCodec.version,
      onProgress: stage(`Features, ${protocol}`),
      onWarning: (sentence) => stage(sentence)(),
      ...(workers === undefined ? {} : { workers }),
    });
  const features = open(recipe.protocol);
  return {
    preparer: features,
    gather: async (parts) => parts,
    open: async (plan) => (await createHeadTrainer(network, withLossOf(plan, options), frozen)).trainer,
    async ready(samples, { resampleFeatures }, parts, signal) {
      await features.learn([...parts.train, ...parts.validation, ...parts.calibration], signal);
      if (resampleFeatures === undefined) return samples;
      const made = await makeRows(samples.train, resampleFeatures, features, createRng(`smote/${recipe.seed}`));
      return { ...samples, train: [...samples.train, ...made] as unknown as Samples<"train"> };
    },
    answer: (built, tensors) =>
      openFixedNetwork(splitNetwork(built, "inference", "batch").head.recipe, tensors, options),
    judge: async ({ predictor, priorShift }) => ({
      ...{ predictor, priorShift },
      openInputs: async (protocol) => open(protocol),
      metadata: {},
    }),
    close: async () => void (await Promise.all([features.close(), backbone.release()])),
  };
}

/** The recipe as it can be carried out, and a sentence where that differs: kept features are of pictures as they are. */
export function withoutVainAugmentation(recipe: Recipe): { recipe: Recipe; sentence?: string } {
  const none = augmentOptions.parse({});
  if (!keepsFeatures(recipe) || JSON.stringify(recipe.augment) === JSON.stringify(none)) return { recipe };
  const sentence =
    "The recipe's augmentation is left out: the frozen backbone's features are computed once, of the pictures as they are. With --features fresh it runs in every epoch, on augmented pictures.";
  return { recipe: { ...recipe, augment: none }, sentence };
}
