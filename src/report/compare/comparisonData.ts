import type { Estimate } from "../../core/estimate.ts";
import type { Label } from "../../core/sample.ts";
import type { ReliabilityBin } from "../../metrics/calibration.ts";

/** What a comparison measures of every strategy; those that need a threshold use the one that was chosen on validation. */
export const comparedMetrics = [
  "rocAuc",
  "prAuc",
  "partialRocAuc",
  "recallAtFpr1",
  "recallAtBudget",
  "precision",
  "recall",
  "specificity",
  "f1",
  "geometricMean",
  "indexBalancedAccuracy",
  "balancedAccuracy",
  "accuracy",
  "loss",
  "brier",
  "brierSkill",
  "ece",
] as const;
export type ComparedMetric = (typeof comparedMetrics)[number];

/** A metric less the control's, on the same pictures. */
export interface PairedDifference {
  readonly estimate: Estimate;
  /** Two-sided, of the paired bootstrap by groups, before and after Holm's adjustment for the number of strategies; null where there is none. */
  readonly p: number | null;
  readonly pAdjusted: number | null;
}

export interface StrategyCost {
  /** Networks or heads that one trained model consists of, on average over folds and seeds. */
  readonly members: number;
  /** Of training one model, all members together; mean over folds and seeds. */
  readonly trainSeconds: number;
  /** Rows that the optimizer went through for one model. */
  readonly rowsSeen: number;
  /** Of the saved weights that this strategy adds beside the backbone. */
  readonly modelBytes: number;
  /** For one picture's vector, beside the backbone. */
  readonly inferenceMicroseconds: number;
  readonly peakMemoryBytes: number;
}

export interface ComparedStrategy {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly summary: string;
  readonly cite: string;
  /** How it is known to fail, from its table entry. */
  readonly failure: string;
  /** On the test folds, corrected and calibrated, fakes weighted to the ratio. */
  readonly metrics: Readonly<Record<ComparedMetric, Estimate>>;
  /** The same probabilities before prior correction and calibration. */
  readonly uncorrected: Readonly<Record<"loss" | "brier" | "ece", Estimate>>;
  /** On the validation parts of the same folds: what the choice was made by. */
  readonly validation: Readonly<Record<"rocAuc" | "prAuc" | "recallAtFpr1", Estimate>>;
  /** To the control; absent for the control itself. */
  readonly pairedDifference?: Readonly<Partial<Record<ComparedMetric, PairedDifference>>>;
  readonly cost: StrategyCost;
  /** Corrected and calibrated, on the test folds. */
  readonly reliability: readonly ReliabilityBin[];
  /** Precision of the verdict fake where k pictures are genuine for each fake. */
  readonly precisionAt: readonly { readonly realPerFake: number; readonly precision: Estimate }[];
  /** Sentences that name a measured figure each. */
  readonly pros: readonly string[];
  readonly cons: readonly string[];
}

/** One point of a learning curve: a strategy trained on a share of a class. */
export interface CurvePoint {
  /** Of the class that is varied, 0..1. */
  readonly share: number;
  /** Pictures of that class in the train part, mean over folds and seeds. */
  readonly n: number;
  readonly rocAuc: Estimate;
  readonly prAuc: Estimate;
}

export interface ComparedRatio {
  /** `1:10` */
  readonly ratio: string;
  readonly prevalence: number;
  /** Mean counts over folds and seeds. */
  readonly counts: Readonly<Record<"train" | "validation" | "calibration" | "test", Readonly<Record<Label, number>>>>;
  /** Trained on as many fakes as genuine pictures, before any was taken away: what the imbalance costs. */
  readonly balanced: Readonly<Record<ComparedMetric, Estimate>>;
  readonly strategies: readonly ComparedStrategy[];
  /** Chosen on validation. name: null where no strategy beats doing nothing and setting the threshold. */
  readonly recommended: { readonly name: string | null; readonly why: string };
  readonly curves: {
    /** Whose they are: the recommended strategy's, or the control's where that one has too many members, or there is none. */
    readonly of: string;
    readonly fakes: readonly CurvePoint[];
    readonly real: readonly CurvePoint[];
    /** Share of labels that models of other folds contradict with confidence; by class. */
    readonly labelNoise: Readonly<Record<Label, Estimate>>;
  };
  /** What would improve it, computed from the curves; sentences that name figures, most useful first. */
  readonly improve: readonly string[];
}

/** compare.json: everything that the report and the page show. */
export interface ComparisonData {
  readonly schemaVersion: 1;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly assay: string;
  readonly command: string;
  readonly machine: string;
  readonly dataset: {
    readonly name: string;
    readonly manifestSha256: string;
    readonly counts: Readonly<Record<Label, number>>;
    readonly groups: number;
  };
  /** What is trained: heads on vectors of a frozen backbone, or whole networks. */
  readonly learner:
    | {
        readonly kind: "heads";
        readonly backbone: string;
        readonly sha256: string;
        /** Numbers of a vector. */
        readonly width: number;
        /** One line: what the backbone learnt from, and that none of it stands here. */
        readonly learntFrom: string;
        /** Of computing the vectors; 0 where they were kept. */
        readonly seconds: number;
      }
    | { readonly kind: "whole"; readonly recipe: string };
  readonly calibration: string;
  /** Alarms of a thousand pictures that reviewers can look at, for recallAtBudget. */
  readonly budget: number;
  readonly maxFpr: number;
  readonly seeds: readonly number[];
  readonly folds: number;
  readonly control: string;
  readonly seconds: number;
  readonly ratios: readonly ComparedRatio[];
}
