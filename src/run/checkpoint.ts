import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { UserError } from "../core/errors.ts";
import { writeAtomic } from "../data/writeAtomic.ts";
import { readSafetensors, type Tensor, writeSafetensors } from "../model/safetensors.ts";
import type { TrainerState } from "../nn/network.ts";
import type { InputRecipe } from "../representations/input.ts";
import type { LoopState } from "../train/loop.ts";
import { type Recipe, recipeSchema } from "../train/recipe.ts";
import type { Circumstances } from "./circumstances.ts";

/** What must be the same for a run to go on: another recipe or dataset would silently make another model. */
export interface RunIdentity {
  readonly recipe: Recipe;
  readonly manifestSha256: string;
}

/** A run at one moment. */
export interface Checkpoint {
  readonly trainer: TrainerState;
  readonly loop: LoopState;
  readonly identity: RunIdentity;
  readonly circumstances: Circumstances;
  /** With the mean and the deviation that were measured when the run began. */
  readonly input: InputRecipe;
  /** Where members train one after the other, each in a folder of its own: a hash of what all of them begin with. */
  readonly members?: { readonly beginning: string };
}

/** Moves on when a checkpoint holds something else or under other names. */
const format = "2";

/** Everything in one file, which stands whole or not at all: a kill cannot mix two moments. */
export async function saveCheckpoint(path: string, { trainer, ...facts }: Checkpoint): Promise<void> {
  const metadata = { format, step: String(trainer.step), facts: JSON.stringify(facts) };
  await writeAtomic(path, writeSafetensors(new Map<string, Tensor>(Object.entries(trainer.tensors)), metadata));
}

/** Throws UserError where there is none, or none that can be read. */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  if (!existsSync(path))
    throw new UserError(
      "not-found",
      `There is no checkpoint at ${path}: the run ended before its first one. Start it again with --force.`,
    );
  const { tensors, metadata } = await readTensors(path);
  if (metadata.format !== format || metadata.facts === undefined)
    throw new UserError(
      "bad-model",
      `${path} is no checkpoint that this version of assay can go on from. Start the run again with --force, or with another --out.`,
    );
  const facts = JSON.parse(metadata.facts) as Omit<Checkpoint, "trainer">;
  return { trainer: { step: Number(metadata.step), tensors: Object.fromEntries(tensors) }, ...facts };
}

async function readTensors(path: string) {
  const bytes = await readFile(path);
  try {
    return readSafetensors(path, bytes);
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    throw new UserError(
      "bad-model",
      `The checkpoint ${path} is damaged or cut short: the run cannot go on from it. Start it again with --force, or with another --out.`,
      { cause },
    );
  }
}

/** Throws UserError where the checkpoint is of another recipe, and names what differs. */
export function requireSameRecipe(path: string, { identity }: Checkpoint, recipe: Recipe): void {
  const different = changedKeys(identity.recipe, recipe);
  if (different.length === 0) return;
  throw new UserError(
    "bad-options",
    `The checkpoint ${path} was made with another recipe: ${different.join(", ")} differ. Resume with the same one (more --epochs are fine), or start anew with another --out.`,
  );
}

/** Throws UserError where members that are finished had fewer or more epochs. */
export function requireSameEpochs(path: string, { identity }: Checkpoint, { epochs }: Recipe): void {
  if (identity.recipe.epochs === epochs) return;
  throw new UserError(
    "bad-options",
    `The members of ${path} train for ${identity.recipe.epochs} epochs each, and those that are finished stay as they are. Resume with --epochs ${identity.recipe.epochs}, or start anew with another --out.`,
  );
}

/** Throws UserError where the checkpoint is of other pictures, labels or groups. */
export function requireSameDataset(path: string, { identity }: Checkpoint, manifestSha256: string): void {
  if (identity.manifestSha256 === manifestSha256) return;
  throw new UserError(
    "bad-options",
    `The checkpoint ${path} was made with another dataset. Resume with the same one (the same files, labels and --group-by), or start anew with another --out.`,
  );
}

/** Keys of the recipe that differ; the number of epochs may grow, the words for people may change, and lines are fitted after the last epoch. */
function changedKeys(written: Recipe, b: Recipe): string[] {
  // Keys that came later have their defaults.
  const filled = recipeSchema.safeParse(written);
  const a = filled.success ? filled.data : written;
  const free = new Set<string>(["epochs", "what", "cost", "expected", "lines"]);
  const keys = new Set([...Object.keys(a), ...Object.keys(b)] as (keyof Recipe)[]);
  return [...keys].filter((key) => !free.has(key) && JSON.stringify(a[key]) !== JSON.stringify(b[key]));
}
