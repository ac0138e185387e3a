/** Fake is the positive class: 1 in every array of labels. */
export type Label = "real" | "fake";

export const parts = ["train", "validation", "calibration", "test"] as const;
/** Fit on train, choose on validation, calibrate on calibration, look at test. */
export type Part = (typeof parts)[number];

/** [x, y, width, height], in pixels. */
export type FieldBox = readonly [x: number, y: number, width: number, height: number];

/** How a picture came about, as the dataset that we wrote says: for slices of an evaluation, never for a model. */
export interface SampleFacts {
  /** `seen` or `unseen`: whether its app, font and device stand in training, too. */
  readonly scenario?: string;
  readonly app?: string;
  readonly device?: string;
  readonly font?: string;
  readonly language?: string;
  /** How a fake was edited. */
  readonly operation?: string;
  /** Of a fake: the fields that were edited. */
  readonly fields?: readonly string[];
  /** How it was delivered: `png`, `highJpeg`, `lowJpeg`, `resized`, `messenger`, `softened`. */
  readonly laundering?: string;
}

/** One picture of a dataset. */
export interface Sample {
  /** Path of the file, relative to the dataset's root, with forward slashes. */
  readonly path: string;
  /** Of the file's bytes, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly label: Label;
  /** Samples of one group share a source and never stand in two parts of a split. */
  readonly group: string;
  readonly source?: string;
  /** ISO 8601. */
  readonly time?: string;
  /** Path of the mask (white = edited), relative to the dataset's root. */
  readonly mask?: string;
  /** Where the fields of a screenshot stand, [x, y, width, height] in pixels, by name; known of pictures that we drew. */
  readonly boxes?: Readonly<Record<string, FieldBox>>;
  readonly facts?: SampleFacts;
  /** Part that the dataset itself gives (column `split`), for `--split given`. */
  readonly given?: Part;
}

declare const part: unique symbol;
/** Samples that are known to stand in one part: passing test samples where train is asked is a compile error. */
export type Samples<S extends Part> = readonly Sample[] & { readonly [part]: S };

/** 1 for fake, 0 for real. */
export function labelsOf(samples: readonly Sample[]): Uint8Array {
  return Uint8Array.from(samples, (sample) => (sample.label === "fake" ? 1 : 0));
}
