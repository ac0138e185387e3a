import type { Estimate } from "../core/estimate.ts";
import type { Region } from "./regions.ts";

/** `real` is shown to people as "no alteration evidence found", never as "genuine". */
export type Verdict = "real" | "fake" | "inconclusive";

/** Where the network looked, in the coordinates of the picture as stored. */
export interface HeatMap {
  readonly width: number;
  readonly height: number;
  /** [height, width], 0..1 */
  readonly data: Float32Array;
}

export interface ModelCard {
  readonly name: string;
  readonly sha256: string;
  /** What the model was trained on, in one line: outside of it the answer means little. */
  readonly domain: string;
}

/** The answer for one picture. */
export interface Detection {
  readonly sha256: string;
  readonly verdict: Verdict;
  /** That the picture was altered, calibrated, 0..1. */
  readonly probability: number;
  readonly thresholds: { readonly real: number; readonly fake: number };
  /** Share of genuine validation pictures at or above thresholds.fake: the false-alarm rate that the verdict stands on. */
  readonly falseAlarmRate: number;
  readonly model: ModelCard;
  readonly heatMap?: HeatMap;
  /** Of networks that localise: the places at or above the model's pixel threshold, the most suspicious first. */
  readonly regions?: readonly Region[];
  /** Why the picture is none of those that the model knows, one sentence; the verdict is inconclusive then. */
  readonly outside?: string;
  /** Facts that a person may weigh beside the score, one sentence each. */
  readonly evidence: readonly string[];
  /** Why the answer may not hold here, one sentence each. */
  readonly warnings: readonly string[];
  readonly picture: {
    readonly format: string;
    readonly width: number;
    readonly height: number;
    /** EXIF orientation, 1..8; width and height are those of the picture as stored. */
    readonly orientation: number;
    readonly bytes: number;
  };
}

/** One of many pictures: a file to read, or its bytes; or why there are none, to be told in its turn. */
export type Picture = { readonly file: string } & ({ readonly bytes?: Uint8Array } | { readonly error: unknown });

export type PictureAnswer = { readonly file: string } & (
  | { readonly detection: Detection }
  | { readonly error: unknown }
);

export interface DetectOptions {
  /** Adds where the network looked. */
  readonly heatMap?: boolean;
}

export interface DetectAllOptions extends DetectOptions {
  /** Waits until this thread may open a picture: where several calls run at once, decoded pictures could fill the memory. */
  readonly inTurn?: <T>(task: () => Promise<T>) => Promise<T>;
}

/** What the verdict "fake" measured on the validation part. */
export interface MeasuredPoint {
  readonly falseAlarmRate: Estimate;
  readonly recall: Estimate;
}

export interface Detector {
  readonly model: ModelCard;
  readonly operatingPoint?: MeasuredPoint;
  /** Throws UserError: unsupported-format, unreadable-picture, too-large. */
  detect(bytes: Uint8Array, options?: DetectOptions): Promise<Detection>;
  /**
   * Answers for many pictures, in their order, each as soon as it and those before it are known; a picture that cannot
   * be answered has its error instead. The first few are examined in this thread, the rest by one worker a core.
   */
  detectAll(
    pictures: Iterable<Picture> | AsyncIterable<Picture>,
    options?: DetectAllOptions,
  ): AsyncGenerator<PictureAnswer>;
  close(): Promise<void>;
}

/** The object that `assay detect --json` and `POST /v1/detect` answer with. */
export function detectionBody(file: string, detection: Detection) {
  const { sha256, verdict, probability, thresholds, falseAlarmRate, model, evidence, warnings, picture } = detection;
  const { outside, regions } = detection;
  return {
    schemaVersion: 1 as const,
    file,
    sha256,
    verdict,
    ...(outside !== undefined && { outside }),
    probability,
    thresholds,
    falseAlarmRate,
    model,
    picture,
    ...(regions !== undefined && { regions: [...regions] }),
    evidence,
    warnings,
  };
}
