import type { Estimate } from "../core/estimate.ts";
import { isDefined } from "../core/estimate.ts";
import type { Rng } from "../core/rng.ts";
import { groupBootstrap } from "./bootstrap.ts";
import { confusionAt, recall } from "./classification.ts";
import { recallAtFpr, rocAuc } from "./curves.ts";
import { doubtPerfection, groupsOfRarerClass } from "./doubtPerfection.ts";
import { countClasses, noPictures, onlyFake, rank } from "./ranked.ts";
import { type FalseAlarmProof, falseAlarmProof, subsetOf } from "./recallAt.ts";
import type { Scores } from "./scores.ts";

/** What a model is worth on some of the pictures; every share an Estimate, by resampled groups. */
export interface SliceFigures {
  readonly n: { readonly real: number; readonly fake: number };
  readonly rocAuc: Estimate;
  /** At the threshold of these very pictures that keeps 1 % false alarms. */
  readonly recallAtFpr1: Estimate;
  /** How far the slice's genuine pictures vouch for that 1 %. */
  readonly proof: FalseAlarmProof;
  /** Of the genuine, called fake at the model's own threshold. */
  readonly falseAlarmRate: Estimate;
  /** Of the fakes, found at the model's own threshold. */
  readonly recall: Estimate;
}

export interface SliceOptions {
  /** Of the model: called fake where probability >= threshold. */
  readonly threshold: number;
  readonly rng: Rng;
  readonly replicates?: number;
}

/** The pictures marked 1 in `members`   // [n] */
export function measureSlice(
  scores: Scores,
  members: ArrayLike<number>,
  { threshold, rng, replicates = 500 }: SliceOptions,
): SliceFigures {
  const slice = subsetOf(scores, members);
  const ranked = rank(slice);
  const n = countClasses(ranked);
  const estimates = groupBootstrap(
    slice,
    (sample) => {
      const matrix = confusionAt(sample, threshold);
      const [[tn, fp]] = matrix;
      return {
        rocAuc: rocAuc(sample),
        recallAtFpr1: recallAtFpr(sample, 0.01),
        falseAlarmRate: tn + fp === 0 ? onlyFakeOrNone(n) : fp / (tn + fp),
        recall: recall(matrix),
      };
    },
    { rng, replicates },
  );
  const trials = groupsOfRarerClass(slice);
  const restsOn = (estimate: Estimate, count: number): Estimate => {
    const doubted = doubtPerfection(estimate, trials);
    return isDefined(doubted) ? { ...doubted, n: count } : doubted;
  };
  return {
    n,
    rocAuc: restsOn(estimates.rocAuc, n.real + n.fake),
    recallAtFpr1: restsOn(estimates.recallAtFpr1, n.fake),
    proof: falseAlarmProof(ranked, 0.01),
    falseAlarmRate: restsOn(estimates.falseAlarmRate, n.real),
    recall: restsOn(estimates.recall, n.fake),
  };
}

const onlyFakeOrNone = ({ fake }: { fake: number }) => (fake === 0 ? noPictures : onlyFake);
