import { mkdir, open, readFile, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { UserError } from "../core/errors.ts";
import { writeError } from "../data/writeAtomic.ts";

/** What was done, one line a job, so that a kill loses no more than the jobs in work. */
export interface Journal {
  /** By the job's key. */
  readonly done: ReadonlyMap<string, object>;
  /** On the disk when it returns. */
  keep(key: string, result: object): Promise<void>;
  close(): Promise<void>;
}

/**
 * jobs.jsonl: first the study's fingerprint, then a line a job. A torn last line is cut off.
 * Throws UserError where the file is of another study.
 */
export async function openJournal(path: string, fingerprint: string): Promise<Journal> {
  const done = new Map<string, object>();
  const text = await readFile(path, "utf8").catch(() => "");
  const end = text.lastIndexOf("\n") + 1;
  const [first, ...lines] = text.slice(0, end).split("\n").slice(0, -1);
  if (first !== undefined) {
    const { study } = JSON.parse(first) as { study?: string };
    if (study !== fingerprint)
      throw new UserError(
        "bad-options",
        `${path} holds jobs of another study: the pictures, their groups, the backbone or --folds have changed. Name another --out, or start anew with --force.`,
      );
    for (const line of lines) {
      const [key, result] = JSON.parse(line) as [string, object];
      done.set(key, result);
    }
    if (Buffer.byteLength(text) > Buffer.byteLength(text.slice(0, end)))
      await truncate(path, Buffer.byteLength(text.slice(0, end)));
  }
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "a");
  let waiting: string[] = first === undefined ? [`${JSON.stringify({ schemaVersion: 1, study: fingerprint })}\n`] : [];
  let writing: Promise<void> = Promise.resolve();
  /** Whatever has come until the disk is ready is one write. */
  const flush = async () => {
    const lines = waiting;
    waiting = [];
    if (lines.length === 0) return;
    try {
      await file.appendFile(lines.join(""));
      await file.sync();
    } catch (error) {
      throw writeError(path, error);
    }
  };
  return {
    done,
    keep(key, result) {
      done.set(key, result);
      waiting.push(`${JSON.stringify([key, result])}\n`);
      writing = writing.then(flush);
      return writing;
    },
    async close() {
      await writing.catch(() => {});
      await file.close();
    },
  };
}
