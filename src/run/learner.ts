import type { Samples } from "../core/sample.ts";
import { type AugmentOptions, augmentOptions } from "../data/augment.ts";
import { openPreparer, type Preparer } from "../data/batches.ts";
import type { Dataset } from "../data/manifest.ts";
import type { ProtocolName } from "../data/protocols.ts";
import type { Split } from "../data/split.ts";
import { openFeatures } from "../features/features.ts";
import { createHeadTrainer } from "../features/headTrainer.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { createTrainer, type NetworkRecipe, type Trainer, type TrainerOptions } from "../nn/network.ts";
import type { InputRecipe } from "../representations/input.ts";
import type { Predictor } from "../train/predictSamples.ts";
import type { Recipe } from "../train/recipe.ts";
import { openTileLearner } from "./tileLearner.ts";

/** What learns in a run, and what it learns from. */
export interface Learner {
  /** Its tensors are those of the whole network. */
  readonly trainer: Trainer;
  /** What the trainer takes: pictures, or features of them. */
  readonly preparer: Preparer;
  /** Whatever can be done before the first epoch; the samples that the loop goes through. */
  ready(
    parts: Split["parts"],
    signal: AbortSignal,
  ): Promise<{ train: Samples<"train">; validation: Samples<"validation"> }>;
  /** What answers for whole pictures once training has ended; `path`: the best model's file. */
  judge(path: string): Promise<Judge>;
  close(): Promise<void>;
}

/** Answers for whole pictures. */
export interface Judge {
  readonly predictor: Predictor;
  /** What the predictor takes under a protocol. */
  openInputs(protocol: ProtocolName): Promise<Preparer>;
  /** What the model file says of it. */
  readonly metadata: Pick<ModelMetadata, "pooling" | "gate">;
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

/** Whether the head alone learns, from features that are computed once. */
function keepsFeatures({ freeze, features }: Recipe): boolean {
  return freeze === "backbone" && features === "kept";
}

export async function openLearner(facts: LearnerFacts): Promise<Learner> {
  if (facts.recipe.fit === "tiles") return openTileLearner(facts);
  return keepsFeatures(facts.recipe) ? openHead(facts) : openWhole(facts);
}

async function openWhole({ recipe, dataset, input, network, options, workers }: LearnerFacts): Promise<Learner> {
  const trainer = await createTrainer(network, options);
  const open = (protocol: ProtocolName, augment?: AugmentOptions) =>
    openPreparer({
      root: dataset.root,
      input,
      protocol,
      ...(augment === undefined ? {} : { augment }),
      ...(workers === undefined ? {} : { workers }),
    });
  const preparer = await open(recipe.protocol, recipe.augment);
  return {
    trainer,
    preparer,
    ready: async (parts) => parts,
    judge: async () => ({ predictor: trainer, openInputs: (protocol) => open(protocol), metadata: {} }),
    close: async () => void (await Promise.all([preparer.close(), trainer.release()])),
  };
}

async function openHead({ recipe, dataset, input, network, options, workers, stage }: LearnerFacts): Promise<Learner> {
  const { trainer, backbone } = await createHeadTrainer(network, options);
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
    trainer,
    preparer: features,
    async ready(parts, signal) {
      await features.learn([...parts.train, ...parts.validation, ...parts.calibration], signal);
      return parts;
    },
    judge: async () => ({ predictor: trainer, openInputs: async (protocol) => open(protocol), metadata: {} }),
    close: async () => void (await Promise.all([features.close(), backbone.release(), trainer.release()])),
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
