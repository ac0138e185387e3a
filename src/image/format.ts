import { UserError } from "../core/errors.ts";
import type { Format } from "./codec.ts";

const known = "JPEG, PNG, WebP, TIFF, AVIF, GIF and HEIC";

/**
 * The format that the first bytes tell; the file's name is never asked.
 * Throws UserError: unreadable-picture for an empty file, unsupported-format for everything else that we do not read.
 */
export function formatOf(bytes: Uint8Array): Format {
  if (bytes.length === 0)
    throw new UserError("unreadable-picture", "The file is empty (0 bytes). Send it again from the source.");
  const format = pictureFormat(bytes);
  if (format !== undefined) return format;
  const what = otherKind(bytes);
  throw new UserError(
    "unsupported-format",
    `Expected a picture (${known}; the first bytes decide, not the name), got ${what}. ${nextStep(what)}`,
  );
}

function pictureFormat(bytes: Uint8Array): Format | undefined {
  const text = latin1(bytes, 0, 16);
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "webp";
  if (/^(II[*+]\0|MM\0[*+])/.test(text)) return "tiff";
  if (/^GIF8[79]a/.test(text)) return "gif";
  if (text.slice(4, 8) === "ftyp") return isobmffFormat(bytes);
  return undefined;
}

/** AVIF and HEIC share a container; the brands in its first box say which of the two it is. */
function isobmffFormat(bytes: Uint8Array): Format | undefined {
  const size = Math.min(256, bytes.length, new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0));
  const brands: string[] = [];
  for (let at = 8; at + 4 <= size; at += 4) if (at !== 12) brands.push(latin1(bytes, at, 4));
  if (brands.some((brand) => brand === "avif" || brand === "avis")) return "avif";
  if (brands.some((brand) => /^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand))) return "heic";
  return undefined;
}

/** What the bytes are instead, for the sentence. */
function otherKind(bytes: Uint8Array): string {
  const start = latin1(bytes, 0, 512);
  if (start.startsWith("BM")) return "a BMP file";
  if (start.startsWith("%PDF")) return "a PDF document";
  if (start.startsWith("PK\x03\x04")) return "a ZIP archive or an office document";
  if (start.startsWith("\xff\x0a") || start.startsWith("\0\0\0\x0cJXL ")) return "a JPEG XL file";
  if (start.startsWith("\0\0\0\x0cjP  ")) return "a JPEG 2000 file";
  if (start.slice(4, 8) === "ftyp") return "a video";
  if (/<svg[\s>]/i.test(start)) return "an SVG drawing";
  const isText = /^[\t\n\r\x20-\x7e\x80-\xff]*$/.test(start);
  return isText ? "text" : "bytes of no known format";
}

function nextStep(what: string): string {
  if (what === "a BMP file" || what.startsWith("a JPEG")) return "Save it as PNG, which loses nothing, and send that.";
  if (what === "an SVG drawing") return "A drawing holds no traces of a camera or a save: send the picture itself.";
  if (what === "a PDF document" || what.startsWith("a ZIP")) return "Take the picture out of it and send that.";
  return "Send the picture itself, as its camera, phone or application wrote it.";
}

function latin1(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}
