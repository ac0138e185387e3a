import type { Part, Sample, Samples } from "../core/sample.ts";
import { labelsOf } from "../core/sample.ts";
import type { Calibrator } from "../metrics/calibrators/calibrator.ts";
import { chooseThresholds } from "../metrics/operatingPoint.ts";
import type { Judged } from "../metrics/pairedBootstrap.ts";
import { type Logits, logitsOf, type Scores, scoresOf, sigmoid } from "../metrics/scores.ts";
import type { Design } from "./design.ts";
import type { Journal } from "./journal.ts";
import type { Asked, FoldAnswers, StudyLearner } from "./learner.ts";

export interface AnswerOptions {
  readonly samples: readonly Sample[];
  readonly design: Design;
  readonly journal: Journal;
  readonly learner: StudyLearner;
  readonly calibrator: Calibrator;
  readonly maxFpr: number;
}

/** What one strategy says of every picture, each answered by models that did not see it, for one seed. */
export interface OutOfFold {
  /** In the order of the samples, corrected and calibrated, called by the threshold of the fold's validation. */
  readonly test: Judged;
  /** The same before prior correction and calibration. */
  readonly uncorrected: Judged;
  /** Of all folds, one after the other: a picture may stand in the validation of several. */
  readonly validation: Judged;
  /** Of one model: means over the folds, but for the numbers held. */
  readonly cost: FoldAnswers["cost"] & {
    /** Of answering, for one picture. */
    readonly inferenceSeconds: number;
  };
}

/** Logits -> prior correction, once -> one answer of all members -> calibration -> threshold. */
export function answer(
  asked: Asked,
  { samples, design, journal, learner, calibrator, maxFpr }: AnswerOptions,
): OutOfFold {
  const rowOf = new Map(samples.map((sample, i) => [sample, i]));
  const probabilities = new Float64Array(samples.length);
  const uncorrected = new Float64Array(samples.length);
  const called = new Uint8Array(samples.length);
  const models = new Uint8Array(samples.length);
  const validations: Scores<"validation">[] = [];
  const cost = { members: 0, seconds: 0, rowsSeen: 0, numbersHeld: 0, weights: 0, inferenceSeconds: 0 };

  for (let fold = 0; fold < design.folds; fold++) {
    const { validation, calibration, test } = design.partsOf(asked.seed, fold, asked.ratio);
    const answers = learner.answers(asked, fold, design, journal);
    for (const name of ["members", "seconds", "rowsSeen", "weights"] as const)
      cost[name] += answers.cost[name] / design.folds;
    cost.numbersHeld = Math.max(cost.numbersHeld, answers.cost.numbersHeld);
    const fitted = calibrator.fit(logitsOf(calibration, answers.of(calibration).corrected) as Logits<"calibration">);
    const calibrated = <S extends Part>(part: Samples<S>, logits: Float64Array): Scores<S> =>
      scoresOf(
        part,
        logits.map((z) => calibrator.probability(z, fitted)),
      );
    const onValidation = calibrated(validation, answers.of(validation).corrected);
    const threshold = chooseThresholds(onValidation, { maxFpr }).fake.threshold;
    validations.push(onValidation);
    const start = performance.now();
    const onTest = answers.of(test);
    cost.inferenceSeconds += (performance.now() - start) / 1000 / samples.length;
    const scores = calibrated(test, onTest.corrected).probabilities;
    for (const [i, sample] of test.entries()) {
      const row = rowOf.get(sample)!;
      probabilities[row] = scores[i]!;
      uncorrected[row] = sigmoid(onTest.trained[i]!);
      called[row] = scores[i]! >= threshold ? 1 : 0;
      models[row] = fold;
    }
  }
  const weights = weightsAt(samples, asked.ratio);
  return {
    test: { ...scoresOf(samples, probabilities), weights, called, models },
    uncorrected: { ...scoresOf(samples, uncorrected), weights },
    validation: joined(validations),
    cost,
  };
}

/** Each fake counts so much that there are `ratio` genuine pictures for each   // [samples] */
function weightsAt(samples: readonly Sample[], ratio: number): Float64Array {
  const fakes = samples.filter(({ label }) => label === "fake").length;
  const ofFake = (samples.length - fakes) / ratio / fakes;
  return Float64Array.from(labelsOf(samples), (label) => (label === 1 ? ofFake : 1));
}

function joined(parts: readonly Scores[]): Judged {
  const [first] = parts;
  return {
    ...first!,
    models: Uint8Array.from(parts.flatMap(({ labels }, fold) => Array.from(labels, () => fold))),
    labels: Uint8Array.from(parts.flatMap(({ labels }) => [...labels])),
    probabilities: Float64Array.from(parts.flatMap(({ probabilities }) => [...probabilities])),
    groups: parts.flatMap(({ groups }) => groups),
  };
}
