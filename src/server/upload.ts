import type { FastifyRequest } from "fastify";
import { UserError } from "../core/errors.ts";
import type { DecodeLimits } from "../image/codec.ts";

/** One file of a multipart request: its bytes, or why it was not kept. */
export type Upload =
  | { readonly file: string; readonly bytes: Uint8Array }
  | { readonly file: string; readonly error: UserError };

/** A request may hold several pictures, but not more than this many times the limit for one. */
const filesWorthOfBytes = 8;

/**
 * The files of a multipart request, one at a time, each in the field `file`. At most `maxBytes` of memory is used:
 * what a file holds beyond is read and dropped, so that the files after it are still answered. A request beyond
 * `maxRequest` is refused: at once where it states its length, else as soon as it gets there.
 * Throws UserError: too-large, usage (another field, no file).
 */
export async function* uploads(
  request: FastifyRequest,
  { maxBytes }: DecodeLimits,
  maxRequest = maxBytes * filesWorthOfBytes,
): AsyncGenerator<Upload> {
  if (Number(request.headers["content-length"] ?? 0) > maxRequest) throw requestTooLarge(maxRequest);
  let received = 0;
  let count = 0;
  const parts = request.parts({ limits: { fileSize: maxRequest + 1, fieldSize: 1000, fields: 10 } });
  try {
    for await (const part of parts) {
      if (part.type === "field" || part.fieldname !== "file") throw wrongField(part.fieldname);
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of part.file as AsyncIterable<Buffer>) {
        size += chunk.length;
        received += chunk.length;
        if (received > maxRequest) throw requestTooLarge(maxRequest);
        if (size <= maxBytes) chunks.push(chunk);
        else chunks.length = 0;
      }
      count++;
      if (size > maxBytes) yield { file: part.filename, error: fileTooLarge(part.filename, maxBytes) };
      else yield { file: part.filename, bytes: Buffer.concat(chunks) };
    }
  } catch (error) {
    throw isBrokenOff(error) ? brokenOff(error) : error;
  }
  if (count === 0)
    throw new UserError("usage", "The request holds no picture. Send one in the multipart field `file`.");
}

/** Multipart boundaries and part headers around one file. */
const envelope = 64 * 1024;

/** The only file of a request. Throws what `uploads` throws, and usage where there are several. */
export async function oneUpload(
  request: FastifyRequest,
  limits: DecodeLimits,
): Promise<{ file: string; bytes: Uint8Array }> {
  let only: Upload | undefined;
  for await (const upload of uploads(request, limits, limits.maxBytes + envelope)) {
    if (only !== undefined)
      throw new UserError("usage", "This address takes one picture at a time. Send one `file` per request.");
    only = upload;
  }
  if (only === undefined) throw new UserError("usage", "The request holds no picture.");
  if ("error" in only) throw only.error;
  return only;
}

const megabytes = (bytes: number) => `${Number((bytes / 2 ** 20).toPrecision(3)).toLocaleString("en")} MB`;

const fileTooLarge = (file: string, maxBytes: number) =>
  new UserError(
    "too-large",
    `${file} is larger than ${megabytes(maxBytes)}, the limit for one picture. Send a smaller file.`,
  );

const requestTooLarge = (maxBytes: number) =>
  new UserError(
    "too-large",
    `The request is larger than ${megabytes(maxBytes)}. Send fewer or smaller pictures at a time.`,
  );

const wrongField = (name: string) =>
  new UserError("usage", `Unknown multipart field "${name}". Send each picture in the field "file".`);

/** The multipart parser's own complaints: plain errors without a status. */
const isBrokenOff = (error: unknown) =>
  !(error instanceof UserError) && !(error instanceof Error && "statusCode" in error && error.statusCode !== 500);

const brokenOff = (cause: unknown) =>
  new UserError("usage", "The upload broke off before its end, or is no well-formed multipart. Send it again.", {
    cause,
  });
