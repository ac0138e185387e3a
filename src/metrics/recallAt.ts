import { falseAlarmBound } from "./falseAlarmBound.ts";
import { countClasses, eachThreshold, type Ranked } from "./ranked.ts";
import type { Scores } from "./scores.ts";

/** `alarms` of `real` genuine pictures stand at or above the threshold of that recall. */
export interface FalseAlarmProof {
  readonly real: number;
  readonly alarms: number;
  /** Exact one-sided 95 % bound of the rate behind these counts (falseAlarmBound.ts). */
  readonly atMost: number;
}

/**
 * Of the threshold at which `recallAtFpr` (curves.ts) stands: how far the genuine pictures vouch for that rate. The
 * threshold is found on these very pictures, so this is the proof of a count and not of a promise kept elsewhere.
 */
export function falseAlarmProof(ranked: Ranked, fpr: number): FalseAlarmProof {
  const { real } = countClasses(ranked);
  let [alarms, mostFound] = [0, 0];
  eachThreshold(ranked, (tp, fp) => {
    if (fp / real > fpr || tp <= mostFound) return;
    [alarms, mostFound] = [fp, tp];
  });
  return { real, alarms, atMost: falseAlarmBound(alarms, real) };
}

/** The scores of the pictures marked 1, in their order. */
export function subsetOf(scores: Scores, subset: ArrayLike<number>): Scores {
  const kept = Uint32Array.from(scores.groups.flatMap((_, i) => (subset[i] === 1 ? [i] : [])));
  return {
    ...scores,
    labels: Uint8Array.from(kept, (i) => scores.labels[i]!),
    probabilities: Float64Array.from(kept, (i) => scores.probabilities[i]!),
    groups: Array.from(kept, (i) => scores.groups[i]!),
  };
}
