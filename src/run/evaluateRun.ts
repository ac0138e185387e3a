import { availableParallelism } from "node:os";
import { UserError } from "../core/errors.ts";
import type { Sample } from "../core/sample.ts";
import type { Floors } from "../data/floors.ts";
import { readDataset } from "../data/manifest.ts";
import type { ProtocolName } from "../data/protocols.ts";
import { countLooks, findSplit, type SplitFile } from "../data/splitFile.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import { type Seen, seenInTraining } from "../evaluate/seen.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import type { ConfusionMatrix } from "../metrics/classification.ts";
import type { Metrics } from "../metrics/measure.ts";
import { openModel } from "../model/predict.ts";
import { knownFloors } from "./knownFloors.ts";

export interface EvaluateRunInput {
  readonly model: string;
  readonly dataset: string;
  /** Default: the protocol that the model was trained under. */
  readonly protocol?: ProtocolName;
  /** Default: test where a split of this dataset exists, else all. */
  readonly part?: "test" | "validation" | "all";
  readonly groupBy?: string;
  readonly workers?: number;
  readonly onProgress?: (stage: string, done: number, of: number) => void;
}

/** What `assay evaluate --json` prints. */
export interface EvaluationBody {
  readonly schemaVersion: 1;
  readonly model: string;
  readonly dataset: string;
  readonly protocol: ProtocolName;
  readonly part: "test" | "validation" | "all";
  /** The split that the part is of; naive where it was random. */
  readonly split?: { readonly kind: string; readonly naive: boolean };
  readonly n: { readonly real: number; readonly fake: number };
  readonly threshold: number;
  readonly metrics: Metrics;
  readonly confusionMatrix: ConfusionMatrix;
  /** The same at the threshold of the best validation accuracy. */
  readonly atBestAccuracy: {
    readonly threshold: number;
    readonly metrics: Metrics;
    readonly confusionMatrix: ConfusionMatrix;
  };
  readonly floors: Floors;
  readonly seenInTraining: Seen;
  readonly testLooks: number;
  readonly warnings: readonly string[];
}

/** Measures a model on a dataset; a look at the test part is counted in the split's ledger. */
export async function evaluateRun(input: EvaluateRunInput): Promise<EvaluationBody> {
  // As many as cores: with a small network, opening the pictures is most of the work, and the network waits for them.
  const { onProgress = () => {}, workers = Math.min(8, availableParallelism()) } = input;
  const model = await openModel(input.model);
  const { metadata, sha256 } = model.file;
  const threading = { workers };
  try {
    const dataset = await readDataset(input.dataset, {
      codec: sharpCodec,
      onProgress: (done, of) => onProgress("Reading pictures", done, of),
      ...(input.groupBy === undefined ? {} : { groupBy: input.groupBy }),
    });
    const { kind, seed } = metadata.training.split;
    const splitFile = await findSplit(dataset, { kind: kind as "grouped", seed });
    const part = input.part ?? (splitFile === undefined ? "all" : "test");
    const samples = samplesOf(part, dataset.samples, splitFile, input.dataset);
    const protocol = input.protocol ?? metadata.training.protocol;
    const floors = await knownFloors(dataset, protocol, {
      onProgress: (done, of) => onProgress("Floors", done, of),
      ...threading,
    });
    const evaluation = await evaluate(
      { predictor: model, metadata, dataset, ...threading, onProgress: (done, of) => onProgress("Pictures", done, of) },
      samples,
      protocol,
    );
    if (part === "test") await splitFile!.countLook({ model: sha256, protocol, time: new Date().toISOString() });
    const seen = seenInTraining(metadata, samples, dataset);
    const { atFake, atBestAccuracy } = evaluation;
    const fakes = samples.filter((sample) => sample.label === "fake").length;
    return {
      schemaVersion: 1,
      model: input.model,
      dataset: dataset.name,
      protocol,
      part,
      ...(part === "all" ? {} : { split: { kind, naive: metadata.training.split.naive } }),
      n: { real: samples.length - fakes, fake: fakes },
      threshold: atFake.threshold,
      metrics: atFake.metrics,
      confusionMatrix: atFake.confusionMatrix,
      atBestAccuracy,
      floors,
      seenInTraining: seen,
      testLooks: countLooks(splitFile?.looks ?? []),
      warnings: warningsOf(seen, samples.length),
    };
  } finally {
    await model.release();
  }
}

function samplesOf(
  part: "test" | "validation" | "all",
  all: readonly Sample[],
  splitFile: SplitFile | undefined,
  dataset: string,
) {
  if (part === "all") return all;
  if (splitFile === undefined)
    throw new UserError(
      "bad-options",
      `There is no split of ${dataset} that this model was trained on, so it has no part "${part}". Pass --part all, or evaluate where it was trained.`,
    );
  return splitFile.split.parts[part];
}

function warningsOf({ samples, groups, nearDuplicates }: Seen, n: number): string[] {
  const warnings: string[] = [];
  if (samples > 0 || groups > 0)
    warnings.push(
      `The model learnt from ${samples} of these ${n} pictures, and knows ${groups} of their groups: the figures flatter it. Evaluate the test part, or other pictures.`,
    );
  if (nearDuplicates > 0)
    warnings.push(
      `${nearDuplicates} of these ${n} pictures look like one that the model learnt from (perceptual hash; screenshots of one app look alike, too).`,
    );
  return warnings;
}
