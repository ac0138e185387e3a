import { labelsOf, type Part, type Sample, type Samples } from "../core/sample.ts";

declare const part: unique symbol;

/**
 * A model's answers on one part of a split. The part is in the type: thresholds take `Scores<"validation">`, so
 * passing test scores to their search is a compile error. `Scores` alone is any part, or an unsplit dataset.
 */
export interface Scores<S extends Part = Part> {
  /** 1 = fake   // [n] */
  readonly labels: Uint8Array;
  /** That the picture is fake, 0..1   // [n] */
  readonly probabilities: Float64Array;
  /** Samples of one group stand or fall together when intervals are drawn   // [n] */
  readonly groups: readonly string[];
  readonly [part]: S;
}

/** The same before the calibration, the prior put back where training moved it. */
export interface Logits<S extends Part = Part> {
  readonly labels: Uint8Array; // [n]
  readonly logits: Float64Array; // [n]
  readonly groups: readonly string[]; // [n]
  readonly [part]: S;
}

/** Probabilities beside the truth of their samples. Throws RangeError on a wrong count or a number outside 0..1. */
export function scoresOf<S extends Part>(samples: Samples<S>, probabilities: ArrayLike<number>): Scores<S>;
export function scoresOf(samples: readonly Sample[], probabilities: ArrayLike<number>): Scores;
export function scoresOf(samples: readonly Sample[], probabilities: ArrayLike<number>): Scores {
  const outside = firstWhere(probabilities, (p) => !(p >= 0 && p <= 1));
  if (outside !== undefined) throw new RangeError(`A probability lies in 0..1; sample ${outside} has another number.`);
  const copy: Float64Array = Float64Array.from(probabilities);
  return { ...truthOf(samples, copy.length), probabilities: copy } as Scores;
}

/** Logits beside the truth of their samples. Throws RangeError on a wrong count or a number that is not finite. */
export function logitsOf<S extends Part>(samples: Samples<S>, logits: ArrayLike<number>): Logits<S>;
export function logitsOf(samples: readonly Sample[], logits: ArrayLike<number>): Logits;
export function logitsOf(samples: readonly Sample[], logits: ArrayLike<number>): Logits {
  const outside = firstWhere(logits, (z) => !Number.isFinite(z));
  if (outside !== undefined) throw new RangeError(`A logit is a finite number; sample ${outside} has another.`);
  const copy: Float64Array = Float64Array.from(logits);
  return { ...truthOf(samples, copy.length), logits: copy } as Logits;
}

/** 1 / (1 + e^-x), without overflow at either end. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

function truthOf(samples: readonly Sample[], count: number): Pick<Scores, "labels" | "groups"> {
  if (samples.length !== count) throw new RangeError(`${samples.length} samples need as many scores, not ${count}.`);
  return { labels: labelsOf(samples), groups: samples.map((sample) => sample.group) };
}

function firstWhere(numbers: ArrayLike<number>, isWrong: (x: number) => boolean): number | undefined {
  for (let i = 0; i < numbers.length; i++) if (isWrong(numbers[i]!)) return i;
  return undefined;
}
