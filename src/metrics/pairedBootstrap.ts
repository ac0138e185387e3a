import type { Estimate } from "../core/estimate.ts";
import type { Rng } from "../core/rng.ts";
import { quantile } from "./quantile.ts";
import { type Ranked, rank, rankOrder, type Value } from "./ranked.ts";
import type { Scores } from "./scores.ts";

/** Scores, and what else a metric may need of each picture. */
export interface Judged extends Scores {
  /** How often each picture counts, such as a fake that stands for fewer at a rarer ratio; 1 where absent   // [n] */
  readonly weights?: Float64Array;
  /** 1 where the picture is called fake, for answers whose thresholds are not all the same   // [n] */
  readonly called?: Uint8Array;
  /** Which model answered, for statistics that rank each model's pictures by themselves   // [n] */
  readonly models?: Uint8Array;
}

/** Judged pictures in falling order of their probabilities. */
export interface RankedJudged extends Ranked {
  readonly called?: Uint8Array; // [n]
  readonly models?: Uint8Array; // [n]
}

/** What one method scored, once for every seed; each seed may have pictures of its own, the same for all methods. */
export type Repeated = readonly Judged[];

export interface Compared<Name extends string> {
  /** Means over the seeds. */
  readonly metrics: Readonly<Record<Name, Estimate>>;
  /** To the control; undefined for the control itself. */
  readonly difference?: Readonly<Record<Name, Difference>>;
}

export interface Difference {
  /** Method less control. */
  readonly estimate: Estimate;
  /** Two-sided: how often resamples fall on the other side of 0, not adjusted for the number of methods. */
  readonly p: Value;
}

/**
 * Methods beside a control, on the same pictures: groups are drawn with replacement once a replicate and all methods
 * and seeds are measured on that draw (a picture counts its own weight as often as its group was drawn), so that
 * differences have intervals of their own, which are narrower than those of two methods apart (Efron 1979; groups because pictures of one source are no independent trials).
 * Throws RangeError where the methods saw other pictures.
 */
export function pairedBootstrap<Name extends string>(
  methods: ReadonlyMap<string, Repeated>,
  control: string,
  statistics: (sample: RankedJudged) => Record<Name, Value>,
  { rng, replicates = 1000 }: { readonly rng: Rng; readonly replicates?: number },
): Map<string, Compared<Name>> {
  const reference = methods.get(control);
  if (reference?.[0] === undefined) throw new RangeError(`The control ${control} is not among the methods.`);
  const groups = numbersOf(reference.map((scores) => scores.groups));
  const runs = [...methods].map(([method, repeated]) => ({
    method,
    seeds: repeated.map((scores, seed) => {
      requireSame(scores, reference[seed], method);
      const order = rankOrder(scores.probabilities);
      const { weights, called, models } = scores;
      const ranked: RankedJudged = {
        ...rank(scores),
        ...(weights && { weights: Float64Array.from(order, (i) => weights[i]!) }),
        ...(called && { called: Uint8Array.from(order, (i) => called[i]!) }),
        ...(models && { models: Uint8Array.from(order, (i) => models[i]!) }),
      };
      return { ranked, groupOf: Uint32Array.from(order, (i) => groups.numbers[seed]![i]!) };
    }),
  }));
  const meansOf = (drawn: Float64Array | undefined) =>
    new Map(
      runs.map(({ method, seeds }) => {
        const values = seeds.map(({ ranked, groupOf }) =>
          statistics(drawn === undefined ? ranked : { ...ranked, weights: weightsOf(ranked.weights, groupOf, drawn) }),
        );
        return [method, meanOf(values)] as const;
      }),
    );

  const own = meansOf(undefined);
  const names = Object.keys(own.get(control)!) as Name[];
  const again: ReturnType<typeof meansOf>[] = [];
  const drawn = new Float64Array(groups.count);
  for (let replicate = 0; replicate < replicates && groups.count > 1; replicate++) {
    drawn.fill(0);
    for (let draw = 0; draw < groups.count; draw++) drawn[rng.integer(groups.count)]!++;
    again.push(meansOf(drawn));
  }

  const n = reference[0].labels.length;
  const estimate = (of: (means: ReturnType<typeof meansOf>) => Value): { estimate: Estimate; replicated: number[] } => {
    const value = of(own);
    const replicated = again.map(of).filter((x) => typeof x === "number");
    const undefinedBecause = (because: string) => ({ estimate: { undefinedBecause: because }, replicated });
    if (typeof value !== "number") return undefinedBecause(value.undefinedBecause);
    if (groups.count < 2) return undefinedBecause("all pictures come from one group, which gives no interval");
    if (replicated.length < 0.8 * replicates)
      return undefinedBecause(`only ${replicated.length} of ${replicates} resamples have a value: too few groups`);
    const sorted = Float64Array.from(replicated).sort();
    return { estimate: { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975), n }, replicated };
  };

  return new Map(
    runs.map(({ method }) => {
      const metrics = byName(names, (name) => estimate((means) => means.get(method)![name]).estimate);
      if (method === control) return [method, { metrics }];
      const difference = byName(names, (name): Difference => {
        const { estimate: found, replicated } = estimate((means) =>
          less(means.get(method)![name], means.get(control)![name]),
        );
        return { estimate: found, p: "value" in found ? twoSided(replicated) : found };
      });
      return [method, { metrics, difference }];
    }),
  );
}

/** What each picture counts in a resample: a loop, because thousands of resamples go through it   // [n] */
function weightsOf(weights: Float64Array, groupOf: Uint32Array, drawn: Float64Array): Float64Array {
  const result = new Float64Array(weights.length);
  for (let i = 0; i < result.length; i++) result[i] = weights[i]! * drawn[groupOf[i]!]!;
  return result;
}

/** Two methods that end at one answer by other sums differ by last bits, all to one side: that is no finding. */
const rounding = 1e-6;

/** 2 min(P(d <= 0), P(d >= 0)), a resample added on either side, so that it is never 0. */
function twoSided(differences: readonly number[]): number {
  const share = (count: number) => (count + 1) / (differences.length + 1);
  const [below, above] = [
    differences.filter((d) => d <= rounding).length,
    differences.filter((d) => d >= -rounding).length,
  ];
  return Math.min(1, 2 * Math.min(share(below), share(above)));
}

function byName<Name extends string, T>(names: readonly Name[], of: (name: Name) => T): Record<Name, T> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, T>;
}

/** The mean over seeds; undefined where one of them is. */
function meanOf<Name extends string>(values: readonly Record<Name, Value>[]): Record<Name, Value> {
  return byName(Object.keys(values[0]!) as Name[], (name): Value => {
    let sum = 0;
    for (const { [name]: value } of values) {
      if (typeof value !== "number") return value;
      sum += value;
    }
    return sum / values.length;
  });
}

function less(a: Value, b: Value): Value {
  if (typeof a !== "number") return a;
  return typeof b === "number" ? a - b : b;
}

/** Groups counted from 0 through all seeds, and the number of each picture's. */
function numbersOf(seeds: readonly (readonly string[])[]): { count: number; numbers: readonly Uint32Array[] } {
  const known = new Map<string, number>();
  for (const group of seeds.flat()) if (!known.has(group)) known.set(group, known.size);
  return {
    count: known.size,
    numbers: seeds.map((groups) => Uint32Array.from(groups, (group) => known.get(group)!)),
  };
}

function requireSame(scores: Scores, reference: Scores | undefined, method: string): void {
  const same =
    reference !== undefined &&
    scores.labels.length === reference.labels.length &&
    scores.labels.every((label, i) => label === reference.labels[i]) &&
    scores.groups.every((group, i) => group === reference.groups[i]);
  if (!same) throw new RangeError(`${method} was measured on other pictures than the control: nothing can be paired.`);
}
