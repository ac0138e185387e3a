import { mkdir, realpath, rm } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { UserError } from "../core/errors.ts";
import { parseRatio, showRatio } from "../core/ratio.ts";
import { createRng } from "../core/rng.ts";
import { type Label, type Part, parts, type Sample } from "../core/sample.ts";
import { moveInto, partialFolder, placeFile, requireFree } from "./datasetFolder.ts";
import { labelOfWord } from "./labels.ts";
import { compare, count } from "./listing.ts";
import { type Dataset, manifestHash } from "./manifest.ts";
import type { Split } from "./split.ts";
import { tableRows } from "./tableFile.ts";
import { thin } from "./thin.ts";
import { writeAtomic, writeError } from "./writeAtomic.ts";

export interface MakeImbalanced {
  /** Folder of the new dataset. */
  readonly out: string;
  /** `1:k`: one fake for k genuine pictures. */
  readonly ratio: string;
  /** Of the draw of the fakes that stay. */
  readonly seed: number;
  /** The dataset as it was read, where it is no folder: its CSV or JSONL file. */
  readonly table?: string;
  /** Replace the dataset of ours that stands there. */
  readonly force?: boolean;
  /** As the user typed it, for dataset.json. */
  readonly command?: string;
  readonly onProgress?: (done: number, of: number) => void;
  /** How a file reaches its new place: an argument, so that a test can fill the disk. */
  readonly place?: (from: string, to: string) => Promise<void>;
}

type Counts = Readonly<Record<Part, Readonly<Record<Label, number>>>>;

export interface ImbalancedDataset {
  readonly ratio: string;
  readonly seed: number;
  /** By part, before and after. */
  readonly before: Counts;
  readonly after: Counts;
  readonly manifestSha256: string;
  /** Whole sentences. */
  readonly warnings: readonly string[];
}

/** Parts whose fakes are thinned; those of test are kept, and its metrics weighted instead (metrics/prevalence.ts). */
const thinned = ["train", "validation", "calibration"] as const;

/**
 * A copy of a dataset in which fakes are rare: those of train, validation and calibration are thinned to the ratio at
 * random, those of test kept, every genuine picture kept. The new dataset (DESIGN 4) has `real/`, `fake/`, `masks/`,
 * manifest.jsonl with all that the old one said and the part of each picture, so that `--split given` gives these parts
 * again, and dataset.json. Pictures are not changed: they share the old files' blocks or their bytes where the disk can.
 * It grows in `<out>.partial` and takes its place when it is whole.
 * Errors, before anything is written: bad-options (ratio, a folder that overlaps with the dataset's), bad-dataset (a
 * ratio that cannot be had, with the one that can; groups in two parts; a dataset that was thinned already), exists. Later: disk-full, no-permission.
 */
export async function makeImbalanced(
  dataset: Dataset,
  split: Split,
  options: MakeImbalanced,
): Promise<ImbalancedDataset> {
  const { out, seed, force = false, command, onProgress = () => {}, place = placeFile } = options;
  const realPerFake = parseRatio(options.ratio);
  requireWhole(dataset);
  requireUnmixed(split);
  requireReachable(split.counts, realPerFake);
  await requireApart(dataset, out);
  await requireFree(out, { force });

  const rng = createRng(`imbalance/${seed}`);
  const kept = new Map<Sample, Part>();
  for (const part of parts) {
    const isThinned = (thinned as readonly Part[]).includes(part);
    const { parts: samples } = split;
    for (const sample of isThinned ? thin(samples[part], realPerFake, rng.fork(part)).kept : samples[part])
      kept.set(sample, part);
  }
  const rows = await tableRows(options.table ?? dataset.root);
  const entries = placed([...kept.keys()], dataset);
  const moved = entries.map(({ sample, path, mask }): Sample => {
    const { mask: _, ...rest } = sample;
    return { ...rest, path, given: kept.get(sample)!, ...(mask !== undefined && { mask }) };
  });
  const sorted = [...moved].sort((a, b) => compare(a.path, b.path));
  const lines = new Map(
    entries.map(({ sample, path, mask }) => [path, line(sample, path, mask, kept.get(sample)!, rows.get(sample.path))]),
  );
  const ratio = `1:${realPerFake}`;
  const after = countsOf(moved);
  const manifestSha256 = manifestHash(sorted);
  const card = {
    schemaVersion: 1,
    name: basename(resolve(out)),
    ...(dataset.toy === undefined ? {} : { toy: dataset.toy }),
    ratio,
    seed,
    split: { kind: split.kind, seed: split.seed },
    source: { name: dataset.name, manifestSha256: dataset.manifestSha256, groupedBy: dataset.groupedBy },
    ...(command === undefined ? {} : { command }),
    counts: { real: sum(after, "real"), fake: sum(after, "fake") },
    before: split.counts,
    after,
    manifestSha256,
  };

  const partial = partialFolder(out);
  try {
    await rm(partial, { recursive: true, force: true });
    for (const folder of ["real", "fake", "masks"]) await mkdir(join(partial, folder), { recursive: true });
    for (const [i, { sample, path, mask }] of entries.entries()) {
      await place(join(dataset.root, sample.path), join(partial, path));
      if (mask !== undefined) await place(join(dataset.root, sample.mask!), join(partial, mask));
      onProgress(i + 1, entries.length);
    }
    await writeAtomic(join(partial, "manifest.jsonl"), sorted.map(({ path }) => lines.get(path)!).join(""));
    await writeAtomic(join(partial, "dataset.json"), `${JSON.stringify(card, null, 2)}\n`);
    await moveInto(out, partial);
  } catch (error) {
    throw writeError(out, error);
  }
  return { ratio, seed, before: split.counts, after, manifestSha256, warnings: warningsOf(after) };
}

/** A thinned dataset kept the fakes of its test part: thinned again, its parts would have been drawn by two rules. */
function requireWhole({ name, realPerFake }: Dataset): void {
  if (realPerFake === undefined) return;
  throw new UserError(
    "bad-dataset",
    `${name} was thinned to 1:${realPerFake} already, and kept all fakes of its test part. Pass the dataset that ${name} was made of (dataset.json names it).`,
  );
}

/** A thinned part keeps at least one fake, and no more than it has. */
function requireReachable(counts: Counts, realPerFake: number): void {
  const wanted = (part: Part) => Math.round(counts[part].real / realPerFake);
  const short = thinned.find((part) => wanted(part) > counts[part].fake);
  const none = thinned.find((part) => wanted(part) < 1);
  if (short === undefined && none === undefined) return;
  const { real, fake } = counts[(short ?? none)!];
  const why =
    short !== undefined
      ? `asks for ${count(wanted(short), "fake")} beside the ${count(real, "genuine picture")} of ${short}, which has ${fake}`
      : `leaves less than half a fake for the ${count(real, "genuine picture")} of ${none}`;
  // Rounded inwards, so that what is named can be had.
  const most = Math.ceil(Math.max(...thinned.map((part) => (10 * counts[part].real) / counts[part].fake))) / 10;
  const least = Math.min(...thinned.map((part) => 2 * counts[part].real));
  const reach =
    most <= least
      ? `This dataset can give ${showRatio(most)} to ${showRatio(least)}`
      : "This dataset can give none, its parts differ too much";
  throw new UserError(
    "bad-dataset",
    `The ratio ${showRatio(realPerFake)} cannot be had: it ${why}. ${reach}; for others add ${short !== undefined ? "fakes" : "genuine pictures"}, or change --split or --seed.`,
  );
}

/** Thinning a part would leave pictures of one source on both sides. */
function requireUnmixed({ naive, kind }: Split): void {
  if (!naive) return;
  throw new UserError(
    "bad-dataset",
    `Groups stand in two parts of the ${kind} split, so thinning would leave one source on both sides. Pass --split grouped, or change the column split.`,
  );
}

/**
 * With --force the folder is replaced, and the pictures that it is made of must not go with it; nor may it stand where
 * the next reader of the dataset would take it for pictures of a class.
 */
async function requireApart({ root, samples }: Dataset, out: string): Promise<void> {
  const [from, to] = await Promise.all([realpath(root), nearestReal(resolve(out))]);
  const isWithin = (inner: string, outer: string) => !relative(outer, inner).startsWith("..");
  const classes = new Set(samples.map(({ path }) => path.split("/")[0]!).filter((folder) => labelOfWord(folder)));
  const files = samples.flatMap(({ path, mask }) => [path, ...(mask === undefined ? [] : [mask])]);
  const real = await Promise.all(files.map((path) => realpath(join(root, path))));
  const overlaps =
    real.some((file) => isWithin(file, to)) || [...classes].some((folder) => isWithin(to, join(from, folder)));
  if (!overlaps) return;
  throw new UserError(
    "bad-options",
    `${out} holds pictures of the dataset ${root}, or lies among them. Choose a folder beside the dataset.`,
  );
}

/** The path with its links followed as far as it exists. */
async function nearestReal(path: string): Promise<string> {
  return realpath(path).catch(async () =>
    dirname(path) === path ? path : join(await nearestReal(dirname(path)), basename(path)),
  );
}

interface Placed {
  readonly sample: Sample;
  /** `real/<name>`, relative to the new dataset. */
  readonly path: string;
  readonly mask?: string;
}

/** Each picture under its own name, or its folders' names before it where another has that name already. */
function placed(samples: readonly Sample[], { root }: Dataset): Placed[] {
  const taken = new Set<string>();
  const stemOf = (path: string) => basename(path, extname(path));
  return samples.map((sample) => {
    const inside = relative(root, join(root, sample.path)).replaceAll(/[\\/]+|\.\./g, "_");
    const candidates = [stemOf(sample.path), stemOf(inside)];
    let stem = candidates.find((name) => !taken.has(name.toLowerCase()));
    for (let k = 2; stem === undefined; k++)
      if (!taken.has(`${candidates[1]}-${k}`.toLowerCase())) stem = `${candidates[1]}-${k}`;
    taken.add(stem.toLowerCase());
    const path = `${sample.label}/${stem}${extname(sample.path)}`;
    return { sample, path, ...(sample.mask === undefined ? {} : { mask: `masks/${stem}${extname(sample.mask)}` }) };
  });
}

/** All that the old table says, then what is so now. */
function line(
  { sha256, label, group, source, time, boxes, facts }: Sample,
  path: string,
  mask: string | undefined,
  split: Part,
  row: Readonly<Record<string, unknown>> = {},
): string {
  const known = { ...facts, ...(source && { source }), ...(time && { time }), ...(boxes && { boxes }) };
  const now = { path, sha256, label, group };
  return `${JSON.stringify({ ...now, ...known, ...row, ...now, split, mask: mask ?? null })}\n`;
}

function countsOf(samples: readonly Sample[]): Counts {
  const of = (part: Part, label: Label) =>
    samples.filter((sample) => sample.given === part && sample.label === label).length;
  return Object.fromEntries(
    parts.map((part) => [part, { real: of(part, "real"), fake: of(part, "fake") }]),
  ) as unknown as Counts;
}

function sum(counts: Counts, label: Label): number {
  return parts.reduce((total, part) => total + counts[part][label], 0);
}

/** From this many on an interval of a share says something. */
const fewFakes = 10;

function warningsOf(counts: Counts): string[] {
  const few = thinned.filter((part) => counts[part].fake < fewFakes);
  if (few.length === 0) return [];
  const words = few.map((part) => `${part} ${counts[part].fake}`).join(", ");
  return [
    `Few fakes are left (${words}): what is chosen or calibrated on them rests on chance. More pictures, or a milder ratio, say more.`,
  ];
}
