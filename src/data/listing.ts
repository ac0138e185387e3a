import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { UserError } from "../core/errors.ts";
import type { FieldBox, Label, Part, SampleFacts } from "../core/sample.ts";
import { labelOfWord, labelWordsInWords } from "./labels.ts";

/** A picture that a dataset names, before anyone looked into the file. */
export interface Entry {
  /** Relative to the dataset's root, with forward slashes. */
  readonly path: string;
  readonly label: Label;
  readonly group?: string;
  readonly source?: string;
  readonly time?: string;
  readonly mask?: string;
  readonly boxes?: Readonly<Record<string, FieldBox>>;
  readonly facts?: SampleFacts;
  readonly given?: Part;
}

export interface Listing {
  readonly entries: readonly Entry[];
  readonly warnings: readonly string[];
}

/** Endings that a person expects to be read; bmp and svg stand here so that they are reported, not passed over. */
const pictureEndings = new Set(
  "jpg jpeg jpe jfif png webp tif tiff avif gif heic heif bmp svg".split(" ").map((ending) => `.${ending}`),
);
const isMaskFolder = (name: string) => /^(masks?|gt|ground[ _-]?truth)$/i.test(name);

/** All pictures in `real/` and `fake/` under root (aliases: labels.ts), at any depth; other folders are no class. */
export async function listClassFolders(root: string): Promise<Listing> {
  const folders: string[] = [];
  for (const entry of await readdir(root)) if (await isFolder(join(root, entry))) folders.push(entry);
  const classes = folders.flatMap((folder) => {
    const label = labelOfWord(folder);
    return label === undefined ? [] : [{ folder, label }];
  });
  if (classes.length === 0)
    throw new UserError(
      "bad-dataset",
      `${root} has no folder for a class. Folders there: ${folders.sort().join(", ") || "none"}. ` +
        `Expected the folders ${labelWordsInWords()}, or give a CSV or JSONL file with the columns path and label.`,
    );
  const warnings: string[] = [];
  const entries: Entry[] = [];
  for (const { folder, label } of classes.sort((a, b) => compare(a.folder, b.folder))) {
    const files = await filesUnder(root, folder);
    const others = files.filter((path) => !pictureEndings.has(extname(path).toLowerCase()));
    if (others.length > 0)
      warnings.push(
        `${folder}/ holds ${count(others.length, "file")} whose ending is no picture's, left out: ${some(others)}.`,
      );
    for (const path of files) if (pictureEndings.has(extname(path).toLowerCase())) entries.push({ path, label });
  }
  return { entries, warnings };
}

/** Masks of a dataset by the lower-case name of the picture they belong to, without its ending. */
export async function listMasks(root: string): Promise<ReadonlyMap<string, string>> {
  const masks = new Map<string, string>();
  for (const folder of (await readdir(root)).filter(isMaskFolder).sort(compare)) {
    if (!(await isFolder(join(root, folder)))) continue;
    for (const path of await filesUnder(root, folder)) {
      if (!/\.png$/i.test(path)) continue;
      const name = path.slice(folder.length + 1, -".png".length).toLowerCase();
      masks.set(name.replace(/_gt$/, ""), path);
    }
  }
  return masks;
}

/** `masks/<same name>.png` or `masks/<name>_gt.png`, with the picture's subfolder or without. */
export function maskOf(path: string, masks: ReadonlyMap<string, string>): string | undefined {
  const name = path.slice(0, path.length - extname(path).length).toLowerCase();
  const steps = name.split("/");
  return masks.get(name) ?? masks.get(steps.slice(1).join("/")) ?? masks.get(steps.at(-1)!);
}

/** Files below root/folder, relative to root; hidden files and mask folders left out, every real folder visited once. */
async function filesUnder(root: string, folder: string, visited = new Set<string>()): Promise<string[]> {
  const here = await realpath(join(root, folder));
  if (visited.has(here)) return [];
  visited.add(here);
  const found: string[] = [];
  for (const entry of (await readdir(here, { withFileTypes: true })).sort((a, b) => compare(a.name, b.name))) {
    if (entry.name.startsWith(".") || /^(thumbs\.db|desktop\.ini)$/i.test(entry.name)) continue;
    const path = `${folder}/${entry.name}`;
    const folderHere = entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(join(root, path))));
    if (!folderHere) found.push(path);
    else if (!isMaskFolder(entry.name)) found.push(...(await filesUnder(root, path, visited)));
  }
  return found;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}

/** By code unit, so that every machine sorts alike. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `1 file`, `3 files`. */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}

/** The first three, and how many more. */
export function some(items: readonly string[]): string {
  return items.length <= 3
    ? items.join(", ")
    : `${items.slice(0, 3).join(", ")} and ${count(items.length - 3, "other")}`;
}
