import { type DecodedImage, formats } from "../image/codec.ts";
import { readMetadata } from "../image/metadata.ts";
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
  /** Number of metadata entries, and the kinds that are there: exif, xmp, gps, editor, … */
  readonly metadata: { readonly entries: number; readonly kinds: readonly string[] };
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
  const { entries, flags } = readMetadata(bytes);
  const kinds = Object.entries(flags).flatMap(([kind, present]) => (present ? [kind] : []));
  const metadata = { entries: entries.length, kinds };
  const facts = { format, bytes: bytes.length, width: pixels.width, height: pixels.height, orientation, metadata };
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

const kinds = ["exif", "xmp", "iptc", "icc", "gps", "thumbnail", "contentCredentials", "editor"];
const applications = ["JFIF", "Exif", "XMP", "ICC", "Photoshop", "Adobe", "Ducky", "MPF"];
const subsamplings = ["4:4:4", "4:2:2", "4:2:0", "4:4:0", "grey"];

/** The facts as numbers, for a table of them. */
export function factRow({ format, bytes, width, height, orientation, metadata, jpeg }: FileFacts): number[] {
  const has = (known: readonly string[], there: readonly string[]) =>
    known.map((name) => (there.includes(name) ? 1 : 0));
  const container = [
    ...has(formats, [format]),
    bytes,
    bytes / (width * height),
    width,
    height,
    width / height,
    orientation,
  ];
  const tags = [metadata.entries, ...has(kinds, metadata.kinds)];
  if (jpeg === undefined)
    return [...container, ...tags, ...new Array<number>(22 + applications.length + subsamplings.length).fill(-1)];
  const { quality, standardTables, progressive, comments, trailingBytes, steps } = jpeg;
  return [
    ...container,
    ...tags,
    quality,
    Number(standardTables),
    Number(progressive),
    comments,
    trailingBytes,
    jpeg.applications.length,
    ...steps,
    ...has(applications, jpeg.applications),
    ...has(subsamplings, [jpeg.subsampling]),
  ];
}
