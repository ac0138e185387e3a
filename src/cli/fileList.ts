import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { UserError } from "../core/errors.ts";

/** Names of files, one a line, or parted by NUL as `find -print0` writes them; "-" reads standard input. */
export async function readFileList(path: string): Promise<string[]> {
  const bytes =
    path === "-"
      ? await buffer(process.stdin)
      : await readFile(path).catch((cause: unknown) => {
          throw new UserError("not-found", `Cannot read the list of files ${path}. Check its name.`, { cause });
        });
  const text = bytes.toString("utf8");
  return text.split(text.includes("\0") ? "\0" : /\r?\n/).filter((name) => name !== "");
}

/**
 * ONNX Runtime 1.30 on Linux dies of SIGSEGV when it opens a session in a process whose command line has more than
 * 32 KB, as `*.jpg` gives in a large folder (600 names of 48 characters passed, 700 did not).
 */
export function isTooLong(commandLine: readonly string[]): boolean {
  return process.platform === "linux" && Buffer.byteLength(commandLine.join("\0")) > 30_000;
}

/** The same command in a process of its own, with the files on its standard input; its exit code. */
export async function againFromList(parameters: readonly string[], files: readonly string[]): Promise<number> {
  const command = [...process.execArgv, process.argv[1]!, ...parameters, "--files-from", "-"];
  const child = spawn(process.execPath, command, { stdio: ["pipe", "inherit", "inherit"] });
  // Ctrl-C reaches the child by itself; this process waits for its word.
  const wait = () => {};
  process.on("SIGINT", wait);
  try {
    child.stdin.on("error", () => {}); // a child that ended early tells why by its exit code
    child.stdin.end(files.join("\0") + (files.length === 1 ? "\0" : ""));
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
    });
  } finally {
    process.off("SIGINT", wait);
  }
}
