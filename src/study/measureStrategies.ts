import { isDefined } from "../core/estimate.ts";
import type { Rng } from "../core/rng.ts";
import { doubtPerfection, groupsOfRarerClass } from "../metrics/doubtPerfection.ts";
import { holm } from "../metrics/holm.ts";
import { type Compared, type Judged, pairedBootstrap, type RankedJudged } from "../metrics/pairedBootstrap.ts";
import type { Value } from "../metrics/ranked.ts";
import type { ComparedMetric, PairedDifference } from "../report/compare/comparisonData.ts";
import type { OutOfFold } from "./answers.ts";
import { comparedStatistics, probabilityStatistics, rankingStatistics, shares } from "./comparedStatistics.ts";

export type ValidationName = "rocAuc" | "prAuc" | "recallAtFpr1";

export interface MeasureOptions {
  readonly rng: Rng;
  readonly replicates: number;
  /** Share of pictures that are reviewed, 0..1. */
  readonly budget: number;
}

export interface Measured {
  readonly test: Compared<ComparedMetric>;
  readonly uncorrected: Compared<"loss" | "brier" | "ece">;
  readonly validation: Compared<ValidationName>;
  /** On test, adjusted for the number of strategies; undefined for the control and the reference. */
  readonly differences?: Readonly<Record<ComparedMetric, PairedDifference>>;
}

/** Answers of a method, one for each seed. */
export type Answers = ReadonlyMap<string, readonly OutOfFold[]>;

/** Everything that a comparison says in figures; methods in `aside` are measured and take no part in the adjustment. */
export function measureStrategies(
  answers: Answers,
  control: string,
  aside: readonly string[],
  { rng, replicates, budget }: MeasureOptions,
): Map<string, Measured> {
  const of = (which: (found: OutOfFold) => Judged) =>
    new Map([...answers].map(([name, seeds]) => [name, seeds.map(which)] as const));
  const run = <Name extends string>(
    which: (found: OutOfFold) => Judged,
    statistics: (sample: RankedJudged) => Record<Name, Value>,
    stream: string,
  ) => pairedBootstrap(of(which), control, statistics, { rng: rng.fork(stream), replicates });

  const test = run(
    (found) => found.test,
    (sample) => comparedStatistics(sample, budget),
    "test",
  );
  const uncorrected = run((found) => found.uncorrected, probabilityStatistics, "test");
  const validation = run((found) => found.validation, validationStatistics, "validation");
  const trials = groupsOfRarerClass([...answers.values()][0]![0]!.test);
  const compared = [...answers.keys()].filter((name) => name !== control && !aside.includes(name));
  const names = Object.keys(test.get(control)!.metrics) as ComparedMetric[];
  const adjusted = new Map(names.map((name) => [name, adjust(test, compared, name)] as const));

  return new Map(
    [...answers.keys()].map((method) => {
      const own = test.get(method)!;
      const metrics = Object.fromEntries(
        names.map((name) => [
          name,
          shares.includes(name) ? doubtPerfection(own.metrics[name], trials) : own.metrics[name],
        ]),
      ) as Compared<ComparedMetric>["metrics"];
      const measured: Measured = {
        test: { ...own, metrics },
        uncorrected: uncorrected.get(method)!,
        validation: validation.get(method)!,
      };
      if (!compared.includes(method)) return [method, measured];
      const differences = Object.fromEntries(
        names.map((name) => [name, adjusted.get(name)!.get(method)!]),
      ) as unknown as Measured["differences"] & object;
      return [method, { ...measured, differences }];
    }),
  );
}

/** Differences to the control whose p is raised for the number of strategies that have one (Holm, 1979). */
export function adjust<Name extends string>(
  compared: ReadonlyMap<string, Compared<Name>>,
  methods: readonly string[],
  name: Name,
): Map<string, PairedDifference> {
  const found = methods.map((method) => compared.get(method)!.difference![name]);
  const known = found.flatMap(({ p }, i) => (typeof p === "number" ? [{ i, p }] : []));
  const raised = holm(known.map(({ p }) => p));
  const adjusted = new Map(known.map(({ i }, k) => [i, raised[k]!]));
  return new Map(
    methods.map((method, i) => {
      const { estimate, p } = found[i]!;
      return [
        method,
        { estimate, p: isDefined(estimate) && typeof p === "number" ? p : null, pAdjusted: adjusted.get(i) ?? null },
      ];
    }),
  );
}

export function validationStatistics(sample: RankedJudged): Record<ValidationName, Value> {
  const { rocAuc, prAuc, recallAtFpr1 } = rankingStatistics(sample, 0);
  return { rocAuc, prAuc, recallAtFpr1 };
}
