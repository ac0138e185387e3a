import { createRng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import { openPreparer, type Preparer } from "../data/batches.ts";
import type { Dataset } from "../data/manifest.ts";
import type { ProtocolName } from "../data/protocols.ts";
import { type TrainedLogits, trainedLogits } from "../imbalance/posterior.ts";
import { type Localisation, type LocalisedPicture, measureLocalisation } from "../metrics/localisation.ts";
import { type Measurement, measure } from "../metrics/measure.ts";
import { type Scores, scoresOf } from "../metrics/scores.ts";
import { probabilitiesOf } from "../model/calibration.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { type Predictor, predictSamples } from "../train/predictSamples.ts";
import type { Scorer } from "./scorePictures.ts";
import { measureSlices, type Slice } from "./slices.ts";

export interface EvaluationInput {
  readonly predictor: Predictor;
  readonly metadata: ModelMetadata;
  readonly dataset: Dataset;
  readonly batchSize?: number;
  readonly workers?: number;
  /** What the predictor takes under a protocol; by default the prepared pictures. */
  readonly openInputs?: (protocol: ProtocolName) => Promise<Preparer>;
  /** Takes the place of predictor and inputs: needed by networks that see tiles, and for localisation. */
  readonly scorer?: Scorer;
  /** Of a map's cells, chosen on validation; default: the model's own. */
  readonly pixelThreshold?: number | undefined;
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
  /** Where fakes have masks and the model's map has cells. */
  readonly localisation?: Localisation;
  /** By what the dataset's manifest says of the pictures; absent where it says nothing. */
  readonly slices?: readonly Slice[];
}

/** Scores and measurements; the bootstrap is seeded by the protocol, so that a second look prints the same. */
export async function evaluate(
  input: EvaluationInput,
  samples: readonly Sample[],
  protocol: ProtocolName,
): Promise<Evaluation & { readonly logits: TrainedLogits }> {
  const { metadata } = input;
  const { logits, pictures } = await answer(input, samples, protocol);
  const scores = scoresOf(samples, probabilitiesOf(logits, metadata.calibration));
  const { fake, bestAccuracy } = metadata.thresholds;
  const rng = createRng(`evaluate/${protocol}`);
  const localisation = measureLocalisation(pictures, {
    threshold: input.pixelThreshold ?? metadata.localisation?.threshold,
    rng: rng.fork("localisation"),
  });
  const slices = measureSlices(samples, scores, { threshold: fake });
  return {
    protocol,
    logits,
    scores,
    atFake: measure(scores, { threshold: fake, rng }),
    atBestAccuracy: measure(scores, { threshold: bestAccuracy, rng }),
    ...(localisation === undefined ? {} : { localisation }),
    ...(slices.length === 0 ? {} : { slices }),
  };
}

/** The model's answers before any is weighed. */
async function answer(
  input: EvaluationInput,
  samples: readonly Sample[],
  protocol: ProtocolName,
): Promise<{ readonly logits: TrainedLogits; readonly pictures: readonly LocalisedPicture[] }> {
  const { predictor, metadata, dataset, batchSize = 16, workers, scorer, onProgress = () => {} } = input;
  if (scorer !== undefined) {
    const answers = await scorer.score(samples, { protocol, localise: metadata.input.fit === "tiles", onProgress });
    const pictures = answers.flatMap(({ counts, centre }, i): LocalisedPicture[] => {
      const { label, group } = samples[i]!;
      if (counts === undefined) return [];
      return [{ label: label === "fake" ? 1 : 0, group, counts, ...(centre && { centre }) }];
    });
    return {
      logits: trainedLogits(answers.map(({ logit }) => logit)),
      pictures,
    };
  }
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
      onProgress(done, samples.length),
    );
    return { logits, pictures: [] };
  } finally {
    await preparer.close();
  }
}
