import { fitLogistic } from "../fitLogistic.ts";
import { sigmoid } from "../scores.ts";
import type { Calibrator } from "./calibrator.ts";
import { requireBothClasses } from "./requireBothClasses.ts";

/**
 * p = sigmoid(slope z + offset), fitted to targets that hold back: (n_fake + 1) / (n_fake + 2) for fakes and
 * 1 / (n_real + 2) for genuine pictures, so that classes that are apart have an optimum.
 */
export const platt = {
  summary: "A factor and an offset on every logit",
  cite: "Platt, Probabilistic Outputs for Support Vector Machines, 1999; fitted as in Lin, Lin and Weng, 2007",
  fit(calibration) {
    requireBothClasses(calibration);
    const { labels, logits } = calibration;
    const fake = labels.reduce((sum, label) => sum + label, 0);
    const [high, low] = [(fake + 1) / (fake + 2), 1 / (labels.length - fake + 2)];
    const targets = Float64Array.from(labels, (label) => (label === 1 ? high : low));
    const [slope, offset] = fitLogistic([logits], targets) as unknown as [number, number];
    // Answers that are wrong more often than not are no reason to turn them round: that would be a choice, not a scale.
    return slope > 0 ? { slope, offset } : { slope: 0, offset: Math.log(fake / (labels.length - fake)) };
  },
  probability: (logit, { slope, offset }) => sigmoid(slope * logit + offset),
} satisfies Calibrator<{ slope: number; offset: number }>;
