import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { UserError } from "../core/errors.ts";
import { parseRatio } from "../core/ratio.ts";
import type { Sample } from "../core/sample.ts";
import type { Floors } from "../data/floors.ts";
import type { ProtocolName } from "../data/protocols.ts";
import { countLooks } from "../data/splitFile.ts";
import { writeAtomic } from "../data/writeAtomic.ts";
import { type Evaluation, evaluate } from "../evaluate/evaluate.ts";
import { pixelThresholdOn } from "../evaluate/pixelThreshold.ts";
import { prevalenceOf } from "../evaluate/prevalence.ts";
import { type Seen, seenInTraining } from "../evaluate/seen.ts";
import type { TrainedLogits } from "../imbalance/posterior.ts";
import type { ConfusionMatrix } from "../metrics/classification.ts";
import type { Metrics } from "../metrics/measure.ts";
import { reviewBudget } from "../metrics/reviewBudget.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { type ResultFigures, resultFigures } from "../report/resultFigures.ts";
import { knownFloors } from "./knownFloors.ts";
import { type EvaluatedPart, type EvaluationRequest, type LimitedTo, openEvaluation } from "./openEvaluation.ts";

export interface EvaluateRunInput extends EvaluationRequest {
  /** File that gets one JSON line a picture: path, label, logit, probability, facts. */
  readonly scores?: string;
  /** Whether that file may be written over. */
  readonly force?: boolean;
  /** `1:k`: the report is for one fake in k genuine pictures; default: the dataset's own ratio, else the pictures as they are. */
  readonly prevalence?: string;
  /** Alarms that reviewers look at (default 10) among so many pictures (default 1,000). */
  readonly budget?: number;
  readonly volume?: number;
}

/** What `assay evaluate --json` prints. */
export interface EvaluationBody extends Pick<Evaluation, "localisation" | "slices">, ResultFigures {
  readonly schemaVersion: 1;
  readonly model: string;
  readonly dataset: string;
  readonly protocol: ProtocolName;
  readonly part: EvaluatedPart;
  /** The split that the part is of; naive where it was random. */
  readonly split?: { readonly kind: string; readonly naive: boolean };
  readonly n: { readonly real: number; readonly fake: number };
  readonly limited?: LimitedTo;
  readonly threshold: number;
  readonly metrics: Metrics;
  readonly confusionMatrix: ConfusionMatrix;
  /** The same at the threshold of the best validation accuracy. */
  readonly atBestAccuracy: {
    readonly threshold: number;
    readonly metrics: Metrics;
    readonly confusionMatrix: ConfusionMatrix;
  };
  /** How the model's threshold was chosen, and what it did on validation. */
  readonly operatingPoint: ModelMetadata["operatingPoint"];
  /** Of the whole dataset. */
  readonly floors: Floors;
  readonly seenInTraining: Seen;
  readonly testLooks: number;
  readonly warnings: readonly string[];
}

/** Measures a model on a dataset; a look at the test part is counted in the split's ledger. */
export async function evaluateRun(input: EvaluateRunInput): Promise<EvaluationBody> {
  const { onProgress = () => {}, scores: scoresFile } = input;
  const asked = input.prevalence === undefined ? undefined : parseRatio(input.prevalence, "prevalence");
  const budget = reviewBudget(input.budget ?? 10, input.volume ?? 1000);
  if (scoresFile !== undefined && input.force !== true && existsSync(scoresFile))
    throw new UserError("exists", `${scoresFile} is there already. Name another file, or pass --force.`);
  // As many as cores: with a small network, opening the pictures is most of the work, and the network waits for them.
  const threading = { workers: input.workers ?? Math.min(8, availableParallelism()) };
  const opened = await openEvaluation({ ...input, ...threading });
  const { model, dataset, samples, protocol, part, splitFile, n } = opened;
  const { metadata } = model.file;
  // A picture at the network's size travels in batches from workers to one network; tiles stay where they were cut.
  const scorer = metadata.input.fit === "tiles" ? opened.openScorer() : undefined;
  try {
    const floors = await knownFloors(dataset, protocol, {
      onProgress: (done, of) => onProgress("Floors", done, of),
      ...threading,
    });
    const pixelThreshold =
      scorer === undefined || metadata.localisation !== undefined || splitFile === undefined
        ? undefined
        : await pixelThresholdOn(splitFile.split.parts.validation, scorer, protocol, (done, of) =>
            onProgress("Validation pictures", done, of),
          );
    const { prevalence, warning } = prevalenceOf(asked, dataset, samples, metadata);
    const evaluation = await evaluate(
      {
        predictor: model,
        metadata,
        dataset,
        prevalence,
        budget,
        ...threading,
        ...(scorer === undefined ? {} : { scorer }),
        pixelThreshold,
        onProgress: (done, of) => onProgress("Pictures", done, of),
      },
      samples,
      protocol,
    );
    await opened.countLook();
    if (scoresFile !== undefined) await writeAtomic(scoresFile, scoreLines(samples, evaluation));
    const seen = seenInTraining(metadata, samples, dataset);
    const { atFake, atBestAccuracy, localisation, slices } = evaluation;
    return {
      schemaVersion: 1,
      model: input.model,
      dataset: dataset.name,
      protocol,
      part,
      ...(opened.split === undefined ? {} : { split: opened.split }),
      n,
      ...(opened.limited === undefined ? {} : { limited: opened.limited }),
      threshold: atFake.threshold,
      metrics: atFake.metrics,
      confusionMatrix: atFake.confusionMatrix,
      atBestAccuracy,
      operatingPoint: metadata.operatingPoint,
      ...resultFigures(evaluation),
      ...(localisation === undefined ? {} : { localisation }),
      ...(slices === undefined ? {} : { slices }),
      floors,
      seenInTraining: seen,
      testLooks: countLooks(splitFile?.looks ?? []),
      warnings: [...warningsOf(seen, samples.length), ...(warning === undefined ? [] : [warning])],
    };
  } finally {
    await Promise.all([opened.close(), scorer?.close()]);
  }
}

/** One JSON object a line, in the order of the samples. */
function scoreLines(samples: readonly Sample[], { scores, logits }: Evaluation & { logits: TrainedLogits }): string {
  return samples
    .map(({ path, label, facts = {} }, i) => {
      const answer = { logit: logits.values[i]!, probability: scores.probabilities[i]! };
      return `${JSON.stringify({ path, label, ...answer, ...facts })}\n`;
    })
    .join("");
}

/** Sentences on what the model has met of these pictures before. */
export function warningsOf({ samples, groups, nearDuplicates }: Seen, n: number): string[] {
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
