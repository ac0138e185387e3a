import { z } from "zod";
import type { Samples } from "../core/sample.ts";
import type { PriorShift } from "../imbalance/plan.ts";
import { correctPrior, type TrainedLogits, trainedLogits } from "../imbalance/posterior.ts";
import type { Calibrator } from "../metrics/calibrators/calibrator.ts";
import { calibrators } from "../metrics/calibrators/index.ts";
import { logitsOf } from "../metrics/scores.ts";

/** Log odds that training moved: subtracted from every logit before anything else is done with it. */
const priorShift = z.number();
const numbers = z.array(z.number());

const written = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("temperature"),
    priorShift,
    parameters: z.object({ temperature: z.number().positive() }),
  }),
  z.object({ kind: z.literal("platt"), priorShift, parameters: z.object({ slope: z.number(), offset: z.number() }) }),
  z.object({
    kind: z.literal("isotonic"),
    priorShift,
    parameters: z.object({ logits: numbers, probabilities: numbers }),
  }),
  z.object({
    kind: z.literal("beta"),
    priorShift,
    parameters: z.object({ a: z.number(), b: z.number(), c: z.number() }),
  }),
]);

/** Before there were other calibrations than a temperature, and remedies that move the prior. */
const early = z
  .object({ temperature: z.number().positive() })
  .transform((parameters): z.infer<typeof written> => ({ kind: "temperature", priorShift: 0, parameters }));

/**
 * How a network's logit becomes a probability:
 *   p = calibrator(logit - priorShift, parameters)
 * The calibrator, an entry of `metrics/calibrators`, was fitted on the calibration split's logits - priorShift.
 */
export const calibrationSchema = z.union([written, early]);
export type Calibration = z.infer<typeof calibrationSchema>;
export type CalibrationKind = Calibration["kind"];

export const calibrationKinds = Object.keys(calibrators) as [CalibrationKind, ...CalibrationKind[]];

/** p = sigmoid(logit): of a model that has not been calibrated yet. */
export const uncalibrated: Calibration = { kind: "temperature", priorShift: 0, parameters: { temperature: 1 } };

/** Fits on the calibration part, after what training moved is put back. Throws UserError where it has one class only. */
export function fitCalibration(
  kind: CalibrationKind,
  samples: Samples<"calibration">,
  answers: TrainedLogits,
  shift: PriorShift,
): Calibration {
  const parameters = calibratorOf(kind).fit(logitsOf(samples, correctPrior(answers, shift)));
  return { kind, priorShift: shift.logOdds, parameters } as Calibration;
}

/** That each picture was altered, 0..1: the one way from a network's logits to probabilities   // [n] */
export function probabilitiesOf(answers: TrainedLogits, { kind, priorShift, parameters }: Calibration): Float64Array {
  const { probability } = calibratorOf(kind);
  return correctPrior(answers, { logOdds: priorShift, exact: true }).map((logit) => probability(logit, parameters));
}

/** The same for one picture's logit, as the network gives it   // -> 0..1 */
export function probabilityOf(logit: number, calibration: Calibration): number {
  return probabilitiesOf(trainedLogits([logit]), calibration)[0]!;
}

/**
 * What to do where calibration left nothing of the ranking: fakes of that part did not stand above genuine pictures,
 * and every picture has the same probability.
 */
export function flatCalibration({ kind, parameters }: Calibration): string | undefined {
  const [low, high] = [-50, 50].map((logit) => calibratorOf(kind).probability(logit, parameters));
  if (low !== high) return undefined;
  return `The calibration ${kind} found no higher logits on fakes than on genuine pictures, so that every picture has the probability ${low!.toFixed(3)} and the model tells nothing apart. Train longer, put more fakes into the calibration part, or pass --calibration temperature, which keeps the ranking.`;
}

/** "temperature 1.31", "slope 0.9, offset -0.2": for people. */
export function describeCalibration({ kind, priorShift, parameters }: Calibration): string {
  const numbers =
    kind === "isotonic"
      ? `a rising line through ${parameters.logits.length} points`
      : Object.entries(parameters)
          .map(([name, value]) => `${name} ${value.toFixed(2)}`)
          .join(", ");
  const moved =
    priorShift === 0
      ? ""
      : `; before it ${priorShift.toFixed(2)} is taken off the logit, by which training moved the prior`;
  return `${kind} (${numbers})${moved}`;
}

function calibratorOf(kind: CalibrationKind): Calibrator {
  return calibrators[kind] as unknown as Calibrator;
}
