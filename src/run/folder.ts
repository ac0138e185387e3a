import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import { writeAtomic } from "../data/writeAtomic.ts";
import type { EpochRecord } from "../train/events.ts";

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
}

/** The last file that a run writes. */
export const markOfTheEnd = "threshold.json";

/** Makes or opens a run folder. One that holds something is refused without `force`, unless the run is resumed. */
export async function openRunFolder(
  path: string,
  { force = false, resume = false }: { force?: boolean; resume?: boolean },
): Promise<RunFolder> {
  const held: string[] = await readdir(path).catch(() => []);
  if (held.length > 0 && !resume) {
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
    await rm(path, { recursive: true });
  }
  if (resume && !held.includes("weights"))
    throw new UserError("not-found", `There is no run to resume in ${path}. Start it without --resume.`);
  await mkdir(join(path, "weights", "last"), { recursive: true });
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
  };
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
