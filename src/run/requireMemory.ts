import { UserError } from "../core/errors.ts";
import { trainingMemory } from "../nn/memory.ts";
import type { Recipe } from "../train/recipe.ts";
import { networkOf } from "./fitInput.ts";

/** Throws UserError too-large, with the smallest change that helps, where a training step would not fit into `available` bytes. */
export function requireMemory(recipe: Recipe, available: number): void {
  const network = networkOf(recipe);
  const needed = (changes: Partial<Recipe>) => trainingMemory(network, { ...recipe, ...changes });
  const bytes = needed({});
  if (bytes <= available) return;
  const passes = divisors(recipe.batchSize).find((accumulate) => needed({ accumulate }) <= available);
  const next =
    passes === undefined
      ? "Pass a smaller --size, or a smaller architecture."
      : `Pass --accumulate ${passes} (the same batch in ${passes} parts, each normalised by itself), a smaller --batch-size, or a smaller --size.`;
  throw new UserError(
    "too-large",
    `A training step of ${recipe.architecture.name} with ${recipe.batchSize} pictures of ${recipe.size} x ${recipe.size} takes about ${gigabytes(bytes)}, and there are ${gigabytes(available)} of memory. ${next}`,
  );
}

/** Parts of at least two pictures: one alone has no statistics. */
function divisors(batchSize: number): number[] {
  return Array.from({ length: Math.floor(batchSize / 2) }, (_, i) => i + 1).filter((parts) => batchSize % parts === 0);
}

const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GB`;
