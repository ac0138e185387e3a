import { createRng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import { openPreparer, type Preparer } from "../data/batches.ts";
import type { Dataset } from "../data/manifest.ts";
import type { ProtocolName } from "../data/protocols.ts";
import { type TrainedLogits, trainedLogits } from "../imbalance/posterior.ts";
import { type Baselines, baselinesAt } from "../metrics/baselines.ts";
import { type Localisation, type LocalisedPicture, measureLocalisation } from "../metrics/localisation.ts";
import {
  type Measurement,
  measure,
  measureProbabilities,
  type ProbabilityMetrics,
  usualBudget,
} from "../metrics/measure.ts";
import { movePrior } from "../metrics/prevalence.ts";
import { type Scores, scoresOf, sigmoid } from "../metrics/scores.ts";
import { probabilitiesOf } from "../model/calibration.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { type Predictor, predictSamples } from "../train/predictSamples.ts";
import { type Prevalence, prevalenceOf } from "./prevalence.ts";
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
  /** Share of fakes that the figures are for; default: the pictures as they are. */
  readonly prevalence?: Prevalence;
  /** Alarms that reviewers look at, as a share of all pictures. */
  readonly budget?: number | undefined;
  readonly onProgress?: (done: number, of: number) => void;
}

/** A model's answers under one protocol, and what they are worth at both thresholds. */
export interface Evaluation {
  readonly protocol: ProtocolName;
  /** The model's probabilities, moved where a prevalence was asked for. */
  readonly scores: Scores;
  readonly prevalence: Prevalence;
  /** The model's, moved with its probabilities, so that every verdict is the same. */
  readonly thresholds: { readonly real: number; readonly fake: number };
  /** What answers score that look at no picture. */
  readonly baselines: Baselines;
  readonly beforeCalibration: BeforeCalibration;
  /** Alarms that reviewers look at, as a share of all pictures. */
  readonly budget: number;
  /** At thresholds.fake, which the verdict uses. */
  readonly atFake: Measurement;
  /** At the threshold of the best validation accuracy. */
  readonly atBestAccuracy: Measurement;
  /** Where fakes have masks and the model's map has cells. */
  readonly localisation?: Localisation;
  /** By what the dataset's manifest says of the pictures; absent where it says nothing. */
  readonly slices?: readonly Slice[];
}

/** What calibration did: the probabilities before it, on the same pictures and at the same prevalence. */
export interface BeforeCalibration {
  /** sigmoid(logit), as the network was trained. */
  readonly raw: ProbabilityMetrics;
  /** After the prior that training moved was put back; absent where it moved none. */
  readonly corrected?: ProbabilityMetrics;
  /** Of `raw`. */
  readonly scores: Scores;
}

/** Scores and measurements; the bootstrap is seeded by the protocol, so that a second look prints the same. */
export async function evaluate(
  input: EvaluationInput,
  samples: readonly Sample[],
  protocol: ProtocolName,
): Promise<Evaluation & { readonly logits: TrainedLogits }> {
  const { metadata, budget = usualBudget } = input;
  const { logits, pictures } = await answer(input, samples, protocol);
  const prevalence = input.prevalence ?? prevalenceOf(undefined, { samples }, samples, metadata).prevalence;
  const { share, movedFrom } = prevalence;
  const move = (p: number) => (movedFrom === undefined ? p : movePrior(p, movedFrom, share));
  const scoresWith = (probabilities: Float64Array) => scoresOf(samples, probabilities.map(move));
  const { calibration, thresholds } = metadata;
  const scores = scoresWith(probabilitiesOf(logits, calibration));
  const rng = createRng(`evaluate/${protocol}`);
  const localisation = measureLocalisation(pictures, {
    threshold: input.pixelThreshold ?? metadata.localisation?.threshold,
    rng: rng.fork("localisation"),
  });
  const fake = move(thresholds.fake);
  const slices = measureSlices(samples, scores, { threshold: fake });
  const options = { rng, prevalence: prevalence.from === "pictures" ? undefined : share };
  const before = (priorShift: number) => scoresWith(logits.values.map((logit) => sigmoid(logit - priorShift)));
  const raw = before(0);
  return {
    protocol,
    logits,
    scores,
    prevalence,
    thresholds: { real: move(thresholds.real), fake },
    baselines: baselinesAt(share),
    beforeCalibration: {
      raw: measureProbabilities(raw, options),
      ...(calibration.priorShift !== 0 && {
        corrected: measureProbabilities(before(calibration.priorShift), options),
      }),
      scores: raw,
    },
    budget,
    atFake: measure(scores, { threshold: fake, budget, ...options }),
    atBestAccuracy: measure(scores, { threshold: move(thresholds.bestAccuracy), budget, ...options }),
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
    const pictures = answers.flatMap(({ counts, centre, text }, i): LocalisedPicture[] => {
      const { label, group } = samples[i]!;
      if (counts === undefined) return [];
      return [{ label: label === "fake" ? 1 : 0, group, counts, ...(centre && { centre }), ...(text && { text }) }];
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
