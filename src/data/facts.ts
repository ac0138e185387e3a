import type { DecodedImage } from "../image/codec.ts";
import { type PerceptualHash, perceptualHash } from "./perceptualHash.ts";

/** What a file says of itself without anyone looking at the scene: the file floor reads nothing else. */
export interface FileFacts {
  readonly format: string;
  /** Of the file. */
  readonly bytes: number;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly jpeg?: {
    readonly quality: number;
    readonly standardTables: boolean;
    readonly subsampling: string;
    readonly progressive: boolean;
    /** Luma steps of the lowest frequencies, then chroma's. */
    readonly steps: readonly number[];
    /** Application segments: JFIF, Exif, Photoshop, … */
    readonly applications: readonly string[];
    readonly comments: number;
    readonly trailingBytes: number;
  };
}

/** Facts of the file beside the look of its picture. */
export interface PictureFacts extends FileFacts {
  readonly perceptualHash: PerceptualHash;
}

export function pictureFacts(image: DecodedImage): PictureFacts {
  return { ...fileFacts(image), perceptualHash: perceptualHash(image.pixels) };
}

export function fileFacts({ format, bytes, pixels, orientation, jpeg }: DecodedImage): FileFacts {
  const facts = { format, bytes: bytes.length, width: pixels.width, height: pixels.height, orientation };
  if (jpeg === undefined) return facts;
  const stepsOf = (component: number) => {
    const table = jpeg.tables[jpeg.components[component]?.table ?? -1];
    return [0, 1, 8, 9, 18, 27, 36, 63].map((i) => table?.[i] ?? 0);
  };
  return {
    ...facts,
    jpeg: {
      quality: jpeg.quality ?? 0,
      standardTables: jpeg.standardTables,
      subsampling: jpeg.subsampling,
      progressive: jpeg.progressive,
      steps: [...stepsOf(0), ...stepsOf(1)],
      applications: jpeg.applications,
      comments: jpeg.comments.length,
      trailingBytes: jpeg.trailingBytes,
    },
  };
}
