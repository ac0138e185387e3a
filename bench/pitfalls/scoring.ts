import { labelsOf, type Sample } from "../../src/core/sample.ts";
import { atPrevalence } from "../../src/metrics/prevalence.ts";
import { type Ranked, rank, type Value } from "../../src/metrics/ranked.ts";
import { sigmoid } from "../../src/metrics/scores.ts";

/** Answers in falling order, every fake weighted such that there are `realPerFake` genuine pictures for each. */
export function rankedAt(samples: readonly Sample[], probabilities: Float64Array, realPerFake: number): Ranked {
  return atPrevalence(rank({ labels: labelsOf(samples), probabilities }), shareAt(realPerFake));
}

/** Of fakes, 0..1. */
export function shareAt(realPerFake: number): number {
  return 1 / (1 + realPerFake);
}

export function sigmoids(logits: Float64Array): Float64Array {
  return logits.map(sigmoid);
}

/** Throws RangeError where a metric has no value on these pictures. */
export function numberOf(value: Value): number {
  if (typeof value === "number") return value;
  throw new RangeError(`A figure of the pitfalls is undefined: ${value.undefinedBecause}.`);
}
