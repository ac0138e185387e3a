import type { Estimate } from "../core/estimate.ts";
import type { Rng } from "../core/rng.ts";
import { quantile } from "./quantile.ts";
import { type Ranked, rank, rankOrder, type Value } from "./ranked.ts";
import type { Scores } from "./scores.ts";

/**
 * Values on the data with 95 % intervals: whole groups are drawn with replacement, the statistics measured again,
 * and the 2.5 and 97.5 percentiles taken (Efron 1979; groups because pictures of one source are no independent trials).
 * A statistic is undefined with fewer than 2 groups, or where it is in more than a fifth of the resamples.
 */
export function groupBootstrap<Name extends string>(
  scores: Scores,
  statistics: (sample: Ranked) => Record<Name, Value>,
  { rng, replicates = 1000 }: { readonly rng: Rng; readonly replicates?: number },
): Record<Name, Estimate> {
  const ranked = rank(scores);
  const groups = groupNumbers(scores);
  const values = statistics(ranked);
  const names = Object.keys(values) as Name[];
  const replicated = new Map<Name, number[]>(names.map((name) => [name, []]));

  const drawn = new Float64Array(groups.count);
  const weights = new Float64Array(ranked.labels.length);
  for (let replicate = 0; replicate < replicates && groups.count > 1; replicate++) {
    drawn.fill(0);
    for (let draw = 0; draw < groups.count; draw++) drawn[rng.integer(groups.count)]!++;
    for (let i = 0; i < weights.length; i++) weights[i] = drawn[groups.numbers[i]!]!;
    const again = statistics({ ...ranked, weights });
    for (const name of names) {
      const value = again[name];
      if (typeof value === "number") replicated.get(name)!.push(value);
    }
  }

  const estimate = (name: Name): Estimate => {
    const value = values[name];
    if (typeof value !== "number") return value;
    if (groups.count < 2) return { undefinedBecause: "all pictures come from one group, which gives no interval" };
    const sorted = Float64Array.from(replicated.get(name)!).sort();
    if (sorted.length < 0.8 * replicates) {
      return { undefinedBecause: `only ${sorted.length} of ${replicates} resamples have a value: too few groups` };
    }
    return { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975), n: weights.length };
  };
  return Object.fromEntries(names.map((name) => [name, estimate(name)])) as Record<Name, Estimate>;
}

/** Groups counted from 0, in the order of the ranked samples. */
function groupNumbers({ groups, probabilities }: Scores): { count: number; numbers: Uint32Array } {
  const known = new Map<string, number>();
  for (const group of groups) if (!known.has(group)) known.set(group, known.size);
  const numbers = Uint32Array.from(rankOrder(probabilities), (i) => known.get(groups[i]!)!);
  return { count: known.size, numbers };
}
