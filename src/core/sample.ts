/** Fake is the positive class: 1 in every array of labels. */
export type Label = "real" | "fake";

export const parts = ["train", "validation", "calibration", "test"] as const;
/** Fit on train, choose on validation, calibrate on calibration, look at test. */
export type Part = (typeof parts)[number];

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
