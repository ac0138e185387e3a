import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../core/errors.ts";
import { showRatio } from "../core/ratio.ts";
import { type Part, parts, type Sample } from "../core/sample.ts";
import { sentence } from "../core/table.ts";
import type { Dataset } from "./manifest.ts";
import { defaultFractions, type Split, type SplitOptions, splitDataset, splitKinds, splitOf } from "./split.ts";
import { writeAtomic } from "./writeAtomic.ts";

/** One evaluation of the test part. */
const look = z.object({ model: z.string(), protocol: z.string(), time: z.string() });
export type Look = Readonly<z.infer<typeof look>>;

/** A report that shows one model under three protocols has looked once. */
export function countLooks(looks: readonly Look[]): number {
  return new Set(looks.map(({ model, time }) => `${model} ${time}`)).size;
}

const fileSchema = z.object({
  schemaVersion: z.literal(1),
  manifestSha256: z.string(),
  kind: z.enum(splitKinds),
  seed: z.number(),
  fractions: z.record(z.enum(parts), z.number()),
  parts: z.record(z.enum(parts), z.array(z.string())),
  looks: z.array(look),
});
type File = z.infer<typeof fileSchema>;

/** A split that is written down, and the ledger of looks at its test part. */
export interface SplitFile {
  readonly path: string;
  readonly split: Split;
  /** Oldest first. */
  readonly looks: readonly Look[];
  /** Adds a look to the ledger on the disk; whoever reports a test figure calls it. */
  countLook(look: Look): Promise<void>;
}

/**
 * The split of this dataset: read where it was drawn before, else drawn and written down.
 * Errors: those of splitDataset; bad-options where a dataset that was thinned part by part is asked for other parts.
 */
export async function openSplit(
  dataset: Pick<Dataset, "samples" | "groupedBy" | "manifestSha256" | "realPerFake">,
  options: SplitOptions,
  folder: string = join("runs", "splits"),
): Promise<SplitFile> {
  if (dataset.realPerFake !== undefined && options.kind !== "given")
    throw new UserError(
      "bad-options",
      `The fakes of this dataset were thinned to ${showRatio(dataset.realPerFake)} in train, validation and calibration and kept in test: another split would mix the two. Pass --split given.`,
    );
  const found = await findSplit(dataset, options, folder);
  if (found !== undefined) return found;
  const split = splitDataset(dataset, options);
  const path = pathOf(dataset, options, folder);
  const paths = (part: Part) => split.parts[part].map((sample) => sample.path);
  await save(path, {
    schemaVersion: 1,
    manifestSha256: dataset.manifestSha256,
    kind: options.kind,
    seed: options.seed,
    fractions: options.fractions ?? defaultFractions,
    parts: {
      train: paths("train"),
      validation: paths("validation"),
      calibration: paths("calibration"),
      test: paths("test"),
    },
    looks: [],
  });
  return ledger(path, split, []);
}

/** The same where it was drawn before; undefined where it was not. */
export async function findSplit(
  dataset: Pick<Dataset, "samples" | "manifestSha256">,
  options: SplitOptions,
  folder: string = join("runs", "splits"),
): Promise<SplitFile | undefined> {
  const path = pathOf(dataset, options, folder);
  const file = await load(path);
  if (file === undefined) return undefined;
  const bySample = new Map<string, Sample>(dataset.samples.map((sample) => [sample.path, sample]));
  const assignment = new Map<Sample, Part>();
  for (const part of parts)
    for (const samplePath of file.parts[part]) {
      const sample = bySample.get(samplePath);
      if (sample === undefined || file.manifestSha256 !== dataset.manifestSha256)
        throw notOurs(path, `it names ${samplePath}, which this dataset does not have`);
      assignment.set(sample, part);
    }
  if (assignment.size !== dataset.samples.length) throw notOurs(path, "it does not cover the dataset");
  return ledger(path, splitOf(dataset.samples, assignment, options), file.looks);
}

function ledger(path: string, split: Split, known: readonly Look[]): SplitFile {
  const looks = [...known];
  return {
    path,
    split,
    looks,
    async countLook(added) {
      // Another process may have looked since: the disk counts.
      const file = await load(path);
      if (file === undefined) throw notOurs(path, "it was removed");
      file.looks.push(added);
      await save(path, file);
      looks.splice(0, looks.length, ...file.looks);
    },
  };
}

/** `runs/splits/<manifest, 12 digits>-grouped-1.json`; fractions stand in the name where they are not the usual ones. */
function pathOf(
  { manifestSha256 }: Pick<Dataset, "manifestSha256">,
  { kind, seed, fractions }: SplitOptions,
  folder: string,
): string {
  const cuts = fractions === undefined ? "" : `-${parts.map((part) => fractions[part]).join("-")}`;
  return join(folder, `${manifestSha256.slice(0, 12)}-${kind}-${seed}${cuts}.json`);
}

async function load(path: string): Promise<File | undefined> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new UserError(
      "no-permission",
      `Cannot read the split ${path}. Allow it (chmod +r) or run in another folder.`,
      { cause: error },
    );
  });
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notOurs(path, "it is not JSON");
  }
  const result = fileSchema.safeParse(value);
  if (!result.success) throw notOurs(path, sentence(result.error));
  return result.data;
}

async function save(path: string, file: File): Promise<void> {
  await writeAtomic(path, `${JSON.stringify(file, null, 1)}\n`);
}

function notOurs(path: string, why: string): UserError {
  return new UserError(
    "bad-dataset",
    `The split ${path} does not fit this dataset: ${why}. Move it away and run again; its ledger of looks goes with it.`,
  );
}
