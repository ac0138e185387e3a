import { UserError } from "../../core/errors.ts";

const show = (n: number) => n.toLocaleString("en");

/** What is wrong with the file, and where. */
export function damaged(bytes: Uint8Array, at: number, what: string): UserError {
  const place = `byte ${show(Math.min(at, bytes.length))} of ${show(bytes.length)}`;
  return new UserError(
    "unreadable-picture",
    `Cannot read the coefficients of this JPEG: ${what} (${place}). Send the file again from its source.`,
  );
}

/** What is no damage, but a kind of JPEG that is not read. */
export function unsupported(what: string): UserError {
  return new UserError(
    "unsupported-format",
    `Cannot read the coefficients of this JPEG: ${what}. Baseline, extended and progressive JPEGs with 8 bits a sample and Huffman codes are read; save it as one of these.`,
  );
}
