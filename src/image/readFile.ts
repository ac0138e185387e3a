import { readFile, stat } from "node:fs/promises";
import { UserError } from "../core/errors.ts";
import { type DecodeLimits, defaultLimits } from "./codec.ts";

/** A file's bytes; its size is checked before it is read. Errors are UserErrors: not-found, no-permission, too-large, … */
export async function readPicture(path: string, limits: DecodeLimits = defaultLimits): Promise<Uint8Array> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory())
      throw new UserError(
        "usage",
        `Expected a picture, got the folder ${path}. Name the files in it, as in ${path}/*.jpg.`,
      );
    if (!facts.isFile()) throw new UserError("usage", `Expected a picture, got ${path}, which is no plain file.`);
    if (facts.size > limits.maxBytes)
      throw new UserError(
        "too-large",
        `${path} has ${show(facts.size)} bytes; at most ${show(limits.maxBytes)} are read. Send a smaller one or raise the limit.`,
      );
    const buffer = await readFile(path);
    return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
  } catch (error) {
    throw asSentence(error, path);
  }
}

function asSentence(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !("code" in error) || error instanceof UserError) return error;
  const cause = { cause: error };
  switch (error.code) {
    case "ENOENT":
    case "ENOTDIR":
      return new UserError("not-found", `There is no file ${path}. Check the name and the folder.`, cause);
    case "EACCES":
    case "EPERM":
      return new UserError(
        "no-permission",
        `No permission to read ${path}. Allow it (chmod +r) or ask its owner.`,
        cause,
      );
    default:
      return new UserError(
        "unreadable-picture",
        `Cannot read ${path}: ${error.message}. Check the disk and try again.`,
        cause,
      );
  }
}

const show = (n: number) => n.toLocaleString("en");
