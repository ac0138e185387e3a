import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { UserError } from "../core/errors.ts";

/**
 * Writes a file whole or not at all: to a temporary name beside it, flushed to the disk, then renamed over it.
 * Whatever stood under `path` before stays readable until the very end. Missing folders are made.
 * Errors: disk-full, no-permission; the temporary file is removed.
 */
export async function writeAtomic(path: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw writeError(path, error);
  }
}

/** The error of a write as a sentence, where the user can mend it. */
export function writeError(path: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const cause = { cause: error };
  if (code === "ENOSPC" || code === "EDQUOT")
    return new UserError(
      "disk-full",
      `Cannot write ${path}: the disk is full. What stood there before is untouched; free some space and run the command again.`,
      cause,
    );
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new UserError(
      "no-permission",
      `Cannot write ${path}: this user may not write there. Choose another folder or change its permissions.`,
      cause,
    );
  return error;
}
