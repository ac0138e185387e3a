import type { Logits } from "../scores.ts";

/** A way from a logit to a probability that means what it says, fitted on the calibration part alone. */
export interface Calibrator<P extends object = object> {
  readonly summary: string;
  readonly cite: string;
  /** Throws UserError (requireBothClasses) where the part has one class only. */
  fit(calibration: Logits<"calibration">): P;
  /** Never falling with the logit   // -> 0..1 */
  probability(logit: number, parameters: P): number;
}
