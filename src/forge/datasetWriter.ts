import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { UserError } from "../core/errors.ts";
import type { Label, Part } from "../core/sample.ts";
import { moveInto, partialFolder, requireFree } from "../data/datasetFolder.ts";
import { writeAtomic, writeError } from "../data/writeAtomic.ts";
import type { Laundering } from "./launder.ts";

/** One line of manifest.jsonl; paths are relative to the dataset's folder. */
export interface ManifestRow {
  readonly path: string;
  readonly sha256: string;
  readonly label: Label;
  /** Same account or same source: same group. */
  readonly group: string;
  /** The picture before any edit: an edited one and its original name the same. */
  readonly source: string;
  /** ISO 8601. */
  readonly time: string;
  readonly split: Part;
  /** unseen: its app stands in no other part than test. */
  readonly scenario: "seen" | "unseen";
  readonly app: string;
  readonly device: string;
  readonly font: string;
  readonly language: string;
  readonly theme: string;
  /** How it was edited; null for a genuine picture. */
  readonly operation: string | null;
  readonly fields: readonly string[];
  /** Everything that was left to chance, earlier saves and sham edits of both classes included. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly laundering: Laundering;
  /** Where the app drew each field, of both classes: [x, y, width, height] in the file's pixels. */
  readonly boxes: Readonly<Record<string, readonly [number, number, number, number]>>;
  /** White where edited; null for a genuine picture. */
  readonly mask: string | null;
}

/** A picture that is ready to be written. */
export interface ForgedPicture {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** A PNG; absent for a genuine picture. */
  readonly mask?: Uint8Array;
  readonly row: Omit<ManifestRow, "path" | "sha256" | "mask">;
}

/** What dataset.json says of the set as a whole. */
export interface DatasetCard {
  readonly name: string;
  /** A sentence, where the set is a toy whose figures say nothing of real pictures. */
  readonly toy?: string;
  readonly seed: number;
  /** Makes the set again. */
  readonly command: string;
  /** Of the slips, where they differ from the defaults. */
  readonly options?: object;
  /** Programs that drew and forged. */
  readonly engines: readonly string[];
}

export interface DatasetWriter {
  /** Names of the pictures that an interrupted run has left. */
  readonly written: ReadonlySet<string>;
  /** Writes one picture and its mask; pictures may come in any order. */
  add(picture: ForgedPicture): Promise<void>;
  /** Writes manifest.jsonl and dataset.json and puts the whole in its place. */
  close(): Promise<{ readonly counts: Readonly<Record<Label, number>>; readonly manifestSha256: string }>;
}

/** How files reach the disk: an argument, so that a test can fill it. */
export interface Disk {
  write(path: string, bytes: Uint8Array): Promise<void>;
  append(path: string, line: string): Promise<void>;
}

const plainDisk: Disk = { write: writeFile, append: appendFile };
const journalName = "journal.jsonl";

interface DatasetOptions {
  /** Replace the dataset that stands there. */
  readonly force?: boolean;
  /** Go on with what an interrupted run of the same set has left. */
  readonly resume?: boolean;
  /** All that decides the pictures: a run is resumed only with the same. */
  readonly fingerprint: string;
  readonly disk?: Disk | undefined;
}

/**
 * A dataset of ours (DESIGN 4): `real/`, `fake/`, `masks/<same name>.png`, `manifest.jsonl`, `dataset.json`.
 * It grows in a folder beside `out` whose name ends in `.partial`, with a journal that names a picture once its files
 * are whole, and takes its place when it is complete: whoever finds `out` finds all of it. With `force` an earlier
 * dataset's five entries are replaced; other files stay.
 * Errors: exists, where `out` holds something and `force` is not given, or where `resume` finds another set's pictures;
 * disk-full; no-permission.
 */
export async function createDataset(out: string, card: DatasetCard, options: DatasetOptions): Promise<DatasetWriter> {
  const { disk = plainDisk, fingerprint } = options;
  const partial = partialFolder(out);
  const journal = join(partial, journalName);
  await requireFree(out, { force: options.force === true, journal: [journalName] });
  const left = options.resume === true ? await readJournal(journal, fingerprint, partial) : undefined;
  if (left === undefined) await rm(partial, { recursive: true, force: true });
  for (const folder of ["real", "fake", "masks"]) await mkdir(join(partial, folder), { recursive: true });
  const rows: ManifestRow[] = left ?? [];
  // Whole lines alone, also where the last one was cut short.
  await writeAtomic(journal, [{ fingerprint }, ...rows].map(line).join(""));
  let appended: Promise<void> = Promise.resolve();

  return {
    written: new Set(rows.map(({ path }) => nameOf(path))),

    async add({ name, bytes, mask, row }) {
      const path = `${row.label}/${name}.${row.laundering.format === "png" ? "png" : "jpg"}`;
      const maskPath = mask === undefined ? null : `masks/${name}.png`;
      await guarded(path, () => disk.write(join(partial, path), bytes));
      if (mask !== undefined) await guarded(path, () => disk.write(join(partial, `masks/${name}.png`), mask));
      const whole = { path, sha256: createHash("sha256").update(bytes).digest("hex"), ...row, mask: maskPath };
      // One line after another; once one fails, none follows it.
      appended = appended.then(() => guarded(journal, () => disk.append(journal, line(whole))));
      await appended;
      rows.push(whole);
    },

    async close() {
      // By name, which says nothing of the class; rows came in the order in which they were finished.
      const sorted = rows.sort((a, b) => (basename(a.path) < basename(b.path) ? -1 : 1));
      const counts = {
        real: sorted.filter(({ label }) => label === "real").length,
        fake: sorted.filter(({ label }) => label === "fake").length,
      };
      const fonts = [...new Set(sorted.map(({ font }) => font))].sort();
      const manifestSha256 = hashOf(sorted);
      const facts = { schemaVersion: 1, ...card, fonts, counts, manifestSha256 };
      await writeAtomic(join(partial, "manifest.jsonl"), sorted.map(line).join(""));
      await writeAtomic(join(partial, "dataset.json"), `${JSON.stringify(facts, null, 2)}\n`);
      await rm(journal);
      await moveInto(out, partial);
      return { counts, manifestSha256 };
    },
  };
}

const line = (value: object) => `${JSON.stringify(value)}\n`;
const nameOf = (path: string) => basename(path).replace(/\.[^.]+$/, "");

/** Over the rows without the hash of the picture's bytes, which depends on the machine's encoder: the same everywhere. */
function hashOf(rows: readonly ManifestRow[]): string {
  const hash = createHash("sha256");
  for (const { sha256: _, ...row } of rows) hash.update(line(row));
  return hash.digest("hex");
}

/** Rows of the pictures that are whole; a line that was cut short is left out. Undefined where there is no journal. */
async function readJournal(path: string, fingerprint: string, partial: string): Promise<ManifestRow[] | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const [head, ...rows] = text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter(Boolean);
  if (head === undefined) return undefined;
  if ((JSON.parse(head) as { fingerprint?: string }).fingerprint !== fingerprint)
    throw new UserError(
      "exists",
      `${partial} was begun with other options, so it cannot be gone on with. Run the command that began it, or leave --resume out to begin anew.`,
    );
  return rows.map((row) => JSON.parse(row) as ManifestRow);
}

/** A full disk leaves the pictures that are whole. */
async function guarded(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const error = writeError(path, cause);
    if (!(error instanceof UserError && error.code === "disk-full")) throw error;
    throw new UserError(
      "disk-full",
      `The disk became full while writing ${path}. The pictures before it are whole: free some space and run the command again with --resume.`,
      { cause },
    );
  }
}
