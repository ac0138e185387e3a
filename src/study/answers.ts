import { labelsOf, type Part, type Sample, type Samples } from "../core/sample.ts";
import { combine, correctPrior, trainedLogits } from "../imbalance/posterior.ts";
import type { Calibrator } from "../metrics/calibrators/calibrator.ts";
import { chooseThresholds } from "../metrics/operatingPoint.ts";
import type { Judged } from "../metrics/pairedBootstrap.ts";
import { type Logits, logitsOf, type Scores, scoresOf, sigmoid } from "../metrics/scores.ts";
import type { Design } from "./design.ts";
import { headLogits } from "./head.ts";
import { balanced, type Chosen, type Job, keyOf, planOf } from "./job.ts";
import type { VectorTable } from "./vectorTable.ts";
import type { JobResult } from "./workbench.ts";

export interface AnswerOptions {
  readonly table: VectorTable;
  readonly design: Design;
  readonly done: ReadonlyMap<string, JobResult>;
  /** Hidden units of a head. */
  readonly units: number;
  readonly calibrator: Calibrator;
  readonly maxFpr: number;
}

/** What one strategy says of every picture, each answered by models that did not see it, for one seed. */
export interface OutOfFold {
  /** In the order of the table, corrected and calibrated, called by the threshold of the fold's validation. */
  readonly test: Judged;
  /** The same before prior correction and calibration. */
  readonly uncorrected: Judged;
  /** Of all folds, one after the other: a picture may stand in the validation of several. */
  readonly validation: Judged;
  readonly cost: {
    readonly members: number;
    readonly seconds: number;
    readonly rowsSeen: number;
    readonly numbersHeld: number;
    readonly weights: number;
    /** Of answering, for one vector. */
    readonly inferenceSeconds: number;
  };
}

/** Which answers: a strategy at a ratio, or a point of its learning curve. */
export interface Asked {
  readonly strategy: Chosen;
  /** Genuine pictures for each fake, to which the fakes of the test folds are weighted. */
  readonly ratio: number;
  readonly seed: number;
  readonly share?: Job["share"];
}

/** The jobs behind an answer, in order; the reference's are the same at every ratio. */
export function jobsOf({ strategy, ratio, seed, share }: Asked, design: Design): Job[] {
  return Array.from({ length: design.folds }, (_, fold) => fold).flatMap((fold) => {
    const job = {
      strategy,
      seed,
      fold,
      ...(strategy.name === balanced.name ? {} : { ratio }),
      ...(share === undefined ? {} : { share }),
    };
    return planOf(job, design).members.map((_, member) => ({ ...job, member }));
  });
}

/** Heads -> logits -> prior correction, once -> one answer of all members -> calibration -> threshold. */
export function answer(asked: Asked, { table, design, done, units, calibrator, maxFpr }: AnswerOptions): OutOfFold {
  const { samples, width, values } = table;
  const rowOf = new Map(samples.map((sample, i) => [sample, i]));
  const probabilities = new Float64Array(samples.length);
  const uncorrected = new Float64Array(samples.length);
  const called = new Uint8Array(samples.length);
  const validations: Scores<"validation">[] = [];
  const cost = { members: 0, seconds: 0, rowsSeen: 0, numbersHeld: 0, weights: 0, inferenceSeconds: 0 };
  const jobs = jobsOf(asked, design);
  const { strategy, ratio, seed } = asked;

  for (let fold = 0; fold < design.folds; fold++) {
    const own = jobs.filter((job) => job.fold === fold);
    const { validation, calibration, test } = design.partsOf(seed, fold, ratio);
    const { plan } = planOf(own[0]!, design);
    // The reference is trained at the odds of all fakes, and answers at those of the ratio.
    const moved =
      strategy.name === balanced.name ? Math.log(1 / ratio) - logOddsOf(design.partsOf(seed, fold).train) : 0;
    const heads = own.map((job) => {
      const result = done.get(keyOf(job));
      if (result === undefined) throw new RangeError(`The job ${keyOf(job)} was not done.`);
      cost.seconds += result.seconds / design.folds;
      cost.rowsSeen += result.rowsSeen / design.folds;
      cost.numbersHeld = Math.max(cost.numbersHeld, result.numbersHeld);
      const bytes = Uint8Array.from(Buffer.from(result.head, "base64"));
      return { head: new Float32Array(bytes.buffer), shift: { logOdds: result.logOdds - moved, exact: true } as const };
    });
    cost.members += heads.length / design.folds;
    cost.weights += heads.reduce((sum, { head }) => sum + head.length, 0) / design.folds;
    const how = plan.members?.combine ?? "meanLogit";
    const logitsOn = (part: readonly Sample[]) => {
      const rows = Int32Array.from(part, (sample) => rowOf.get(sample)!);
      const trained = heads.map(({ head }) => trainedLogits(headLogits(head, units, values, width, rows)));
      const corrected = trained.map((logits, k) => correctPrior(logits, heads[k]!.shift));
      // A vote at the log odds of the ratio: there a member is undecided.
      return { trained, corrected: combine(corrected, how, Math.log(1 / ratio)) };
    };
    const fitted = calibrator.fit(logitsOf(calibration, logitsOn(calibration).corrected) as Logits<"calibration">);
    const calibrated = <S extends Part>(part: Samples<S>, logits: Float64Array): Scores<S> =>
      scoresOf(
        part,
        logits.map((z) => calibrator.probability(z, fitted)),
      );
    const onValidation = calibrated(validation, logitsOn(validation).corrected);
    const threshold = chooseThresholds(onValidation, { maxFpr }).fake.threshold;
    validations.push(onValidation);
    const start = performance.now();
    const onTest = logitsOn(test);
    cost.inferenceSeconds += (performance.now() - start) / 1000 / samples.length;
    const scores = calibrated(test, onTest.corrected).probabilities;
    const before = combine(
      onTest.trained.map(({ values }) => values),
      how,
    );
    for (const [i, sample] of test.entries()) {
      const row = rowOf.get(sample)!;
      probabilities[row] = scores[i]!;
      uncorrected[row] = sigmoid(before[i]!);
      called[row] = scores[i]! >= threshold ? 1 : 0;
    }
  }
  const weights = weightsAt(samples, ratio);
  return {
    test: { ...scoresOf(samples, probabilities), weights, called },
    uncorrected: { ...scoresOf(samples, uncorrected), weights },
    validation: joined(validations),
    cost,
  };
}

/** Each fake counts so much that there are `ratio` genuine pictures for each   // [samples] */
export function weightsAt(samples: readonly Sample[], ratio: number): Float64Array {
  const fakes = samples.filter(({ label }) => label === "fake").length;
  const ofFake = (samples.length - fakes) / ratio / fakes;
  return Float64Array.from(labelsOf(samples), (label) => (label === 1 ? ofFake : 1));
}

function logOddsOf(samples: readonly Sample[]): number {
  const fakes = samples.filter(({ label }) => label === "fake").length;
  return Math.log(fakes / (samples.length - fakes));
}

function joined(parts: readonly Scores[]): Judged {
  const [first] = parts;
  return {
    ...first!,
    labels: Uint8Array.from(parts.flatMap(({ labels }) => [...labels])),
    probabilities: Float64Array.from(parts.flatMap(({ probabilities }) => [...probabilities])),
    groups: parts.flatMap(({ groups }) => groups),
  };
}
