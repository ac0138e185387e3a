import type { z } from "zod";
import type { Entry } from "../../core/table.ts";
import type { Ranked } from "../ranked.ts";

/** What a rule may know beside the scores of validation. */
export interface Circumstances {
  /** Highest false-alarm rate, 0..1. */
  readonly maxFpr: number;
  /** Alarms that reviewers look at, as a share of all pictures, 0..1. */
  readonly budget: number;
  /** Share of fakes where the model will be used, 0..1; absent: as in validation. */
  readonly prevalence?: number | undefined;
  /** Share of fakes at which the probabilities mean what they say, 0..1; absent: unknown. */
  readonly calibratedAt?: number | undefined;
}

/** One way to choose the threshold of the verdict "fake". */
export interface OperatingPointRule<O extends z.ZodObject = z.ZodObject> extends Entry<O> {
  /** From this probability on a picture is called fake; above all scores where the rule allows no alarm. */
  threshold(validation: Ranked, options: z.infer<O>, circumstances: Circumstances): number;
}

/** Above by a step that float32, in which networks answer, can tell apart. */
export function nextAbove(probability: number): number {
  return probability + Math.max(probability, 1e-6) * 2 ** -22;
}
