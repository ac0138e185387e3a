import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

export type Work = "train" | "forward";

/**
 * One side of a comparison: a process that stays open. It says `{"versions": …}` once it is ready; asked `train 3` or
 * `forward 3` on its stdin, it does so many steps and answers `{"seconds": […]}`, one number a step.
 */
export interface Side {
  readonly name: string;
  /** Of its libraries, for people. */
  readonly versions: string;
  /** Seconds of each step. */
  run(work: Work, steps: number): Promise<number[]>;
  /** The most memory that the process has held so far, in bytes; null where the system does not tell. */
  peakMemoryBytes(): number | null;
  stop(): Promise<void>;
}

export interface SideCommand {
  readonly name: string;
  readonly command: string;
  readonly parameters: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export async function startSide({ name, command, parameters, environment }: SideCommand): Promise<Side> {
  const child = spawn(command, parameters, {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints = (complaints + chunk).slice(-2000);
  });
  child.stdin.on("error", () => undefined); // a side that died is noticed by its missing answer
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", (error) => {
      complaints += error.message;
      resolve();
    });
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async <T>(): Promise<T> => {
    for (;;) {
      const { done, value } = await lines.next();
      if (done) throw new Error(`${name} (${command}) ended early. Its last words:\n${complaints}`);
      if (value.startsWith("{")) return JSON.parse(value) as T; // libraries chat on stdout too
    }
  };
  const stop = async () => {
    child.stdin.end();
    await ended;
  };

  const { versions } = await answer<{ versions: string }>();
  return {
    name,
    versions,
    async run(work, steps) {
      child.stdin.write(`${work} ${steps}\n`);
      return (await answer<{ seconds: number[] }>()).seconds;
    },
    peakMemoryBytes: () => peakMemoryBytes(child.pid),
    stop,
  };
}

/** VmHWM of Linux: the high-water mark of resident memory. */
function peakMemoryBytes(pid: number | undefined): number | null {
  if (process.platform !== "linux") return null;
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return kilobytes === undefined ? null : 1024 * Number(kilobytes);
}
