import { UserError } from "../core/errors.ts";
import type { Rng } from "../core/rng.ts";
import { labelsOf, type Samples } from "../core/sample.ts";
import { lookUp } from "../core/table.ts";
import type { Split } from "../data/split.ts";
import { focalShift } from "../imbalance/focal.ts";
import { imbalance } from "../imbalance/index.ts";
import { type Plan, type PriorShift, unmoved } from "../imbalance/plan.ts";
import { type Planned, requireOneMove } from "../imbalance/requireOneMove.ts";
import type { ImbalanceStrategy } from "../imbalance/strategy.ts";
import { requireBothClasses } from "../metrics/calibrators/requireBothClasses.ts";
import { buildNetwork } from "../nn/build.ts";
import { losses } from "../nn/losses/index.ts";
import { elementCount } from "../onnx/graph.ts";
import { rowsOf } from "../train/loop.ts";
import { keepsFeatures, type Recipe } from "../train/recipe.ts";
import { networkOf } from "./fitInput.ts";
import { sharesBackbone } from "./trainMembers.ts";

/**
 * What a run does about few fakes, with the shift of its own loss, if that has one. Throws UserError where the recipe
 * cannot carry the plan out, or the train part is not enough for it: nothing has been prepared then.
 */
export function planRun(recipe: Recipe, train: Samples<"train">, rng: Rng): Plan {
  const { name, options } = recipe.imbalance;
  const strategy: ImbalanceStrategy = lookUp(imbalance, "imbalance", name);
  const own = ownLoss(recipe);
  const plan = strategy.plan(train, options, rng.fork("imbalance"));
  requireOneMove([...own, { name, plan }]);
  requireCarriedOut(recipe, plan);
  requireBatch(recipe, train, plan);
  if (plan.members !== undefined) requireSmallFile(recipe, plan.members.each.length);
  return {
    ...plan,
    priorShift: together(
      own.map((planned) => planned.plan.priorShift),
      plan.priorShift,
    ),
  };
}

/** One of them moves at most (requireOneMove); what one of them spoils stays spoilt. */
function together(own: readonly PriorShift[], shift: PriorShift): PriorShift {
  const all = [...own, shift];
  const logOdds = all.reduce((sum, one) => sum + one.logOdds, 0);
  const inexact = all.find((one) => !one.exact);
  return inexact === undefined ? { logOdds, exact: true } : { ...inexact, logOdds };
}

/** The recipe's loss as a remedy of its own, where it is not the usual one. */
function ownLoss({ loss }: Recipe): Planned[] {
  const usual = losses.crossEntropy.options.parse({});
  if (loss.name === "crossEntropy" && JSON.stringify(loss.options) === JSON.stringify(usual)) return [];
  return [{ name: `the recipe's loss ${loss.name}`, plan: { loss, priorShift: shiftOfLoss(loss) } }];
}

function shiftOfLoss({ name, options }: Recipe["loss"]): PriorShift {
  const { shift = 0, labelSmoothing = 0 } = options as { shift?: number; labelSmoothing?: number };
  if (name === "logitAdjusted") return { logOdds: -shift, exact: true };
  if (name === "focal") return focalShift;
  if (labelSmoothing === 0) return unmoved;
  const kept = Number((1 - labelSmoothing).toPrecision(6));
  return {
    logOdds: 0,
    exact: false,
    because: `with labels smoothed by ${labelSmoothing} the loss is smallest at ${kept} p + ${labelSmoothing / 2} and not at the posterior p (Müller et al., When Does Label Smoothing Help?, 2019), and no shift of the log odds gives it back`,
  };
}

function requireCarriedOut(recipe: Recipe, { draw, members, resampleFeatures }: Plan): void {
  const { name } = recipe.imbalance;
  const refuse = (sentence: string) => {
    throw new UserError("bad-options", sentence);
  };
  if (recipe.fit === "tiles" && (members ?? resampleFeatures) !== undefined)
    refuse(
      `With fit "tiles" ${name} cannot be carried out: it needs ${members ? "members that share one picture's pooling" : "kept features"}. Choose undersample, oversample, classWeights, focal or logitAdjustment, which work on crops.`,
    );
  if (resampleFeatures !== undefined && !keepsFeatures(recipe))
    refuse(
      `${name} makes rows up in the space of a frozen backbone's features, never of pixels. Pass --freeze backbone (with --weights, and without --features fresh), or repeat fakes with --imbalance oversample.`,
    );
  if (recipe.curriculum !== undefined && (draw ?? members ?? resampleFeatures) !== undefined)
    refuse(
      `A curriculum and ${name} both say which rows an epoch sees. Leave curriculum out of the recipe, or choose classWeights, focal or logitAdjustment, which leave the rows as they are.`,
    );
  if (draw?.augmentRepeats === true && keepsFeatures(recipe))
    refuse(
      `Repeats cannot be augmented where features are kept: they are of pictures as they are. Pass --features fresh, or leave augmentRepeats out of ${name}.`,
    );
}

function requireBatch({ batchSize, imbalance: { name } }: Recipe, train: Samples<"train">, plan: Plan): void {
  const fewest = Math.min(rowsOf(train, plan), ...(plan.members?.each.map(({ rows }) => rows.length) ?? []));
  if (fewest >= batchSize) return;
  const what =
    fewest === train.length
      ? `The train split has ${fewest} pictures`
      : `Of ${train.length} pictures of the train split ${name} shows ${fewest} in an epoch${plan.members ? " of a member" : ""}`;
  throw new UserError(
    "bad-dataset",
    `${what}, fewer than one batch of ${batchSize}. Add pictures, or pass a smaller --batch-size.`,
  );
}

/** Bytes of the largest model file. */
const largestFile = 1e9;

function requireSmallFile(recipe: Recipe, members: number): void {
  if (sharesBackbone(recipe.freeze)) return;
  const { net } = buildNetwork(networkOf(recipe), "inference", "batch");
  const numbers = [...net.parameters, ...net.statistics].reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const bytes = 4 * numbers * members;
  if (bytes <= largestFile) return;
  throw new UserError(
    "too-large",
    `${members} members of ${recipe.architecture.name}, each with a backbone of its own, make a model of ${(bytes / 1e9).toFixed(1)} GB, and more than 1 GB is refused. Pass --freeze backbone (with --weights), so that they share one, or set fewer members in the options of ${recipe.imbalance.name}.`,
  );
}

/** Throws UserError where nothing could be calibrated, or no threshold be chosen, once all is trained. */
export function requireBothSides({ calibration, validation }: Split["parts"]): void {
  requireBothClasses({ labels: labelsOf(calibration) });
  const fake = labelsOf(validation).reduce((sum, label) => sum + label, 0);
  if (fake > 0 && fake < validation.length) return;
  throw new UserError(
    "bad-dataset",
    `The validation part has ${fake === 0 ? "no fake" : "no genuine picture"} among ${validation.length} pictures: no epoch and no threshold can be chosen on it. Add pictures (and groups, so that they can be split), or choose another --seed.`,
  );
}
