import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import { writeAtomic } from "../data/writeAtomic.ts";
import type { EpochRecord } from "../train/events.ts";
import { lockName, takeLock } from "./lock.ts";

/** The folder of one run, `runs/<name>/`: what is where stands here and nowhere else. */
export interface RunFolder {
  readonly path: string;
  readonly bestModel: string;
  readonly lastCheckpoint: string;
  readonly report: string;
  /** Writes one file of the folder, whole or not at all. */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Every file of an ended run is there. */
  hasEnded(): boolean;
  /** From now on it has not ended (any more). */
  reopen(): Promise<void>;
  /** One line of events.jsonl. */
  log(event: object): Promise<void>;
  /** results.csv: one line an epoch, written anew so that a resumed run has each epoch once. */
  writeResults(history: readonly EpochRecord[]): Promise<void>;
  /** Another process may train in it from now on. */
  release(): Promise<void>;
}

/** The last file that a run writes. */
export const markOfTheEnd = "threshold.json";

interface Opening {
  readonly force?: boolean;
  readonly resume?: boolean;
}

/**
 * Makes or opens a run folder, for this process alone until it is released. One that holds something is refused without
 * `force`, unless the run is resumed; one that another process trains in is refused always.
 */
export async function openRunFolder(path: string, opening: Opening): Promise<RunFolder> {
  requireOpen(path, await heldBy(path), opening);
  await mkdir(path, { recursive: true });
  const release = await takeLock(path);
  try {
    const held = await heldBy(path); // again: until the lock was taken another process may have trained here
    requireOpen(path, held, opening);
    if (opening.resume !== true) for (const name of held) await rm(join(path, name), { recursive: true });
    await mkdir(join(path, "weights", "last"), { recursive: true });
  } catch (error) {
    await release();
    throw error;
  }
  return {
    path,
    bestModel: join(path, "weights", "best.onnx"),
    lastCheckpoint: join(path, "weights", "last", "checkpoint.safetensors"),
    report: join(path, "report.html"),
    write: (name, content) => writeAtomic(join(path, name), content),
    hasEnded: () => existsSync(join(path, markOfTheEnd)),
    reopen: () => rm(join(path, markOfTheEnd), { force: true }),
    log: (event) => appendFile(join(path, "events.jsonl"), `${JSON.stringify(event)}\n`),
    writeResults: (history) => writeAtomic(join(path, "results.csv"), csv(history)),
    release,
  };
}

async function heldBy(path: string): Promise<string[]> {
  const names: string[] = await readdir(path).catch(() => []);
  return names.filter((name) => name !== lockName && !name.startsWith(`${lockName}.`));
}

function requireOpen(path: string, held: readonly string[], { force = false, resume = false }: Opening): void {
  if (resume && !held.includes("weights"))
    throw new UserError("not-found", `There is no run to resume in ${path}. Start it without --resume.`);
  if (held.length === 0 || resume) return;
  if (!force)
    throw new UserError(
      "exists",
      `${path} holds a run already. Go on with --resume, write over it with --force, or choose another --out.`,
    );
  if (!held.includes("config.json"))
    throw new UserError(
      "exists",
      `${path} holds files but no run of ours (no config.json): it is left alone. Choose another --out.`,
    );
}

/** `runs/<name>`, or the first of `runs/<name>-2`, `-3`, … that is free. */
export async function freeRunPath(name: string, folder = "runs"): Promise<string> {
  const taken = new Set<string>(await readdir(folder).catch(() => []));
  let candidate = name;
  for (let k = 2; taken.has(candidate); k++) candidate = `${name}-${k}`;
  return join(folder, candidate);
}

const columns = [
  "epoch",
  "loss",
  "accuracy",
  "validationLoss",
  "validationAccuracy",
  "validationRocAuc",
  "learningRate",
  "seconds",
  "stepSeconds",
] as const satisfies readonly (keyof EpochRecord)[];

function csv(history: readonly EpochRecord[]): string {
  const rows = history.map((record) => columns.map((column) => record[column] ?? "").join(","));
  return `${[columns.join(","), ...rows].join("\n")}\n`;
}
