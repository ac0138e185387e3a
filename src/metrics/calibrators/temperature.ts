import { fitTemperature } from "../calibration.ts";
import { sigmoid } from "../scores.ts";
import type { Calibrator } from "./calibrator.ts";
import { requireBothClasses } from "./requireBothClasses.ts";

/**
 * Of ln T from one network to another: Guo et al. found T of 1 to 3. A hundred fakes outweigh it; six alone would give
 * any T, and probabilities worse than those that were to be mended (docs/results/imbalance.md).
 */
const deviation = 0.5;

/** p = sigmoid(z / T) */
export const temperature = {
  summary: "One factor on every logit: how sure, never which way",
  cite: "Guo et al., On Calibration of Modern Neural Networks, 2017; with a prior for parts with few fakes",
  fit(calibration) {
    requireBothClasses(calibration);
    return { temperature: fitTemperature(calibration, { deviation }) };
  },
  probability: (logit, { temperature: t }) => sigmoid(logit / t),
} satisfies Calibrator<{ temperature: number }>;
