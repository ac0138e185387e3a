import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { UserError } from "../core/errors.ts";
import { writeAtomic } from "../data/writeAtomic.ts";
import { readSafetensors, writeSafetensors } from "../model/safetensors.ts";
import type { Trainer } from "../nn/network.ts";
import type { LoopState } from "../train/loop.ts";
import type { Recipe } from "../train/recipe.ts";

/** What must be the same for a run to go on: another recipe or dataset would silently make another model. */
export interface RunIdentity {
  readonly recipe: Recipe;
  readonly manifestSha256: string;
}

/** Network, optimizer and loop state in one file, so that a kill between two files cannot mix two epochs. */
export async function saveCheckpoint(
  path: string,
  trainer: Trainer,
  state: LoopState,
  identity: RunIdentity,
): Promise<void> {
  const { step, tensors } = trainer.state();
  const metadata = { state: JSON.stringify(state), identity: JSON.stringify(identity), step: String(step) };
  await writeAtomic(path, writeSafetensors(new Map(Object.entries(tensors)), metadata));
}

/** Puts the trainer back where the checkpoint stood. Throws UserError where there is none, or it is another run's. */
export async function loadCheckpoint(path: string, trainer: Trainer, identity: RunIdentity): Promise<LoopState> {
  if (!existsSync(path))
    throw new UserError(
      "not-found",
      `There is no checkpoint at ${path}: the run ended before its first epoch. Start it again with --force.`,
    );
  const { tensors, metadata } = readSafetensors(path, await readFile(path));
  const kept = JSON.parse(metadata.identity ?? "{}") as Partial<RunIdentity>;
  if (kept.manifestSha256 !== identity.manifestSha256)
    throw new UserError(
      "bad-options",
      `The checkpoint ${path} was made with another dataset. Resume with the same one, or start anew with another --out.`,
    );
  const different = changedKeys(kept.recipe ?? {}, identity.recipe);
  if (different.length > 0)
    throw new UserError(
      "bad-options",
      `The checkpoint ${path} was made with another recipe: ${different.join(", ")} differ. Resume with the same one (more --epochs are fine), or start anew with another --out.`,
    );
  trainer.load({ step: Number(metadata.step), tensors: Object.fromEntries(tensors) });
  return JSON.parse(metadata.state!) as LoopState;
}

/** Keys of the recipe that differ; the number of epochs may grow and the words for people may change. */
function changedKeys(a: Partial<Recipe>, b: Recipe): string[] {
  const free = new Set<string>(["epochs", "what", "cost", "expected"]);
  const keys = Object.keys(b) as (keyof Recipe)[];
  return keys.filter((key) => !free.has(key) && JSON.stringify(a[key]) !== JSON.stringify(b[key]));
}
