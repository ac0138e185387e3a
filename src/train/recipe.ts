import { z } from "zod";
import { UserError } from "../core/errors.ts";
import { lookUp, parseOptions, sentence } from "../core/table.ts";
import { augmentOptions } from "../data/augment.ts";
import { protocolNames } from "../data/protocols.ts";
import { splitKinds } from "../data/split.ts";
import { imbalance } from "../imbalance/index.ts";
import { operatingPoints } from "../metrics/operatingPoints/index.ts";
import { calibrationKinds } from "../model/calibration.ts";
import { architectures } from "../nn/architectures/index.ts";
import { losses } from "../nn/losses/index.ts";
import { optimizers } from "../nn/optimizers/index.ts";
import { schedules } from "../nn/schedules/index.ts";
import { representations } from "../representations/index.ts";
import { inputRecipe } from "../representations/input.ts";
import { earlyStoppingOptions } from "./callbacks/earlyStopping.ts";
import { requireTrainable } from "./requireTrainable.ts";
import { thresholdOptions } from "./thresholdOptions.ts";

const choice = (what: string) =>
  z.strictObject(
    { name: z.string().describe(what), options: z.record(z.string(), z.unknown()).default({}) },
    { error: ({ code }) => (code === "invalid_type" ? 'expected one choice, as { "name": "…" }' : undefined) },
  );

/** Everything that decides a training run, as JSON: defaults, ranges and descriptions stand here and nowhere else. */
export const recipeSchema = z.strictObject({
  name: z.string().describe("of the recipe, and of the model"),
  what: z.string().default("").describe("one line: what it is for"),
  cost: z.string().default("").describe("time and machine of one run, as measured"),
  expected: z.string().default("").describe("the result to expect, with the command that prints it"),

  representation: choice("what the network sees: assay list representations"),
  size: z.int().min(16).max(1024).default(128).describe("side of the network's square input, in pixels"),
  fit: inputRecipe.shape.fit,
  tiles: z
    .strictObject({
      overlap: inputRecipe.shape.overlap.unwrap().default(32),
      perPicture: z.int().min(1).max(64).default(4).describe("crops of every picture, on which the network is trained"),
      mapWeight: z
        .number()
        .min(0)
        .max(100)
        .default(2)
        .describe("factor on the loss of cells beside that of crops, where masks exist"),
    })
    .prefault({})
    .describe("of fit tiles"),
  lines: z
    .strictObject({
      trees: z.int().min(1).max(2000).default(300),
      leaves: z.int().min(2).max(256).default(24).describe("of a tree, at most"),
      learningRate: z.number().gt(0).max(1).default(0.06).describe("of each tree beside those before it"),
    })
    .optional()
    .describe("of fit tiles: boosted trees that compare a screenshot's lines of text, fitted where masks exist"),
  kernel: inputRecipe.shape.kernel.default("bilinear").describe("of the resize after the representation"),
  normalise: z
    .union([
      z.literal("train"),
      z.literal("none"),
      z.strictObject({ mean: z.array(z.number()), deviation: z.array(z.number().positive()) }),
    ])
    .default("train")
    .describe("train: by each channel's mean and deviation over the train split; none; or fixed values"),

  architecture: choice("the network: assay list architectures"),
  weights: z.string().min(1).optional().describe("file of weights to start from: docs/weights.md"),
  loss: choice("assay list losses").default({ name: "crossEntropy", options: {} }),
  imbalance: choice("what is done about few fakes: assay list imbalance").default({ name: "none", options: {} }),
  optimizer: choice("assay list optimizers").default({ name: "adam", options: {} }),
  learningRate: z.number().positive().default(1e-3).describe("before the schedule's factor"),
  schedule: choice("of the learning rate: assay list schedules").default({ name: "cosine", options: {} }),
  clipNorm: z.number().positive().optional().describe("largest global norm of the gradient"),
  batchSize: z.int().min(2).max(1024).default(16).describe("pictures a step"),
  accumulate: z
    .int()
    .min(1)
    .max(512)
    .default(1)
    .describe(
      "passes that a step's pictures are split over, for less memory; batch normalisation sees each part alone",
    ),
  freeze: z
    .string()
    .optional()
    .describe("last stage of the architecture that does not learn; backbone: all but the head"),
  features: z
    .enum(["kept", "fresh"])
    .default("kept")
    .describe(
      "of a frozen backbone. kept: computed once, of the pictures as they are; fresh: in every epoch, with augmentation",
    ),
  backboneRate: z.number().positive().default(1).describe("factor on the learning rate of everything but the head"),
  rates: z
    .array(z.strictObject({ prefix: z.string(), factor: z.number().positive() }))
    .default([])
    .describe("factors on the learning rate by the first parts of parameters' names; the longest prefix wins"),
  average: z
    .strictObject({ decay: z.number().gt(0).lt(1).describe("share of the average that a step keeps") })
    .optional()
    .describe("validate, choose and export an exponential moving average of the weights"),
  epochs: z.int().min(1).max(10_000).default(30).describe("passes over the train split, at most"),
  curriculum: z
    .strictObject({
      epochs: z.int().min(1).describe("the first ones, that see these pictures alone"),
      laundering: z.array(z.string()).min(1).describe("levels of laundering, as the dataset's manifest names them"),
    })
    .optional()
    .describe("easy pictures first: traces that a messenger blurs are learnt where they are plain"),
  earlyStopping: earlyStoppingOptions.prefault({}),
  augment: augmentOptions.prefault({}),

  protocol: z.enum(protocolNames).default("reencoded").describe("what is trained, validated and calibrated on"),
  testProtocols: z
    .array(z.enum(protocolNames))
    .min(1)
    .default([...protocolNames])
    .describe("what test is shown under; the protocol of training is always among them"),
  gate: z.literal("screenshot").optional().describe("kind of picture outside of which the model gives no verdict"),
  calibration: z
    .enum(calibrationKinds)
    .default("temperature")
    .describe("how logits become probabilities, fitted on the calibration split"),
  split: z.enum(splitKinds).default("grouped").describe("how the parts are drawn"),
  operatingPoint: choice(
    "how the threshold of `fake` is chosen: falseAlarmRate (by maxFpr), cost, budget or f1",
  ).default({ name: "falseAlarmRate", options: {} }),
  maxFpr: z.number().gt(0).lt(1).default(0.01).describe("highest false-alarm rate that the verdict `fake` may have"),
  budget: z
    .strictObject({ alarms: z.number().positive().default(10), pictures: z.number().positive().default(1000) })
    .prefault({})
    .describe("alarms that reviewers look at among so many pictures: in a day, or in any other time"),
  prevalence: z
    .string()
    .optional()
    .describe("1:k, one fake for k genuine pictures where the model will be used: what test is reported for"),
  maxInconclusive: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe(
      "largest share of genuine validation pictures that may get no clear answer; the fakes missed for it are counted",
    ),
  seed: z.int().min(0).default(1).describe("of the split, the initial weights, the batches and the augmentation"),
});
export type Recipe = z.infer<typeof recipeSchema>;

/** Whether the head alone learns, from features that are computed once. */
export function keepsFeatures({ freeze, features }: Recipe): boolean {
  return freeze === "backbone" && features === "kept";
}

/** A recipe with its defaults filled in and its names looked up; a UserError that names what is wrong otherwise. */
export function parseRecipe(file: string, value: unknown): Recipe {
  const result = recipeSchema.safeParse(value);
  if (!result.success) throw new UserError("bad-options", `Recipe ${file}: ${sentence(result.error, recipeSchema)}`);
  const recipe = result.data;
  const fill = <T extends { name: string; options: Record<string, unknown> }>(
    table: object,
    kind: string,
    chosen: T,
  ): T => ({
    ...chosen,
    options: parseOptions(
      lookUp(table as Parameters<typeof lookUp>[0], kind, chosen.name),
      `${kind} ${chosen.name}`,
      chosen.options,
    ),
  });
  const filled = {
    ...recipe,
    representation: fill(representations, "representation", recipe.representation),
    architecture: fill(architectures, "architecture", recipe.architecture),
    loss: fill(losses, "loss", recipe.loss),
    imbalance: fill(imbalance, "imbalance", recipe.imbalance),
    optimizer: fill(optimizers, "optimizer", recipe.optimizer),
    schedule: fill(schedules, "schedule", recipe.schedule),
    operatingPoint: fill(operatingPoints, "operating point", recipe.operatingPoint),
  };
  thresholdOptions(filled, undefined); // a budget or a prevalence that is none, before a picture is read
  requireTrainable(filled);
  return filled;
}
