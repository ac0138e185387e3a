import { z } from "zod";
import { UserError } from "../core/errors.ts";
import { parts } from "../core/sample.ts";
import { sentence } from "../core/table.ts";
import { protocolNames } from "../data/protocols.ts";
import { inputRecipe } from "../representations/input.ts";
import { calibrationSchema } from "./calibration.ts";
import { lineHead } from "./lines/lineHead.ts";
import { poolingHead } from "./pooling.ts";

const estimate = z.union([
  z.object({ value: z.number(), low: z.number(), high: z.number(), n: z.int() }),
  z.object({ undefinedBecause: z.string() }),
]);

/**
 * What a model file says of itself, as JSON under the key `assay` of the ONNX file's metadata_props: enough to
 * prepare a picture, to turn the logit into a verdict, and to know what the model has already seen.
 */
export const modelMetadata = z.object({
  schemaVersion: z.literal(1),
  name: z.string(),
  /** One line: what the model was trained on. Outside of it the answer means little. */
  domain: z.string(),
  labels: z.tuple([z.literal("real"), z.literal("fake")]),
  input: inputRecipe,
  /** Library and version that decoded the training pictures. */
  decoder: z.string(),
  network: z.object({
    architecture: z.object({ name: z.string(), options: z.record(z.string(), z.unknown()) }),
    input: z.object({ channels: z.int(), height: z.int(), width: z.int() }),
  }),
  /** Of networks that see tiles: how their answers become the picture's logit (model/pooling.ts). */
  pooling: poolingHead.optional(),
  /** Beside the network of tiles: how little a line of text is like the others of its picture (model/lines/). */
  lines: lineHead.optional(),
  /** Cells whose probability reaches the threshold are shown as regions. */
  localisation: z.object({ threshold: z.number(), cell: z.int().positive() }).optional(),
  /** The kind of picture that the model knows; others are answered `inconclusive`, with the reason. */
  gate: z.literal("screenshot").optional(),
  /** From the logit to a probability, fitted on the calibration split (model/calibration.ts). */
  calibration: calibrationSchema,
  thresholds: z.object({
    /** Below it: no alteration evidence found. */
    real: z.number(),
    /** At or above it: fake. */
    fake: z.number(),
    /** Of the best validation accuracy, the second column of every report. */
    bestAccuracy: z.number(),
  }),
  operatingPoint: z.object({
    maxFpr: z.number(),
    /** How thresholds.fake was chosen, with what it went by; by maxFpr where absent. */
    rule: z
      .object({
        name: z.string(),
        options: z.record(z.string(), z.unknown()),
        /** Alarms that reviewers look at, as a share of all pictures. */
        budget: z.number().optional(),
        /** Share of fakes that it was chosen for; as in validation where absent. */
        prevalence: z.number().optional(),
      })
      .optional(),
    falseAlarmRate: estimate,
    recall: estimate,
    /** Of validation's fakes, the share below thresholds.real: what the answer "no evidence" misses. */
    missedBelow: estimate.optional(),
  }),
  training: z.object({
    dataset: z.string(),
    manifestSha256: z.string(),
    protocol: z.enum(protocolNames),
    split: z.object({ kind: z.string(), seed: z.number(), naive: z.boolean() }),
    /** Share of fakes in the train part: where as many are fakes, the probabilities mean what they say. */
    prevalence: z.number().min(0).max(1).optional(),
    /** What was done about few fakes; where no shift of the prior gives the posterior back, why. */
    imbalance: z
      .object({ name: z.string(), options: z.record(z.string(), z.unknown()), inexact: z.string().optional() })
      .optional(),
    /** Everything that the model has seen, by part. */
    samples: z.array(
      z.object({ sha256: z.string(), group: z.string(), part: z.enum(parts), hash: z.string().optional() }),
    ),
  }),
  recipe: z.record(z.string(), z.unknown()),
  provenance: z.object({
    assay: z.string(),
    createdAt: z.string(),
    seed: z.number(),
    runtime: z.string(),
    /** The file that its training began with, if not at random. */
    weights: z.object({ file: z.string(), sha256: z.string() }).optional(),
  }),
});
export type ModelMetadata = z.infer<typeof modelMetadata>;

/** Key of our JSON among the file's metadata_props. */
export const metadataKey = "assay";

/** Reads the JSON of a model file; a UserError names the file and what is missing. */
export function parseMetadata(file: string, json: string | undefined): ModelMetadata {
  const next = "Pass a model that assay wrote (runs/<name>/weights/best.onnx).";
  if (json === undefined)
    throw new UserError(
      "bad-model",
      `${file} is an ONNX file, but not one of ours: it has no "${metadataKey}" metadata. ${next}`,
    );
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new UserError("bad-model", `The metadata of ${file} is not JSON. ${next}`, { cause });
  }
  const result = modelMetadata.safeParse(value);
  if (!result.success)
    throw new UserError(
      "bad-model",
      `The metadata of ${file} does not fit this version of assay: ${sentence(result.error)} ${next}`,
    );
  return result.data;
}
