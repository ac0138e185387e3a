import { constants, copyFile, link, mkdir, readdir, realpath, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../core/errors.ts";

/** Entries of a dataset of ours, in the order in which they are put in place: whoever finds a manifest finds all. */
const ours = ["masks", "real", "fake", "dataset.json", "manifest.jsonl"] as const;

/** Where the dataset of a folder grows until it is whole. */
export function partialFolder(out: string): string {
  return `${out.replace(/[/\\]+$/, "")}.partial`;
}

/**
 * Refuses (exists) a folder that holds something and a `.partial` beside it that holds what is not ours. With `force`
 * a dataset of ours may be replaced, and whatever else stands in the folder stays; pictures of others are left alone.
 */
export async function requireFree(
  out: string,
  { force, journal = [] }: { readonly force: boolean; readonly journal?: readonly string[] },
): Promise<void> {
  const there = await entriesOf(out);
  if (there.length > 0 && !force)
    throw new UserError(
      "exists",
      `${out} is not empty (it holds ${there[0]}${there.length > 1 ? ` and ${there.length - 1} more` : ""}). Choose another folder, or pass --force to replace the dataset in it.`,
    );
  const taken = ours.filter((entry) => there.includes(entry));
  if (taken.length > 0 && !there.includes("dataset.json"))
    throw new UserError(
      "exists",
      `${out} holds ${taken[0]} but no dataset of ours (no dataset.json), so it is left alone. Choose another folder.`,
    );
  const partial = partialFolder(out);
  if ((await entriesOf(partial)).some((entry) => !([...ours, ...journal] as string[]).includes(entry)))
    throw new UserError(
      "exists",
      `${partial} is where the dataset grows, and holds something else. Move it away, or choose another folder.`,
    );
}

/** A rename of the folder where nothing stands in the way; else entry by entry, the manifest gone first and back last. */
export async function moveInto(out: string, partial: string): Promise<void> {
  if ((await entriesOf(out)).length === 0) {
    await rm(out, { recursive: true, force: true });
    await rename(partial, out);
    return;
  }
  // dataset.json stays until it is replaced: by it a run that was cut short knows the folder as ours.
  for (const entry of [...ours].reverse())
    if (entry !== "dataset.json") await rm(join(out, entry), { recursive: true, force: true });
  for (const entry of ours) await rename(join(partial, entry), join(out, entry));
  await rm(partial, { recursive: true });
}

/** Empty where there is no folder; a UserError where there is a file. */
async function entriesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR")
      throw new UserError("exists", `${folder} is a file. Name a folder for the dataset.`);
    throw error;
  });
}

/**
 * The same bytes at another path, at no cost of room where that can be had: shared blocks, else a second name of the
 * file, else a copy. The file itself is never changed; links to it are followed.
 */
export async function placeFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const file = await realpath(from); // a second name of a link would lead nowhere
  const elsewise = (next: () => Promise<void>) => async (error: unknown) => {
    // Full is full: the next way needs more room.
    if (error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT")) throw error;
    await rm(to, { force: true });
    await next();
  };
  await copyFile(file, to, constants.COPYFILE_FICLONE_FORCE)
    .catch(elsewise(() => link(file, to)))
    .catch(elsewise(() => copyFile(file, to)));
}
