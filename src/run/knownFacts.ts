import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PictureFacts } from "../data/facts.ts";
import { type Dataset, type KnownFacts, type ReadOptions, readDataset } from "../data/manifest.ts";

/** Raised whenever the facts or the perceptual hash change: what is kept of another version is not read. */
const version = 1;

/**
 * Reads a dataset as readDataset does, and keeps what it learnt of each file in `runs/facts/`, by the file's SHA-256:
 * the next command on the same pictures hashes them and decodes none. A line that was cut short is not read; a folder
 * that cannot be written to costs the time alone.
 */
export async function readKnown(
  path: string,
  options: Omit<ReadOptions, "known">,
  folder = join("runs", "facts"),
): Promise<Dataset> {
  const key = createHash("sha256")
    .update(JSON.stringify([version, options.codec.version]))
    .digest("hex")
    .slice(0, 12);
  const file = join(folder, `${key}.jsonl`);
  const before = await linesOf(file);
  const fresh: string[] = [];
  const known: KnownFacts = {
    of: (sha256) => before.get(sha256),
    keep: (sha256, facts) => void fresh.push(`${JSON.stringify([sha256, facts])}\n`),
  };
  const dataset = await readDataset(path, { ...options, known });
  if (fresh.length > 0) await keep(file, fresh.join(""));
  return dataset;
}

async function keep(file: string, lines: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await appendFile(file, lines);
  } catch {
    // Only the time of the next run is lost.
  }
}

async function linesOf(file: string): Promise<Map<string, PictureFacts>> {
  const text = await readFile(file, "utf8").catch(() => "");
  const known = new Map<string, PictureFacts>();
  for (const line of text.split("\n")) {
    try {
      const [sha256, facts] = JSON.parse(line) as [string, PictureFacts];
      known.set(sha256, facts);
    } catch {
      // Cut short by a kill, or the empty end of the file.
    }
  }
  return known;
}
