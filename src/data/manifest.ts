import { createHash } from "node:crypto";
import { access, readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { UserError } from "../core/errors.ts";
import { parseRatio } from "../core/ratio.ts";
import type { Sample } from "../core/sample.ts";
import type { Codec } from "../image/codec.ts";
import { readPicture } from "../image/readFile.ts";
import { type PictureFacts, pictureFacts } from "./facts.ts";
import { type Candidate, groupCandidates } from "./groups.ts";
import { inLanes } from "./inLanes.ts";
import { labelWordsInWords } from "./labels.ts";
import { compare, count, type Entry, type Listing, listClassFolders, listMasks, maskOf, some } from "./listing.ts";
import { listTable } from "./tableFile.ts";

export interface Unreadable {
  /** Relative to the dataset's root. */
  readonly path: string;
  /** A whole sentence. */
  readonly error: string;
}

/** A folder of pictures after every file was opened, decoded and hashed once. */
export interface Dataset {
  readonly name: string;
  /** Folder that the samples' paths start from. */
  readonly root: string;
  /** Sorted by path. */
  readonly samples: readonly Sample[];
  /** Left out of the samples: damaged, empty, no picture, no permission. */
  readonly unreadable: readonly Unreadable[];
  /** Over the lines `path, sha256, label, group`: the same on every machine. */
  readonly manifestSha256: string;
  /** `column group`, `CASIA names`, `pattern …` or `near-duplicates`. */
  readonly groupedBy: string;
  /** Sets of paths whose files hold the same bytes. */
  readonly duplicates: readonly (readonly string[])[];
  /** Whole sentences. */
  readonly warnings: readonly string[];
  /** By SHA-256: what the files say of themselves, and how they look. */
  readonly facts: ReadonlyMap<string, PictureFacts>;
  /** A sentence, where the set is a toy whose figures say nothing of real pictures. */
  readonly toy?: string;
  /** Genuine pictures for each fake that its fakes were thinned to, part by part, those of test excepted (thin.ts). */
  readonly realPerFake?: number;
}

export function absolutePath(dataset: Pick<Dataset, "root">, sample: Pick<Sample, "path">): string {
  return join(dataset.root, sample.path);
}

export interface ReadOptions {
  readonly codec: Codec;
  /** `casia`, `near-duplicates`, `column:group`, `column:source`, or a regular expression with a capture: groups.ts. */
  readonly groupBy?: string;
  /** What is known of files from before, by their SHA-256: they need not be decoded again. */
  readonly known?: KnownFacts;
  /** Pictures in work at a time. */
  readonly concurrency?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Facts of whole pictures that outlive a run (run/knownFacts.ts). */
export interface KnownFacts {
  of(sha256: string): PictureFacts | undefined;
  keep(sha256: string, facts: PictureFacts): void;
}

/**
 * Reads a dataset: a folder with `real/` and `fake/` (aliases: labels.ts), a folder of ours with manifest.jsonl,
 * or a CSV or JSONL file with the columns path, label and, where known, group, source, time, mask, split.
 * Every file that is not known is decoded once; those that cannot be are listed in `unreadable`. Nothing is written.
 * Errors: not-found, no-permission, bad-dataset, bad-options (groupBy).
 */
export async function readDataset(path: string, options: ReadOptions): Promise<Dataset> {
  const { root, name, listing } = await list(path);
  const masks = await listMasks(root);
  const { read, unreadable } = await readAll(root, listing.entries, options);
  if (read.length === 0) throw nothingReadable(path, listing.entries.length, unreadable);
  const candidates = read.map(({ entry, sha256, facts }) => ({
    ...entry,
    sha256,
    perceptualHash: facts.perceptualHash,
  }));
  requireBothClasses(path, candidates);
  requireDifferentPictures(path, candidates);
  const { groups, groupedBy, warnings } = groupCandidates(candidates, options.groupBy);
  const samples = candidates.map((candidate, i) => sampleOf(candidate, groups[i]!, masks));
  const missing = await missingMasks(root, samples);
  const duplicates = duplicateSets(samples);
  return {
    name,
    root,
    samples: samples.map((sample) => (missing.has(sample) ? withoutMask(sample) : sample)),
    unreadable,
    manifestSha256: manifestHash(samples),
    groupedBy,
    duplicates,
    warnings: [...listing.warnings, ...warnings, ...maskWarning(missing), ...bothLabels(samples)],
    facts: new Map(read.map(({ sha256, facts }) => [sha256, facts])),
    ...(await notes(root)),
  };
}

async function list(path: string): Promise<{ root: string; name: string; listing: Listing }> {
  const facts = await stat(path).catch((cause: unknown) => {
    throw new UserError(
      "not-found",
      `There is no folder or file ${path}. Give a folder with ${labelWordsInWords()}, or a CSV or JSONL file.`,
      { cause },
    );
  });
  try {
    if (facts.isDirectory()) {
      const ours = join(path, "manifest.jsonl");
      const listing = (await exists(ours)) ? await listTable(ours) : await listClassFolders(path);
      return { root: path, name: basename(join(path, ".")) || path, listing };
    }
    if (!/\.(csv|jsonl|ndjson)$/i.test(path))
      throw new UserError(
        "bad-dataset",
        `${path} is no dataset. Expected a folder with ${labelWordsInWords()}, or a file that ends in .csv or .jsonl.`,
      );
    return { root: dirname(path), name: basename(path, extname(path)), listing: await listTable(path) };
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && (cause.code === "EACCES" || cause.code === "EPERM")))
      throw cause;
    throw new UserError(
      "no-permission",
      `No permission to read ${path}: ${cause.message}. Allow it (chmod -R +rX) or ask its owner.`,
      { cause },
    );
  }
}

interface Read {
  readonly entry: Entry;
  readonly sha256: string;
  readonly facts: PictureFacts;
}

/** Opens every file; a few at a time, because a phone's picture is 36 MB of pixels. */
async function readAll(
  root: string,
  entries: readonly Entry[],
  { codec, concurrency = 4, onProgress, known }: ReadOptions,
) {
  const sorted = [...entries].sort((a, b) => compare(a.path, b.path));
  let done = 0;
  const results = await inLanes(sorted, concurrency, async (entry) => {
    const result = await readOne(root, entry, codec, known);
    onProgress?.(++done, sorted.length);
    return result;
  });
  return {
    read: results.filter((result): result is Read => "sha256" in result),
    unreadable: results.filter((result): result is Unreadable => "error" in result),
  };
}

async function readOne(root: string, entry: Entry, codec: Codec, known?: KnownFacts): Promise<Read | Unreadable> {
  try {
    const bytes = await readPicture(join(root, entry.path));
    if (known !== undefined) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const facts = known.of(sha256);
      if (facts !== undefined) return { entry, sha256, facts };
    }
    const image = await codec.decode(bytes);
    // A codec fills the missing part in: a grey half that only one class has would be learnt as its mark.
    const damage = image.warnings.find((warning) => warning.startsWith("The file is damaged"));
    if (damage !== undefined) return { path: entry.path, error: damage };
    const facts = pictureFacts(image);
    known?.keep(image.sha256, facts);
    return { entry, sha256: image.sha256, facts };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { path: entry.path, error: error.message };
  }
}

function nothingReadable(path: string, listed: number, unreadable: readonly Unreadable[]): UserError {
  const first = unreadable[0];
  if (first === undefined)
    return new UserError("bad-dataset", `${path} names no pictures. Put some into its class folders.`);
  return new UserError(
    "bad-dataset",
    `None of the ${count(listed, "picture")} in ${path} can be read. The first, ${first.path}: ${first.error}`,
  );
}

function requireBothClasses(path: string, candidates: readonly Candidate[]): void {
  const fakes = candidates.filter(({ label }) => label === "fake").length;
  const reals = candidates.length - fakes;
  if (fakes > 0 && reals > 0) return;
  throw new UserError(
    "bad-dataset",
    `${path} holds ${count(reals, "real picture")} and ${count(fakes, "fake picture")} that can be read; a dataset needs both classes. Add pictures of the other one: ${labelWordsInWords()} name the classes, as folders or in the column label.`,
  );
}

function requireDifferentPictures(path: string, candidates: readonly Candidate[]): void {
  if (candidates.some(({ sha256 }) => sha256 !== candidates[0]!.sha256)) return;
  throw new UserError(
    "bad-dataset",
    `All ${count(candidates.length, "picture")} in ${path} have the same bytes: there is nothing to learn. Was one file copied over the others?`,
  );
}

function sampleOf(
  { perceptualHash: _, ...candidate }: Candidate,
  group: string,
  masks: ReadonlyMap<string, string>,
): Sample {
  const mask = candidate.mask ?? maskOf(candidate.path, masks);
  return { ...candidate, group, ...(mask && { mask }) };
}

/** Samples whose table names a mask that does not exist. */
async function missingMasks(root: string, samples: readonly Sample[]): Promise<ReadonlySet<Sample>> {
  const checked = await Promise.all(
    samples.map(async (s) => s.mask !== undefined && !(await exists(join(root, s.mask)))),
  );
  return new Set(samples.filter((_, i) => checked[i]));
}

function withoutMask({ mask: _, ...sample }: Sample): Sample {
  return sample;
}

function maskWarning(missing: ReadonlySet<Sample>): string[] {
  const named = [...missing].map(({ mask }) => mask!);
  return named.length === 0 ? [] : [`${count(named.length, "mask")} named but not there: ${some(named)}.`];
}

function duplicateSets(samples: readonly Sample[]): string[][] {
  const sets = new Map<string, Sample[]>();
  for (const sample of samples) sets.set(sample.sha256, [...(sets.get(sample.sha256) ?? []), sample]);
  return [...sets.values()].filter((set) => set.length > 1).map((set) => set.map(({ path }) => path));
}

function bothLabels(samples: readonly Sample[]): string[] {
  const label = new Map(samples.map((sample) => [sample.sha256, sample.label]));
  const twice = samples.filter((sample) => label.get(sample.sha256) !== sample.label).map(({ path }) => path);
  if (twice.length === 0) return [];
  return [
    `WRONG LABELS: ${count(twice.length, "file")} stand in both classes with the very same bytes, so one label is false: ${some(twice)}. Remove one of each pair.`,
  ];
}

/** Of samples sorted by path. */
export function manifestHash(samples: readonly Sample[]): string {
  const hash = createHash("sha256");
  for (const { path, sha256, label, group } of samples)
    hash.update(`${JSON.stringify([path, sha256, label, group])}\n`);
  return hash.digest("hex");
}

/** What `dataset.json` beside the pictures may say: `{"toy": "a sentence"}`, `{"ratio": "1:50"}` (makeImbalanced.ts). */
async function notes(root: string): Promise<Pick<Dataset, "toy" | "realPerFake">> {
  const text = await readFile(join(root, "dataset.json"), "utf8").catch(() => "{}");
  const { toy, ratio } = parsed(text);
  return {
    ...(typeof toy === "string" && { toy }),
    ...(typeof ratio === "string" && { realPerFake: parseRatio(ratio, "ratio of dataset.json") }),
  };
}

function parsed(text: string): { toy?: unknown; ratio?: unknown } {
  try {
    return (JSON.parse(text) as object | null) ?? {};
  } catch {
    return {};
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
