import { createHash } from "node:crypto";
import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";
import sharp, { type Metadata, type Sharp, type SharpOptions } from "sharp";
import { UserError } from "../core/errors.ts";
import {
  type Codec,
  type DecodedImage,
  type DecodeLimits,
  defaultLimits,
  type Format,
  type JpegSave,
  type Pixels,
} from "./codec.ts";
import { formatOf } from "./format.ts";
import { decodeHeic } from "./heic.ts";
import { readJpegHeader } from "./jpeg/header.ts";

// libvips picks a loader by itself: leave it only those of our formats. SVG, PDF and the like are never parsed.
// The choice holds for the process, and between the two calls no format can be read: a worker that made it again would
// fail the picture that another thread is opening. So only the first thread does, and those that it starts know.
const chosen = "assay: libvips' loaders are chosen";
if (getEnvironmentData(chosen) !== true) {
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({
    operation: ["Jpeg", "Png", "Webp", "Tiff", "Heif", "Nsgif"].map((loader) => `VipsForeignLoad${loader}Buffer`),
  });
  setEnvironmentData(chosen, true);
}
// No picture is opened twice, and workers, not libvips, share out the cores.
sharp.cache(false);
sharp.concurrency(1);

/** libvips by way of sharp, libheif for HEIC. Pixels equal libjpeg-turbo's and Pillow's; ICC profiles are ignored. */
export const sharpCodec: Codec = {
  version: `sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`,

  async decode(bytes, limits = defaultLimits) {
    checkBytes(bytes, limits);
    const format = formatOf(bytes);
    const decoding = (format === "heic" ? heic : raster)(bytes, format, limits);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const jpeg = format === "jpeg" ? readJpegHeader(bytes) : undefined;
    const { pixels, orientation, warnings } = await decoding;
    return { sha256, bytes, format, pixels, orientation, warnings, ...(jpeg && { jpeg }) };
  },

  async decodePixels(bytes) {
    return rgb(await rawBytes(bytes, { failOn: "error" }), []);
  },

  async encodeJpeg(pixels, { quality, subsampling = "4:2:0", table = 0, progressive = false }: JpegSave) {
    const longest = Math.max(pixels.width, pixels.height);
    if (longest > maxJpegSide)
      throw new UserError(
        "too-large",
        `JPEG holds at most ${show(maxJpegSide)} pixels a side; this picture has ${show(longest)}. Crop it first.`,
      );
    // libjpeg's own choices, as Pillow makes them: baseline, standard tables, standard Huffman codes.
    const save = { quality, chromaSubsampling: subsampling, optimiseCoding: false, mozjpeg: false, progressive };
    return plain(
      await fromPixels(pixels)
        .jpeg({ ...save, quantisationTable: table })
        .toBuffer(),
    );
  },

  async encodePng(pixels) {
    return plain(await fromPixels(pixels).png().toBuffer());
  },

  async resize(pixels, { width, height }, kernel) {
    const data = await fromPixels(pixels).resize({ width, height, fit: "fill", kernel }).raw().toBuffer();
    return { width, height, channels: 3, data: plain(data) };
  },

  async encodeGreyPng({ width, height, data }) {
    const picture = sharp(data, { raw: { width, height, channels: 1 }, limitInputPixels: false });
    return plain(await picture.toColourspace("b-w").png({ compressionLevel: 9 }).toBuffer());
  },
};

/** libjpeg's limit (JPEG_MAX_DIMENSION). */
const maxJpegSide = 65_500;

type Decoded = Pick<DecodedImage, "pixels" | "orientation" | "warnings">;

/** Every format but HEIC. The header's size is checked before a pixel is decoded. */
async function raster(bytes: Uint8Array, format: Format, limits: DecodeLimits): Promise<Decoded> {
  const header = await sharp(bytes, { ...evidence, failOn: "none", limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => unreadable(format, cause));
  checkPixels(header.width, header.height, limits);
  const pages = format === "png" ? framesOfPng(bytes) : (header.pages ?? 1);
  const warnings = headerWarnings({ ...header, pages }, format);
  const options = { limitInputPixels: limits.maxPixels };
  const raw = await rawBytes(bytes, { ...options, failOn: "error" }).catch(async (first: unknown) => {
    const rest = await rawBytes(bytes, { ...options, failOn: "none" }).catch((cause: unknown) =>
      unreadable(format, cause),
    );
    warnings.push(
      `The file is damaged or ends early (${reason(first)}): the missing part was filled in, so the answer is about the rest alone.`,
    );
    return rest;
  });
  const pixels = rgb(raw, warnings);
  const orientation = header.orientation ?? 1;
  return { pixels, orientation: orientation >= 1 && orientation <= 8 ? orientation : 1, warnings };
}

async function heic(bytes: Uint8Array, _format: Format, limits: DecodeLimits): Promise<Decoded> {
  const { width, height, data } = await decodeHeic(bytes, (w, h) => checkPixels(w, h, limits));
  const warnings: string[] = [];
  return { pixels: rgb({ width, height, channels: 4, data }, warnings), orientation: 1, warnings };
}

/** Pixels are evidence: no colour profile is applied to them. */
const evidence: SharpOptions = { ignoreIcc: true, pages: 1 };

interface Raw {
  readonly width: number;
  readonly height: number;
  /** 3, or 4 with alpha */
  readonly channels: number;
  readonly data: Uint8Array;
}

async function rawBytes(bytes: Uint8Array, options: SharpOptions): Promise<Raw> {
  const picture = sharp(bytes, { ...evidence, ...options })
    .toColourspace("srgb")
    .raw({ depth: "uchar" });
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, data: plain(data) };
}

/** Alpha is laid over white: value = (colour * alpha + 255 * (255 - alpha)) / 255, rounded. */
function rgb({ width, height, channels, data }: Raw, warnings: string[]): Pixels {
  if (channels === 3) return { width, height, channels: 3, data };
  const flat = new Uint8Array(width * height * 3);
  let opaque = true;
  for (let from = 0, to = 0; to < flat.length; from += 4, to += 3) {
    const alpha = data[from + 3]!;
    if (alpha !== 255) opaque = false;
    const white = 255 * (255 - alpha);
    for (let c = 0; c < 3; c++) flat[to + c] = (data[from + c]! * alpha + white) / 255 + 0.5;
  }
  if (!opaque) warnings.push("Parts of the picture are transparent: it was laid over white.");
  return { width, height, channels: 3, data: flat };
}

/** Of an animated PNG as its acTL chunk says, which libvips passes over; it stands before the first pixels. */
function framesOfPng(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const acTL = 0x6163544c;
  const IDAT = 0x49444154;
  for (let at = 8; at + 16 <= bytes.length; at += 12 + view.getUint32(at)) {
    const kind = view.getUint32(at + 4);
    if (kind === IDAT) break;
    if (kind === acTL) return view.getUint32(at + 8);
  }
  return 1;
}

function headerWarnings({ pages = 1, depth, space }: Metadata, format: Format): string[] {
  const warnings: string[] = [];
  const frames = format === "tiff" ? "pages" : "frames";
  if (pages > 1) warnings.push(`The file holds ${show(pages)} ${frames}: only the first was analysed.`);
  if (depth !== undefined && depth !== "uchar")
    warnings.push(`More than 8 bits a sample (${depth}) were reduced to 8.`);
  if (space === "cmyk") warnings.push("Printing colours (CMYK) were converted to RGB.");
  return warnings;
}

function checkBytes({ length }: Uint8Array, { maxBytes }: DecodeLimits): void {
  if (length > maxBytes)
    throw new UserError(
      "too-large",
      `The file has ${show(length)} bytes; at most ${show(maxBytes)} are read. Send a smaller one or raise the limit.`,
    );
}

function checkPixels(width: number, height: number, { maxPixels }: DecodeLimits): void {
  if (width * height > maxPixels)
    throw new UserError(
      "too-large",
      `The picture is ${show(width)} x ${show(height)} pixels, ${show(width * height)} in all; at most ${show(maxPixels)} are decoded. Send a smaller one or raise the limit.`,
    );
}

function unreadable(format: Format, cause: unknown): never {
  throw new UserError(
    "unreadable-picture",
    `The file begins as ${format.toUpperCase()}, but nothing of it can be decoded (${reason(cause)}). Send it again from the source.`,
    { cause },
  );
}

/** libvips' own complaint, its first line alone. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .split("\n", 1)[0]!
    .replace(/^Input buffer (has corrupt header: )?/, "")
    .trim();
}

function fromPixels({ width, height, channels, data }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}

/** A plain view of a Node buffer: same memory, no copy. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

const show = (n: number) => n.toLocaleString("en");
