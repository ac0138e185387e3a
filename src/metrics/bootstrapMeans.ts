import type { Estimate } from "../core/estimate.ts";
import type { Rng } from "../core/rng.ts";
import { quantile } from "./quantile.ts";

/**
 * Means over pictures with 95 % intervals: whole groups are drawn with replacement (bootstrap.ts says why). A picture
 * without a value (undefined) does not count; `n` is how many have one. All lists have one entry a picture.
 */
export function bootstrapMeans<Name extends string>(
  values: Readonly<Record<Name, readonly (number | undefined)[]>>,
  groups: readonly string[],
  { rng, replicates = 1000 }: { readonly rng: Rng; readonly replicates?: number },
): Record<Name, Estimate> {
  const names = Object.keys(values) as Name[];
  const known = new Map<string, number>();
  for (const group of groups) if (!known.has(group)) known.set(group, known.size);
  const number = Uint32Array.from(groups, (group) => known.get(group)!);

  // A group's sum and count are all that a resample needs of it.
  const sums = names.map((name) => {
    const [sum, count] = [new Float64Array(known.size), new Float64Array(known.size)];
    values[name].forEach((value, i) => {
      if (value === undefined) return;
      sum[number[i]!]! += value;
      count[number[i]!]!++;
    });
    return { sum, count, means: [] as number[] };
  });
  const drawn = new Uint32Array(known.size);
  for (let replicate = 0; replicate < replicates && known.size > 1; replicate++) {
    for (let i = 0; i < drawn.length; i++) drawn[i] = rng.integer(known.size);
    for (const { sum, count, means } of sums) {
      let [all, n] = [0, 0];
      for (const group of drawn) {
        all += sum[group]!;
        n += count[group]!;
      }
      if (n > 0) means.push(all / n);
    }
  }

  const estimate = ({ sum, count, means }: (typeof sums)[number]): Estimate => {
    const n = count.reduce((a, b) => a + b, 0);
    if (n === 0) return { undefinedBecause: "no picture has a value" };
    if (known.size < 2) return { undefinedBecause: "all pictures come from one group, which gives no interval" };
    if (means.length < 0.8 * replicates)
      return { undefinedBecause: `only ${means.length} of ${replicates} resamples have a value: too few groups` };
    const sorted = Float64Array.from(means).sort();
    const value = sum.reduce((a, b) => a + b, 0) / n;
    // The value itself lies within, whatever the last bit of a sum in another order.
    return {
      value,
      low: Math.min(value, quantile(sorted, 0.025)),
      high: Math.max(value, quantile(sorted, 0.975)),
      n,
    };
  };
  return Object.fromEntries(names.map((name, i) => [name, estimate(sums[i]!)])) as Record<Name, Estimate>;
}
