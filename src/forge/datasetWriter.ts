import { createHash } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { UserError } from "../core/errors.ts";
import type { Label, Part } from "../core/sample.ts";
import { writeAtomic } from "../data/writeAtomic.ts";
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
  readonly app: string;
  readonly device: string;
  readonly font: string;
  /** How it was edited; null for a genuine picture. */
  readonly operation: string | null;
  readonly fields: readonly string[];
  /** Everything that was left to chance, earlier saves and sham edits of both classes included. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly laundering: Laundering;
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
}

export interface DatasetWriter {
  /** Writes one picture and its mask; pictures may come in any order. */
  add(picture: ForgedPicture): Promise<void>;
  /** Writes manifest.jsonl and dataset.json and puts the whole in its place. */
  close(): Promise<Readonly<Record<Label, number>>>;
}

const ours = ["dataset.json", "manifest.jsonl", "real", "fake", "masks"] as const;

/**
 * A dataset of ours (DESIGN 4): `real/`, `fake/`, `masks/<same name>.png`, `manifest.jsonl`, `dataset.json`.
 * It grows in a folder beside `out` whose name ends in `.partial`, and takes its place when it is whole: whoever
 * finds `out` finds all of it. With `force` an earlier dataset's five entries are replaced; other files stay.
 * Errors: exists, where `out` holds something and `force` is not given; disk-full; no-permission.
 */
export async function createDataset(out: string, card: DatasetCard, force = false): Promise<DatasetWriter> {
  const partial = `${out.replace(/[/\\]+$/, "")}.partial`;
  const there = await entriesOf(out);
  if (there.length > 0 && !force)
    throw new UserError(
      "exists",
      `${out} is not empty (it holds ${there[0]}${there.length > 1 ? ` and ${there.length - 1} more` : ""}). Choose another folder, or pass --force to replace the dataset in it.`,
    );
  if ((await entriesOf(partial)).some((entry) => !(ours as readonly string[]).includes(entry)))
    throw new UserError(
      "exists",
      `${partial} is where the dataset grows, and holds something else. Move it away, or choose another folder.`,
    );
  await rm(partial, { recursive: true, force: true });
  for (const folder of ["real", "fake", "masks"]) await mkdir(join(partial, folder), { recursive: true });
  const rows: ManifestRow[] = [];

  return {
    async add({ name, bytes, mask, row }) {
      const path = `${row.label}/${name}.${row.laundering.format === "png" ? "png" : "jpg"}`;
      const maskPath = mask === undefined ? null : `masks/${name}.png`;
      await writeNew(join(partial, path), bytes);
      if (mask !== undefined) await writeNew(join(partial, `masks/${name}.png`), mask);
      rows.push({ path, sha256: createHash("sha256").update(bytes).digest("hex"), ...row, mask: maskPath });
    },

    async close() {
      // By name, which says nothing of the class; rows came in the order in which they were finished.
      const sorted = rows.sort((a, b) => (basename(a.path) < basename(b.path) ? -1 : 1));
      const counts = {
        real: sorted.filter(({ label }) => label === "real").length,
        fake: sorted.filter(({ label }) => label === "fake").length,
      };
      await writeAtomic(join(partial, "manifest.jsonl"), sorted.map((row) => `${JSON.stringify(row)}\n`).join(""));
      await writeAtomic(
        join(partial, "dataset.json"),
        `${JSON.stringify({ schemaVersion: 1, ...card, counts }, null, 2)}\n`,
      );
      await moveInto(out, partial);
      return counts;
    },
  };
}

/** A rename of the folder where nothing stands in the way; else entry by entry, the manifest gone first and back last. */
async function moveInto(out: string, partial: string): Promise<void> {
  if ((await entriesOf(out)).length === 0) {
    await rm(out, { recursive: true, force: true });
    await rename(partial, out);
    return;
  }
  for (const entry of ours) await rm(join(out, entry), { recursive: true, force: true });
  for (const entry of [...ours].reverse()) await rename(join(partial, entry), join(out, entry));
  await rm(partial, { recursive: true });
}

async function entriesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR")
      throw new UserError("exists", `${folder} is a file. Name a folder for the dataset.`);
    throw error;
  });
}

/** Names in a fresh folder are free, so no temporary name is needed: the folder itself is one. */
async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  try {
    const file = await open(path, "wx");
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ENOSPC")) throw cause;
    throw new UserError(
      "disk-full",
      `The disk became full while writing ${path}. Free some space and run the command again.`,
      { cause },
    );
  }
}
