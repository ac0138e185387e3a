import type { Label, Part } from "../core/sample.ts";
import type { Floors } from "../data/floors.ts";
import type { ProtocolName } from "../data/protocols.ts";
import type { SplitKind } from "../data/split.ts";
import type { Evaluation } from "../evaluate/evaluate.ts";
import type { Calibration } from "../model/calibration.ts";
import type { ModelMetadata } from "../model/metadata.ts";

/** Everything that a report says; pictures of it (HTML, model card, terminal, PNG) add no facts. */
export interface ReportData {
  readonly title: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly assayVersion: string;
  /** As the user typed it. */
  readonly command?: string;
  /** Shown as JSON. */
  readonly recipe: unknown;
  readonly dataset: {
    readonly name: string;
    readonly counts: Readonly<Record<Label, number>>;
    readonly groups: number;
    readonly groupedBy: string;
    /** Files whose bytes stand in the set more than once. */
    readonly duplicates: number;
    readonly unreadable: readonly { readonly path: string; readonly error: string }[];
    readonly manifestSha256: string;
    /** A sentence, where the set is a toy whose figures say nothing of real pictures. */
    readonly toy?: string;
    readonly warnings?: readonly string[];
  };
  readonly split: {
    readonly kind: SplitKind;
    /** Groups may stand in two parts: the figures flatter. */
    readonly naive: boolean;
    readonly seed: number;
    readonly counts: Readonly<Record<Part, Readonly<Record<Label, number>>>>;
    /** How often the test part has been evaluated, this time included. */
    readonly looks: number;
  };
  readonly training?: {
    readonly epochs: readonly EpochFigures[];
    /** Counted from 0, as in the events; shown from 1. */
    readonly bestEpoch: number;
    /** A sentence. */
    readonly stoppedBecause: string;
    readonly seconds: number;
  };
  /** What was trained, validated and calibrated on. */
  readonly trainedOn: ProtocolName;
  /** How the network's logit becomes a probability. */
  readonly calibration: Calibration;
  /** The model's own, and what they did on validation. */
  readonly thresholds: ModelMetadata["thresholds"] & ModelMetadata["operatingPoint"];
  /** The test part under each protocol. */
  readonly results: readonly ProtocolResult[];
  /** Worst first. */
  readonly mistakes: readonly Mistake[];
  /** Augmented training pictures, PNG or JPEG. */
  readonly contactSheet?: Uint8Array;
  readonly machine?: string;
}

export interface EpochFigures {
  /** Counted from 0. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  readonly learningRate: number;
  readonly seconds: number;
}

export interface ProtocolResult extends Evaluation {
  readonly floors: Floors;
}

export interface Mistake {
  readonly path: string;
  readonly label: Label;
  readonly probability: number;
  /** JPEG or PNG. */
  readonly thumbnail: Uint8Array;
}

/** The result under the protocol that the model was trained on: the report's headline. */
export function mainResult({ results, trainedOn }: ReportData): ProtocolResult | undefined {
  return results.find(({ protocol }) => protocol === trainedOn) ?? results[0];
}
