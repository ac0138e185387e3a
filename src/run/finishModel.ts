import { readFileSync } from "node:fs";
import { labelsOf, type Sample } from "../core/sample.ts";
import type { Dataset } from "../data/manifest.ts";
import type { SplitFile } from "../data/splitFile.ts";
import { cell } from "../data/tiles.ts";
import { pixelThresholdOn } from "../evaluate/pixelThreshold.ts";
import { openScorer } from "../evaluate/scorePictures.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import type { PriorShift } from "../imbalance/plan.ts";
import { chooseThresholds, type OperatingPoints } from "../metrics/operatingPoint.ts";
import { scoresOf } from "../metrics/scores.ts";
import { fitCalibration, probabilitiesOf, uncalibrated } from "../model/calibration.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { readModelFile, saveModel } from "../model/modelFile.ts";
import type { NamedNetwork } from "../nn/build.ts";
import type { NamedTensors } from "../nn/network.ts";
import type { InputRecipe } from "../representations/input.ts";
import { predictSamples } from "../train/predictSamples.ts";
import type { Recipe } from "../train/recipe.ts";
import { type RecipeThresholds, thresholdOptions } from "../train/thresholdOptions.ts";
import type { InitialWeights } from "./initialWeights.ts";
import type { Judge } from "./learner.ts";

/** Assay's own version, for provenance. */
export const version: string = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;

export interface ModelDraft {
  readonly metadata: ModelMetadata;
  save(path: string, tensors: NamedTensors): Promise<string>;
}

/** The model as it stands while training goes on: no calibration, and thresholds of .5 that no verdict should use. */
export function provisionalModel(facts: {
  recipe: Recipe;
  dataset: Dataset;
  splitFile: SplitFile;
  input: InputRecipe;
  network: NamedNetwork;
  /** By the plan of the recipe's remedy. */
  priorShift: PriorShift;
  weights?: InitialWeights | undefined;
}): ModelDraft {
  const { recipe, dataset, splitFile, input, network, priorShift, weights } = facts;
  const { split } = splitFile;
  const unmeasured = { undefinedBecause: "training has not ended" };
  const own = Object.entries(split.parts).flatMap(([part, samples]) =>
    samples.map(({ sha256, group }) => {
      const hash = dataset.facts.get(sha256)?.perceptualHash;
      return { sha256, group, part: part as keyof typeof split.parts, ...(hash === undefined ? {} : { hash }) };
    }),
  );
  // A model that starts from another has seen what that one has seen.
  const known = new Set(own.map(({ sha256 }) => sha256));
  const inherited = (weights?.metadata?.training.samples ?? []).filter(
    ({ part, sha256 }) => part !== "test" && !known.has(sha256),
  );
  const metadata: ModelMetadata = {
    schemaVersion: 1,
    name: recipe.name,
    domain: domainOf(dataset, recipe),
    labels: ["real", "fake"],
    input,
    decoder: sharpCodec.version,
    network: network as ModelMetadata["network"],
    calibration: uncalibrated,
    thresholds: { real: 0.5, fake: 0.5, bestAccuracy: 0.5 },
    operatingPoint: { maxFpr: recipe.maxFpr, falseAlarmRate: unmeasured, recall: unmeasured },
    training: {
      dataset: dataset.name,
      manifestSha256: dataset.manifestSha256,
      protocol: recipe.protocol,
      split: { kind: split.kind, seed: split.seed, naive: split.naive },
      prevalence: labelsOf(split.parts.train).reduce((sum, label) => sum + label, 0) / split.parts.train.length,
      imbalance: { ...recipe.imbalance, ...(priorShift.exact ? {} : { inexact: priorShift.because }) },
      samples: [...own, ...inherited],
    },
    recipe,
    provenance: {
      assay: version,
      createdAt: new Date().toISOString(),
      seed: recipe.seed,
      ...(weights === undefined ? {} : { weights: { file: weights.file, sha256: weights.sha256 } }),
      runtime: `node ${process.versions.node}, ${process.platform}-${process.arch}`,
    },
  };
  return { metadata, save: (path, tensors) => saveModel(path, tensors, metadata) };
}

/**
 * Puts back what training moved of the prior, calibrates on calibration, chooses both thresholds on validation, and
 * writes the model that detect opens.
 */
export async function finishModel(
  draft: ModelDraft,
  {
    tensors,
    judge: { predictor, openInputs, priorShift, metadata: ofJudge },
    splitFile,
    recipe,
    path,
  }: { tensors: NamedTensors; judge: Judge; splitFile: SplitFile; recipe: Recipe; path: string },
): Promise<{ metadata: ModelMetadata; points: OperatingPoints }> {
  const { calibration: aside, validation } = splitFile.split.parts;
  const preparer = await openInputs(recipe.protocol);
  const predict = (samples: readonly Sample[]) => predictSamples(predictor, preparer, samples, recipe.batchSize);
  const calibration = fitCalibration(recipe.calibration, aside, await predict(aside), priorShift);
  const scores = scoresOf(validation, probabilitiesOf(await predict(validation), calibration));
  await preparer.close();
  const options = thresholdOptions(recipe, draft.metadata.training.prevalence);
  const points = chooseThresholds(scores, options);
  const { missRate } = points.fake;
  const metadata: ModelMetadata = {
    ...draft.metadata,
    ...ofJudge,
    calibration,
    thresholds: {
      real: points.real.threshold,
      fake: points.fake.threshold,
      bestAccuracy: points.bestAccuracy.threshold,
    },
    operatingPoint: {
      maxFpr: recipe.maxFpr,
      rule: ruleOf(options),
      falseAlarmRate: points.fake.falseAlarmRate,
      recall:
        "value" in missRate
          ? { value: 1 - missRate.value, low: 1 - missRate.high, high: 1 - missRate.low, n: missRate.n }
          : missRate,
      missedBelow: points.real.missRate,
    },
  };
  await saveModel(path, tensors, metadata);
  return { metadata, points };
}

/** How the threshold was chosen, as the model says it. */
function ruleOf({ operatingPoint, budget, prevalence }: RecipeThresholds) {
  const { name, options } = operatingPoint;
  return {
    name,
    options,
    ...(name === "budget" && { budget }),
    ...(name !== "falseAlarmRate" && prevalence !== undefined && { prevalence }),
  };
}

/** The pixel threshold, chosen on validation's fakes with masks; the model is written again with it. Undefined without masks. */
export async function findPlaces(
  metadata: ModelMetadata,
  {
    tensors,
    splitFile,
    root,
    path,
    onProgress,
  }: {
    tensors: NamedTensors;
    splitFile: SplitFile;
    root: string;
    path: string;
    onProgress: (done: number, of: number) => void;
  },
): Promise<ModelMetadata> {
  const { sha256 } = await readModelFile(path);
  const scorer = openScorer({ model: path, sha256, root });
  try {
    const { validation } = splitFile.split.parts;
    const threshold = await pixelThresholdOn(validation, scorer, metadata.training.protocol, onProgress);
    if (threshold === undefined) return metadata;
    const localised: ModelMetadata = { ...metadata, localisation: { threshold, cell } };
    await saveModel(path, tensors, localised);
    return localised;
  } finally {
    await scorer.close();
  }
}

/** What a reader of a verdict must know first: which pictures the model learnt from. */
function domainOf(dataset: Dataset, { protocol, size, fit, representation }: Recipe): string {
  const toy = dataset.toy === undefined ? "" : "toy set of ";
  return `"${dataset.name}" (${toy}${dataset.samples.length.toLocaleString("en")} pictures, ${protocol}), seen as ${partsOf(representation)} ${fit === "tiles" ? `in tiles of ${size} pixels` : `at ${size} x ${size} pixels`}`;
}

/** `rgb + flat` for a stack of both. */
function partsOf({ name, options }: Recipe["representation"]): string {
  const { of } = options as { of?: readonly { name: string }[] };
  return name === "stack" && of !== undefined ? of.map((part) => part.name).join(" + ") : name;
}
