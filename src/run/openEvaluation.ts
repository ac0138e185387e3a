import { UserError } from "../core/errors.ts";
import type { Sample } from "../core/sample.ts";
import type { Dataset } from "../data/manifest.ts";
import type { ProtocolName } from "../data/protocols.ts";
import { findSplit, openSplit, type SplitFile } from "../data/splitFile.ts";
import { openScorer, type Scorer } from "../evaluate/scorePictures.ts";
import { someOf } from "../evaluate/someOf.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { type Model, openModel } from "../model/predict.ts";
import { readKnown } from "./knownFacts.ts";

export type EvaluatedPart = "test" | "validation" | "all";

export interface EvaluationRequest {
  readonly model: string;
  readonly dataset: string;
  /** Default: the protocol that the model was trained under. */
  readonly protocol?: ProtocolName;
  /** Default: test where a split of this dataset exists, else all. */
  readonly part?: EvaluatedPart;
  readonly groupBy?: string;
  readonly workers?: number;
  /** At most so many pictures of each class, always the same ones; default: all. */
  readonly limit?: number;
  readonly onProgress?: (stage: string, done: number, of: number) => void;
}

/** How many pictures were looked at where --limit left some out. */
export interface LimitedTo {
  readonly perClass: number;
  /** Pictures that the part has. */
  readonly of: number;
}

/** A model beside the pictures that it is measured on. */
export interface OpenEvaluation {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly splitFile: SplitFile | undefined;
  readonly part: EvaluatedPart;
  readonly samples: readonly Sample[];
  readonly limited?: LimitedTo;
  readonly protocol: ProtocolName;
  readonly n: { readonly real: number; readonly fake: number };
  /** The split that the part is of; absent where the part is all. */
  readonly split?: { readonly kind: string; readonly naive: boolean };
  /** Adds one look at test to the ledger, where that part was looked at. */
  countLook(): Promise<void>;
  openScorer(): Scorer;
  close(): Promise<void>;
}

/** Errors: those of the model and of the dataset; bad-options where the part or the limit cannot be had. */
export async function openEvaluation(request: EvaluationRequest): Promise<OpenEvaluation> {
  const { limit, workers, onProgress = () => {} } = request;
  if (limit !== undefined && limit < 1)
    throw new UserError("bad-options", `--limit ${limit}: at least one picture of each class is needed.`);
  const model = await openModel(request.model);
  try {
    const { metadata, sha256 } = model.file;
    const dataset = await readKnown(request.dataset, {
      codec: sharpCodec,
      onProgress: (done, of) => onProgress("Reading pictures", done, of),
      ...(request.groupBy === undefined ? {} : { groupBy: request.groupBy }),
    });
    const { kind: trainedKind, seed } = metadata.training.split;
    const splitFile =
      (await findSplit(dataset, { kind: trainedKind as "grouped", seed })) ?? (await ownSplit(request, dataset, seed));
    const { kind, naive } = splitFile?.split ?? metadata.training.split;
    const part = request.part ?? (splitFile === undefined ? "all" : "test");
    const protocol = request.protocol ?? metadata.training.protocol;
    const whole = samplesOf(part, dataset.samples, splitFile, request.dataset);
    const samples = limit === undefined ? whole : someOf(whole, limit);
    const fake = samples.filter(({ label }) => label === "fake").length;
    return {
      model,
      dataset,
      splitFile,
      part,
      samples,
      protocol,
      n: { real: samples.length - fake, fake },
      ...(samples.length < whole.length ? { limited: { perClass: limit!, of: whole.length } } : {}),
      ...(part === "all" ? {} : { split: { kind, naive } }),
      async countLook() {
        if (part === "test") await splitFile!.countLook({ model: sha256, protocol, time: new Date().toISOString() });
      },
      openScorer: () => openScorer({ model: request.model, sha256, root: dataset.root }, workers),
      close: () => model.release(),
    };
  } catch (error) {
    await model.release();
    throw error;
  }
}

/**
 * A part that is asked for of a set that says itself which pictures are test: a benchmark, where no model was trained.
 * Of a set whose fakes were thinned test is meant where nothing is said: there alone they are as many as there were.
 */
function ownSplit({ part }: EvaluationRequest, dataset: Dataset, seed: number): Promise<SplitFile> | undefined {
  if (part === "all" || (part === undefined && dataset.realPerFake === undefined)) return undefined;
  if (!dataset.samples.every(({ given }) => given !== undefined)) return undefined;
  return openSplit(dataset, { kind: "given", seed });
}

function samplesOf(
  part: EvaluatedPart,
  all: readonly Sample[],
  splitFile: SplitFile | undefined,
  dataset: string,
): readonly Sample[] {
  if (part === "all") return all;
  if (splitFile === undefined)
    throw new UserError(
      "bad-options",
      `There is no split of ${dataset} that this model was trained on, and no column split in its manifest, so it has no part "${part}". Pass --part all, or evaluate where it was trained.`,
    );
  return splitFile.split.parts[part];
}
