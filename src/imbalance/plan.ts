import type { Combination } from "../nn/combinations.ts";

/** What training does about an imbalance, as data: every runner of ours carries out the same plan. */
export interface Plan {
  /** Which rows every epoch sees; all of them once where absent. */
  readonly draw?: Draw;
  /** Factor on the loss of each row, in the order of the train part; their mean is 1   // [n] */
  readonly sampleWeights?: Float64Array;
  /** An entry of the table `losses`; the recipe's own where absent. */
  readonly loss?: { readonly name: string; readonly options: Readonly<Record<string, unknown>> };
  /** Rows that are made up between others in the space of a frozen backbone's features. */
  readonly resampleFeatures?: FeatureResampling;
  /** Several networks instead of one. */
  readonly members?: Members;
  readonly priorShift: PriorShift;
}

/** Rows of each class in an epoch. */
export interface Draw {
  readonly real: number;
  readonly fake: number;
  /** Whether every epoch draws anew, or the first draw stands. */
  readonly redraw: "once" | "everyEpoch";
  /** Whether repeats are no mere copies even where the recipe augments nothing. */
  readonly augmentRepeats?: boolean;
}

export interface FeatureResampling {
  readonly name: "smote";
  /** Of the same class, between which rows are made. */
  readonly neighbours: number;
  /** Rows of the rare class afterwards, the real ones included. */
  readonly fake: number;
}

export interface Members {
  readonly each: readonly Member[];
  readonly combine: Combination;
}

export interface Member {
  /** Places in the train part; a row may stand there twice   // [rows of the member] */
  readonly rows: Int32Array;
  readonly priorShift: PriorShift;
}

/**
 * How far a remedy moved the log odds of fake that training saw:
 *   logit p = logit p_trained - logOdds
 * exact: the minimiser of the loss gives the posterior of the moved prior, so that this gives it back (Saerens et al.,
 * Adjusting the Outputs of a Classifier to New a Priori Probabilities, 2002); otherwise `because` says why it does not.
 */
export type PriorShift =
  | { readonly logOdds: number; readonly exact: true }
  | { readonly logOdds: number; readonly exact: false; readonly because: string };

export const unmoved: PriorShift = { logOdds: 0, exact: true };

/** From the odds of the train part to those that training sees. */
export function shiftOf(seen: { real: number; fake: number }, given: { real: number; fake: number }): PriorShift {
  return { logOdds: Math.log(seen.fake / seen.real) - Math.log(given.fake / given.real), exact: true };
}
