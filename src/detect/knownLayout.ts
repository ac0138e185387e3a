import { readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { FieldBox } from "../core/sample.ts";

type Boxes = Readonly<Record<string, FieldBox>>;

/** Manifests by their path: a folder of thousands of slips is asked about once. */
const read = new Map<string, Promise<ReadonlyMap<string, Boxes>>>();

/**
 * Where the fields of a slip stand, if the dataset that the file lies in says so: a manifest.jsonl of ours in its
 * folder or in the one above. Of any other picture nothing is known, and undefined is the answer.
 */
export async function knownLayout(file: string): Promise<Boxes | undefined> {
  if (file === "") return undefined;
  for (const root of [dirname(file), dirname(dirname(file))]) {
    const manifest = join(root, "manifest.jsonl");
    if (!read.has(manifest)) read.set(manifest, boxesIn(manifest));
    const boxes = (await read.get(manifest))?.get(relative(root, file).split(sep).join("/"));
    if (boxes !== undefined) return boxes;
  }
  return undefined;
}

async function boxesIn(manifest: string): Promise<ReadonlyMap<string, Boxes>> {
  const known = new Map<string, Boxes>();
  const text = await readFile(manifest, "utf8").catch(() => "");
  for (const line of text.split("\n")) {
    if (!line.includes('"boxes"')) continue;
    try {
      const { path, boxes } = JSON.parse(line) as { path?: unknown; boxes?: Boxes };
      if (typeof path === "string" && boxes !== undefined) known.set(path, boxes);
    } catch {
      // A line that somebody broke names no fields; the picture is examined all the same.
    }
  }
  return known;
}
