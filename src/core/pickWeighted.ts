import type { Rng } from "./rng.ts";

/** One of the names, each with a chance that grows with its weight. */
export function pickWeighted<K extends string>(weights: readonly (readonly [name: K, weight: number])[], rng: Rng): K {
  let left = rng.uniform() * weights.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of weights) {
    left -= weight;
    if (left < 0) return name;
  }
  const last = weights.at(-1);
  if (last === undefined) throw new RangeError("Cannot pick from an empty list.");
  return last[0];
}
