import { createHash } from "node:crypto";
import { basename } from "node:path";
import { UserError } from "../core/errors.ts";
import type { Sample } from "../core/sample.ts";
import type { Dataset } from "../data/manifest.ts";
import type { ProtocolName } from "../data/protocols.ts";
import { shippedModel } from "../detect/defaultModel.ts";
import { type ModelFile, readModelFile } from "../model/modelFile.ts";
import type { ComparisonData } from "../report/compare/comparisonData.ts";
import { loadRecipe } from "../run/recipes.ts";
import type { Recipe } from "../train/recipe.ts";
import type { CompareFolder } from "./folder.ts";
import { headLearner } from "./headLearner.ts";
import { headRecipe } from "./headTraining.ts";
import type { StudyLearner } from "./learner.ts";
import { pictureVectors } from "./pictureVectors.ts";
import { requireUnseen } from "./requireUnseen.ts";
import { fingerprintOf } from "./vectorTable.ts";
import { wholeLearner } from "./wholeLearner.ts";

/** What a comparison asks of its learner. */
export interface LearnerRequest {
  /** A model of assay's whose network makes the vectors; default: the one that ships. */
  readonly backbone?: string;
  /** How the pictures are seen; default: as the backbone was trained, or as the recipe says. */
  readonly protocol?: ProtocolName;
  /** Name or file of the recipe of whole networks; heads on a frozen backbone where absent. */
  readonly full?: string;
  readonly workers?: number;
  readonly signal?: AbortSignal;
}

/** A learner that has seen nothing of the dataset, before it has done anything. */
export interface ReadyLearner {
  /** Sentences about what cannot be told for sure. */
  readonly notes: readonly string[];
  open(
    folder: CompareFolder,
    folds: number,
    events: {
      readonly onProgress: (stage: string, done: number, of: number) => void;
      readonly onNote: (sentence: string) => void;
    },
  ): Promise<{
    readonly learner: StudyLearner;
    /** Of everything that decides what a job leaves behind, beside its key. */
    readonly fingerprint: string;
    readonly described: ComparisonData["learner"];
  }>;
}

/** Throws UserError: no such model or recipe; weights that have seen any picture of the dataset. */
export async function readyLearner(
  request: LearnerRequest,
  dataset: Dataset,
  samples: readonly Sample[],
): Promise<ReadyLearner> {
  const judged = { ...dataset, samples };
  if (request.full === undefined) {
    const backbone = await openBackboneFile(request.backbone);
    return ofHeads(request, backbone, judged, requireUnseen(backbone, judged));
  }
  if (request.backbone !== undefined)
    throw new UserError(
      "usage",
      "--backbone is of heads; with --full whole networks are trained. Leave one of them out.",
    );
  const loaded = await loadRecipe(request.full);
  const recipe = request.protocol === undefined ? loaded : { ...loaded, protocol: request.protocol };
  const notes = /\.onnx$/i.test(recipe.weights ?? "")
    ? requireUnseen(await readModelFile(recipe.weights!), judged)
    : [];
  return ofNetworks(request, recipe, judged, notes);
}

function ofHeads(
  { protocol, workers, signal }: LearnerRequest,
  backbone: ModelFile,
  dataset: Dataset,
  notes: readonly string[],
): ReadyLearner {
  const seenAs = protocol ?? backbone.metadata.training.protocol;
  return {
    notes,
    async open(_, folds, { onProgress, onNote }) {
      onNote(`Vectors by the frozen backbone ${backbone.path} (${backbone.metadata.domain}).`);
      const started = performance.now();
      let computed = false;
      const table = await pictureVectors(dataset.samples, backbone, {
        root: dataset.root,
        protocol: seenAs,
        workers,
        signal,
        onProgress: (done, of) => {
          computed = true;
          onProgress("Vectors of pictures", done, of);
        },
        onWarning: onNote,
      });
      return {
        learner: headLearner(table, folds, { workers }),
        fingerprint: hashOf([fingerprintOf(table), folds, headRecipe]),
        described: {
          kind: "heads",
          backbone: basename(backbone.path),
          sha256: backbone.sha256,
          width: table.width,
          learntFrom: [
            `${backbone.metadata.domain}; pictures seen ${seenAs}; none of its training pictures stands here.`,
            ...notes,
          ].join(" "),
          seconds: computed ? (performance.now() - started) / 1000 : 0,
        },
      };
    },
  };
}

function ofNetworks(
  { workers }: LearnerRequest,
  recipe: Recipe,
  dataset: Dataset,
  notes: readonly string[],
): ReadyLearner {
  return {
    notes,
    open: async (folder, folds, { onNote }) => ({
      learner: wholeLearner({ dataset, folds, recipe, folder: folder.path, workers, onStage: onNote }),
      fingerprint: hashOf([dataset.manifestSha256, dataset.samples.map(({ sha256 }) => sha256), folds, recipe]),
      described: { kind: "whole", recipe: recipe.name },
    }),
  };
}

async function openBackboneFile(path: string | undefined): Promise<ModelFile> {
  const found = path ?? shippedModel();
  if (found === undefined)
    throw new UserError(
      "not-found",
      "This copy of assay ships no model, so there is no backbone. Pass --backbone <model.onnx>, trained on other data.",
    );
  return readModelFile(found);
}

function hashOf(facts: unknown): string {
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}
