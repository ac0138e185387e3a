import { createRng } from "../core/rng.ts";
import type { Part, Sample, Samples } from "../core/sample.ts";
import { openPreparer, type Preparer } from "../data/batches.ts";
import type { Dataset } from "../data/manifest.ts";
import type { ProtocolName } from "../data/protocols.ts";
import { type Measurement, measure } from "../metrics/measure.ts";
import { calibrate, logitsOf, type Scores } from "../metrics/scores.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { type Predictor, predictSamples } from "../train/predictSamples.ts";

export interface EvaluationInput {
  readonly predictor: Predictor;
  readonly metadata: ModelMetadata;
  readonly dataset: Dataset;
  readonly batchSize?: number;
  readonly workers?: number;
  /** What the predictor takes under a protocol; by default the prepared pictures. */
  readonly openInputs?: (protocol: ProtocolName) => Promise<Preparer>;
  readonly onProgress?: (done: number, of: number) => void;
}

/** A model's answers under one protocol, and what they are worth at both thresholds. */
export interface Evaluation {
  readonly protocol: ProtocolName;
  readonly scores: Scores;
  /** At thresholds.fake, which the verdict uses. */
  readonly atFake: Measurement;
  /** At the threshold of the best validation accuracy. */
  readonly atBestAccuracy: Measurement;
}

/** Calibrated probabilities of the samples, seen through one protocol; the scores keep the samples' part. */
export async function score<S extends Part>(
  input: EvaluationInput,
  samples: Samples<S>,
  protocol: ProtocolName,
): Promise<Scores<S>>;
export async function score(
  input: EvaluationInput,
  samples: readonly Sample[],
  protocol: ProtocolName,
): Promise<Scores>;
export async function score(
  input: EvaluationInput,
  samples: readonly Sample[],
  protocol: ProtocolName,
): Promise<Scores> {
  const { predictor, metadata, dataset, batchSize = 16, workers, onProgress } = input;
  const openPictures = () =>
    openPreparer({
      root: dataset.root,
      input: metadata.input,
      protocol,
      ...(workers === undefined ? {} : { workers }),
    });
  const preparer = await (input.openInputs ?? openPictures)(protocol);
  try {
    const logits = await predictSamples(predictor, preparer, samples, batchSize, (done) =>
      onProgress?.(done, samples.length),
    );
    return calibrate(logitsOf(samples, logits), metadata.calibration.temperature);
  } finally {
    await preparer.close();
  }
}

/** Scores and both measurements; the bootstrap is seeded by the protocol, so that a second look prints the same. */
export async function evaluate(
  input: EvaluationInput,
  samples: readonly Sample[],
  protocol: ProtocolName,
): Promise<Evaluation> {
  const scores = await score(input, samples, protocol);
  const { fake, bestAccuracy } = input.metadata.thresholds;
  const rng = createRng(`evaluate/${protocol}`);
  return {
    protocol,
    scores,
    atFake: measure(scores, { threshold: fake, rng }),
    atBestAccuracy: measure(scores, { threshold: bestAccuracy, rng }),
  };
}
