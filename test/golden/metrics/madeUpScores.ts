import type { Part, Sample, Samples } from "../../../src/core/sample.ts";
import { type Logits, logitsOf, type Scores, scoresOf } from "../../../src/metrics/scores.ts";

/** Samples made up for tests: each its own group unless groups are given. */
function samples<S extends Part>(_part: S, labels: ArrayLike<number>, groups?: readonly string[]): Samples<S> {
  return Array.from(
    labels,
    (label, i): Sample => ({
      path: `${i}.png`,
      sha256: String(i).padStart(64, "0"),
      label: label === 1 ? "fake" : "real",
      group: groups?.[i] ?? String(i),
    }),
  ) as readonly Sample[] as Samples<S>;
}

export function scores<S extends Part>(
  part: S,
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  groups?: readonly string[],
): Scores<S> {
  return scoresOf(samples(part, labels, groups), probabilities);
}

export function logits<S extends Part>(part: S, labels: ArrayLike<number>, values: ArrayLike<number>): Logits<S> {
  return logitsOf(samples(part, labels), values);
}
