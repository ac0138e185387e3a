import type { JpegHeader } from "./jpeg/header.ts";

/** RGB interleaved, sRGB 0..255, in the order in which the file stores them; ICC profiles are ignored. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 3;
  /** [height, width, 3] */
  readonly data: Uint8Array;
}

export const formats = ["jpeg", "png", "webp", "tiff", "avif", "gif", "heic"] as const;
export type Format = (typeof formats)[number];

/** A decoded picture beside the evidence it came from. */
export interface DecodedImage {
  /** Of the bytes, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: Uint8Array;
  readonly format: Format;
  /** As stored: the EXIF orientation is a fact (below), applied only where a picture is shown (image/orientation.ts). */
  readonly pixels: Pixels;
  /** EXIF orientation, 1..8; 1 where absent. */
  readonly orientation: number;
  readonly jpeg?: JpegHeader;
  /** Whole sentences: truncated, animated, alpha laid over white, 16 bits reduced to 8, … */
  readonly warnings: readonly string[];
}

export interface DecodeLimits {
  /** Of the file; checked before anything is read from it. */
  readonly maxBytes: number;
  /** Width times height; checked on the header, before decoding. */
  readonly maxPixels: number;
}

/** 64 MB and 100 megapixels hold every phone's and camera's pictures. */
export const defaultLimits: DecodeLimits = { maxBytes: 64 * 2 ** 20, maxPixels: 100_000_000 };

export interface JpegSave {
  /** 1..100, libjpeg's scale. */
  readonly quality: number;
  /** Chroma subsampling; defaults to 4:2:0, libjpeg's and Pillow's. */
  readonly subsampling?: "4:2:0" | "4:4:4";
  /** mozjpeg's quantisation table, 0..8; defaults to 0, the standard's Annex K. */
  readonly table?: number;
  readonly progressive?: boolean;
}

export const resizeKernels = ["lanczos3", "linear", "cubic"] as const;
export type ResizeKernel = (typeof resizeKernels)[number];

/**
 * Bytes to pixels and back. It is an argument wherever pictures are touched, so that the rooms below stay pure.
 * Errors are UserErrors: unsupported-format, unreadable-picture, too-large.
 */
export interface Codec {
  /** Library and version, stored in every model: another decoder may give other pixels. */
  readonly version: string;
  decode(bytes: Uint8Array, limits?: DecodeLimits): Promise<DecodedImage>;
  /** Pixels alone of a JPEG that we wrote ourselves: no hash, no header, no metadata. */
  decodePixels(bytes: Uint8Array): Promise<Pixels>;
  encodeJpeg(pixels: Pixels, save: JpegSave): Promise<Uint8Array>;
  encodePng(pixels: Pixels): Promise<Uint8Array>;
  /** Antialiased when shrinking, as messengers and picture editors do it; whole levels. */
  resize(
    pixels: Pixels,
    size: { readonly width: number; readonly height: number },
    kernel: ResizeKernel,
  ): Promise<Pixels>;
  /** One channel.   // [height, width] */
  encodeGreyPng(grey: {
    readonly width: number;
    readonly height: number;
    readonly data: Uint8Array;
  }): Promise<Uint8Array>;
}
