import { sigmoid } from "../metrics/scores.ts";
import type { Combination } from "../nn/combinations.ts";
import type { PriorShift } from "./plan.ts";

declare const trained: unique symbol;

/**
 * Logits as a network gives them that was trained under a moved prior: no probabilities yet. Only `correctPrior` makes
 * probabilities of them possible, so a correction can be neither forgotten nor done twice.
 */
export interface TrainedLogits {
  readonly values: Float64Array; // [n]
  readonly [trained]: true;
}

/** What a network that was trained by a plan answered   // [n] */
export function trainedLogits(values: ArrayLike<number>): TrainedLogits {
  return { values: Float64Array.from(values) } as TrainedLogits;
}

/** logit p = logit p_trained - logOdds   // [n] */
export function correctPrior({ values }: TrainedLogits, { logOdds }: PriorShift): Float64Array {
  return values.map((logit) => logit - logOdds);
}

/** Members with probabilities 0 or 1 have no finite logit: answers stay this far away from them. */
const edge = 1e-12;

/**
 * One logit of the members' corrected ones.
 *   meanLogit        the mean: a geometric mean of the odds
 *   meanProbability  logit of the mean of sigmoid(z)
 *   vote             logit of (votes + 1) / (members + 2), a vote being z > threshold (Laplace, 1814)
 *
 * @param members each [n]
 * @param threshold of a vote, in log odds: that of the prior, at which a member is undecided
 */
export function combine(members: readonly Float64Array[], how: Combination, threshold = 0): Float64Array {
  const [first] = members;
  if (first === undefined) throw new RangeError("An ensemble has members.");
  const mean = (of: (logit: number) => number) =>
    first.map((_, i) => members.reduce((sum, logits) => sum + of(logits[i]!), 0) / members.length);
  switch (how) {
    case "meanLogit":
      return mean((logit) => logit);
    case "meanProbability":
      return mean(sigmoid).map((p) => logitOf(Math.min(1 - edge, Math.max(edge, p))));
    case "vote":
      return mean((logit) => (logit > threshold ? 1 : 0)).map((share) =>
        logitOf((share * members.length + 1) / (members.length + 2)),
      );
  }
}

function logitOf(p: number): number {
  return Math.log(p) - Math.log1p(-p);
}
