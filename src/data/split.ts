import { UserError } from "../core/errors.ts";
import { createRng, type Rng } from "../core/rng.ts";
import { type Label, type Part, parts, type Sample, type Samples } from "../core/sample.ts";
import { count } from "./listing.ts";
import type { Dataset } from "./manifest.ts";

export const splitKinds = ["grouped", "random", "time", "given"] as const;
export type SplitKind = (typeof splitKinds)[number];

export type Fractions = Readonly<Record<Part, number>>;
export const defaultFractions: Fractions = { train: 0.65, validation: 0.12, calibration: 0.08, test: 0.15 };

export interface SplitOptions {
  readonly kind: SplitKind;
  readonly seed: number;
  /** Sum to 1; a part of fraction 0 stays empty. */
  readonly fractions?: Fractions;
}

export interface Split {
  readonly kind: SplitKind;
  /** True where pictures of one group may stand in two parts: every figure from such a split flatters. */
  readonly naive: boolean;
  readonly seed: number;
  /** Each in the order of the dataset. */
  readonly parts: { readonly [S in Part]: Samples<S> };
  readonly counts: Readonly<Record<Part, Readonly<Record<Label, number>>>>;
}

type Assignment = ReadonlyMap<Sample, Part>;

/**
 * Cuts a dataset into train, validation, calibration and test.
 * grouped: whole groups, both classes near their fractions; random: picture by picture, naive; time: the newest groups
 * are test; given: the dataset's own column split, where validation and calibration come out of train if it has none.
 * Throws bad-dataset where a part would lack a class.
 */
export function splitDataset(dataset: Pick<Dataset, "samples" | "groupedBy">, options: SplitOptions): Split {
  const { kind, seed, fractions = defaultFractions } = options;
  const sum = parts.reduce((total, part) => total + fractions[part], 0);
  if (Math.abs(sum - 1) > 1e-6 || parts.some((part) => fractions[part] < 0))
    throw new UserError(
      "bad-options",
      `The fractions of a split are 0 or more and sum to 1; these sum to ${sum.toFixed(3)}.`,
    );
  const rng = createRng(`split/${kind}/${seed}`);
  const { samples } = dataset;
  const assignment = { grouped, random, time, given }[kind](samples, fractions, rng);
  const split = splitOf(samples, assignment, { kind, seed });
  requireClasses(split, kind === "given" ? { ...fractions, train: 1, test: 1 } : fractions, dataset);
  return split;
}

/** The split that an assignment of samples to parts makes. */
export function splitOf(
  samples: readonly Sample[],
  assignment: Assignment,
  { kind, seed }: Omit<SplitOptions, "fractions">,
): Split {
  const inPart = <S extends Part>(part: S) =>
    samples.filter((sample) => assignment.get(sample) === part) as unknown as Samples<S>;
  const made = {
    train: inPart("train"),
    validation: inPart("validation"),
    calibration: inPart("calibration"),
    test: inPart("test"),
  };
  const counted = (part: Part) => {
    const fake = made[part].filter(({ label }) => label === "fake").length;
    return { real: made[part].length - fake, fake };
  };
  return {
    kind,
    naive: kind === "random" || crossingGroups(samples, assignment) > 0,
    seed,
    parts: made,
    counts: {
      train: counted("train"),
      validation: counted("validation"),
      calibration: counted("calibration"),
      test: counted("test"),
    },
  };
}

function crossingGroups(samples: readonly Sample[], assignment: Assignment): number {
  const first = new Map<string, Part>();
  const crossing = new Set<string>();
  for (const sample of samples) {
    const part = assignment.get(sample)!;
    if ((first.get(sample.group) ?? part) !== part) crossing.add(sample.group);
    else first.set(sample.group, part);
  }
  return crossing.size;
}

interface Group {
  readonly samples: readonly Sample[];
  readonly real: number;
  readonly fake: number;
}

function groupsOf(samples: readonly Sample[]): Group[] {
  const byName = new Map<string, Sample[]>();
  for (const sample of samples) {
    const group = byName.get(sample.group);
    if (group === undefined) byName.set(sample.group, [sample]);
    else group.push(sample);
  }
  return [...byName.values()].map((members) => {
    const fake = members.filter(({ label }) => label === "fake").length;
    return { samples: members, real: members.length - fake, fake };
  });
}

/**
 * Each group goes where its classes are needed most: need = (target - held) / target, weighed by what the group brings.
 * Groups too large for the smallest part come first and so go to train; then those with the rarer class, that every
 * part may have some; the order within is random.
 */
function grouped(samples: readonly Sample[], fractions: Fractions, rng: Rng): Assignment {
  const total = { real: samples.filter(({ label }) => label === "real").length, fake: 0 };
  total.fake = samples.length - total.real;
  const rarer: Label = total.fake <= total.real ? "fake" : "real";
  const used = parts.filter((part) => fractions[part] > 0);
  const huge = (0.5 * Math.min(...used.map((part) => fractions[part])) * samples.length) | 0;
  const rank = ({ samples: { length }, ...group }: Group) =>
    length > Math.max(1, huge) ? 0 : group[rarer] > 0 ? 1 : 2;
  const ordered = rng
    .shuffle(groupsOf(samples))
    .sort((a, b) => rank(a) - rank(b) || (rank(a) === 0 ? b.samples.length - a.samples.length : 0));

  const held = Object.fromEntries(used.map((part) => [part, { real: 0, fake: 0 }])) as Record<
    Part,
    Record<Label, number>
  >;
  const need = (part: Part, label: Label) => 1 - held[part][label] / Math.max(1, fractions[part] * total[label]);
  const assignment = new Map<Sample, Part>();
  for (const group of ordered) {
    const gain = (part: Part) => {
      const wanted = (group.real / total.real) * need(part, "real") + (group.fake / total.fake) * need(part, "fake");
      // A group that is too large for its part must find the largest, whatever the others still need.
      return rank(group) === 0 ? wanted * fractions[part] : wanted;
    };
    const part = used.reduce((best, other) => (gain(other) > gain(best) ? other : best));
    held[part].real += group.real;
    held[part].fake += group.fake;
    for (const sample of group.samples) assignment.set(sample, part);
  }
  return assignment;
}

/** Picture by picture, both classes at their fractions. */
function random(samples: readonly Sample[], fractions: Fractions, rng: Rng): Assignment {
  const assignment = new Map<Sample, Part>();
  for (const label of ["real", "fake"] as const) {
    const shuffled = rng.fork(label).shuffle(samples.filter((sample) => sample.label === label));
    cut(
      shuffled.map((sample) => [sample]),
      fractions,
      assignment,
    );
  }
  return assignment;
}

/** From the oldest to the newest; a group stands where its newest picture does, so that train never sees the future. */
function time(samples: readonly Sample[], fractions: Fractions): Assignment {
  const timeless = samples.find((sample) => sample.time === undefined);
  if (timeless !== undefined)
    throw new UserError(
      "bad-dataset",
      `A split by time needs a time for every picture; ${timeless.path} has none. Add a column time, or use --split grouped.`,
    );
  const newest = (group: Group) => Math.max(...group.samples.map((sample) => Date.parse(sample.time!)));
  const dated = groupsOf(samples).map((group) => ({ samples: group.samples, at: newest(group) }));
  const assignment = new Map<Sample, Part>();
  cut(
    dated.sort((a, b) => a.at - b.at).map((group) => group.samples),
    fractions,
    assignment,
  );
  return assignment;
}

/** Bundles in their order: each goes to the part in which its middle falls. */
function cut(bundles: readonly (readonly Sample[])[], fractions: Fractions, assignment: Map<Sample, Part>): void {
  const total = bundles.reduce((sum, bundle) => sum + bundle.length, 0);
  const { train, validation, calibration } = fractions;
  const ends = {
    train,
    validation: train + validation,
    calibration: train + validation + calibration,
    test: Number.POSITIVE_INFINITY,
  };
  let before = 0;
  for (const bundle of bundles) {
    const middle = (before + bundle.length / 2) / total;
    const part = parts.find((candidate) => middle < ends[candidate]) ?? "test";
    for (const sample of bundle) assignment.set(sample, part);
    before += bundle.length;
  }
}

function given(samples: readonly Sample[], fractions: Fractions, rng: Rng): Assignment {
  const without = samples.find((sample) => sample.given === undefined);
  if (without !== undefined)
    throw new UserError(
      "bad-dataset",
      `--split given follows the column split; ${without.path} has none. Fill the column, or use --split grouped.`,
    );
  const assignment = new Map(samples.map((sample) => [sample, sample.given!]));
  const present = new Set(assignment.values());
  const absent = (["validation", "calibration"] as const).filter((part) => !present.has(part) && fractions[part] > 0);
  if (absent.length === 0) return assignment;
  const rest = 1 - absent.reduce((sum, part) => sum + fractions[part], 0);
  const none: Fractions = { train: 0, validation: 0, calibration: 0, test: 0 };
  const cuts = { ...none, ...Object.fromEntries(absent.map((part) => [part, fractions[part]])), train: rest };
  const train = samples.filter((sample) => sample.given === "train");
  for (const [sample, part] of grouped(train, cuts, rng)) assignment.set(sample, part);
  return assignment;
}

function requireClasses(
  { counts, kind }: Split,
  fractions: Fractions,
  { samples, groupedBy }: Pick<Dataset, "samples" | "groupedBy">,
): void {
  for (const part of parts) {
    for (const label of ["real", "fake"] as const) {
      if (fractions[part] === 0 || counts[part][label] > 0) continue;
      const holding = groupsOf(samples).filter((group) => group[label] > 0).length;
      const pictures = samples.filter((sample) => sample.label === label).length;
      const why =
        kind === "random" || kind === "given"
          ? `${pictures} ${label} pictures in all`
          : `${pictures} ${label} pictures stand in ${count(holding, "group")} (by ${groupedBy}), and a group never crosses parts`;
      const next =
        kind === "given"
          ? "Change the column split, or use --split grouped."
          : "Add pictures from other sources, or give finer groups with --group-by.";
      throw new UserError("bad-dataset", `The part ${part} would have no ${label} picture: ${why}. ${next}`);
    }
  }
}
