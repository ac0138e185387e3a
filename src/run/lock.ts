import { readFileSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../core/errors.ts";
import { writeError } from "../data/writeAtomic.ts";

export const lockName = "lock";

/**
 * Makes a folder this process's own until the returned function is called: a file `lock` with the process's number and
 * where the system tells it (Linux) the time when it began, so that a number that was given away again is not taken for
 * the process that had it. A lock whose process is gone (kill -9, a power cut) is taken over; what another machine or
 * container writes in the same folder is not seen. Throws UserError exists where its process runs.
 */
export async function takeLock(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, lockName);
  const own = holderOf(process.pid);
  for (;;) {
    try {
      await writeFile(path, own, { flag: "wx" });
      return () => release(path, own);
    } catch (error) {
      if (!isCode(error, "EEXIST")) throw writeError(path, error);
    }
    const holder = await readHolder(path);
    if (holder === undefined) continue;
    const pid = Number.parseInt(holder, 10);
    if (runs(holder))
      throw new UserError(
        "exists",
        `${pid === process.pid ? "This process" : `Process ${pid}`} is training in ${folder} at this moment. Wait for its end, stop it, or choose another --out.`,
      );
    await takeAway(path, holder);
  }
}

/** `pid` and, where it is known, when it began. */
function holderOf(pid: number): string {
  return `${pid} ${factsOf(pid)?.began ?? ""}\n`;
}

/** Of a process on Linux: whether it has ended and only waits to be asked how, and when it began, in ticks since the system did. */
function factsOf(pid: number): { readonly isOver: boolean; readonly began: string | undefined } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name, in brackets, may hold anything; the state is the first word behind it and the time the twentieth.
    const words = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { isOver: words[0] === "Z" || words[0] === "X", began: words[19] };
  } catch {
    return undefined;
  }
}

function runs(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!isCode(error, "EPERM")) return false;
  }
  const [, began] = holder.trim().split(" ");
  const now = factsOf(pid);
  return now === undefined || (!now.isOver && (began === undefined || began === now.began));
}

/** A lock is made empty and written a moment later: one that stays empty was left so. */
async function readHolder(path: string): Promise<string | undefined> {
  const read = () =>
    readFile(path, "utf8").catch((error: unknown) => {
      if (isCode(error, "ENOENT")) return undefined;
      throw error;
    });
  const holder = await read();
  if (holder !== "") return holder;
  await pause(200);
  return read();
}

/** Under a name of its own first: of two that find the same old lock one removes it, and neither the other's new one. */
async function takeAway(path: string, holder: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isCode(error, "ENOENT")) return; // the other was first
    throw writeError(path, error);
  }
  if ((await readFile(aside, "utf8")) === holder) await rm(aside, { force: true });
  else await rename(aside, path);
}

async function release(path: string, own: string): Promise<void> {
  if ((await readFile(path, "utf8").catch(() => "")) === own) await rm(path, { force: true });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
