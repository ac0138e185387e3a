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

export interface Detector {
  readonly model: ModelCard;
  /** Throws UserError: unsupported-format, unreadable-picture, too-large. */
  detect(bytes: Uint8Array, options?: { readonly heatMap?: boolean }): Promise<Detection>;
  close(): Promise<void>;
}

/** The object that `assay detect --json` and `POST /v1/detect` answer with. */
export function detectionBody(file: string, detection: Detection) {
  const { sha256, verdict, probability, thresholds, falseAlarmRate, model, evidence, warnings, picture } = detection;
  return {
    schemaVersion: 1 as const,
    file,
    sha256,
    verdict,
    probability,
    thresholds,
    falseAlarmRate,
    model,
    picture,
    evidence,
    warnings,
  };
}
