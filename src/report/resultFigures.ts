import type { Evaluation } from "../evaluate/evaluate.ts";
import type { Prevalence } from "../evaluate/prevalence.ts";
import type { Baselines } from "../metrics/baselines.ts";
import { falseAlarmBound } from "../metrics/falseAlarmBound.ts";
import { type ImbalancedReport, imbalancedReport } from "../metrics/imbalancedReport.ts";
import type { ProbabilityMetrics } from "../metrics/measure.ts";
import type { FalseAlarmProof } from "../metrics/recallAt.ts";
import { alarmWorth, type PrecisionAt } from "./baseRates.ts";

/** What every report, for people and for scripts, says beside the metrics themselves. */
export interface ResultFigures {
  /** What the metrics are for. */
  readonly prevalence: Prevalence;
  /** Of recallAtBudget: alarms as a share of all pictures. */
  readonly budget: number;
  readonly baselines: Baselines;
  readonly beforeCalibration: { readonly raw: ProbabilityMetrics; readonly corrected?: ProbabilityMetrics };
  /** Of the pictures counted as they are, at thresholds.fake. */
  readonly imbalancedReport: ImbalancedReport;
  /** Of the alarms, the share that is right, where so many pictures are genuine for each fake. */
  readonly precisionAt: readonly PrecisionAt[];
  /** Alarms at thresholds.fake on these genuine pictures, and the highest rate that they leave possible. */
  readonly proof: FalseAlarmProof;
}

export function resultFigures(evaluation: Evaluation): ResultFigures {
  const { prevalence, budget, baselines, beforeCalibration, atFake } = evaluation;
  const { raw, corrected } = beforeCalibration;
  const [[tn, fp]] = atFake.confusionMatrix;
  return {
    prevalence,
    budget,
    baselines,
    beforeCalibration: { raw, ...(corrected === undefined ? {} : { corrected }) },
    imbalancedReport: imbalancedReport(atFake.confusionMatrix),
    precisionAt: alarmWorth(evaluation),
    proof: { real: tn + fp, alarms: fp, atMost: falseAlarmBound(fp, tn + fp) },
  };
}
