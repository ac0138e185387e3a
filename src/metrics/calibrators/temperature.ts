import { fitTemperature } from "../calibration.ts";
import { sigmoid } from "../scores.ts";
import type { Calibrator } from "./calibrator.ts";
import { requireBothClasses } from "./requireBothClasses.ts";

/** p = sigmoid(z / T) */
export const temperature = {
  summary: "One factor on every logit: how sure, never which way",
  cite: "Guo et al., On Calibration of Modern Neural Networks, 2017",
  fit(calibration) {
    requireBothClasses(calibration);
    return { temperature: fitTemperature(calibration) };
  },
  probability: (logit, { temperature: t }) => sigmoid(logit / t),
} satisfies Calibrator<{ temperature: number }>;
