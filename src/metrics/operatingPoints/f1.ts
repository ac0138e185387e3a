import { z } from "zod";
import { atPrevalence } from "../prevalence.ts";
import { countClasses, eachThreshold } from "../ranked.ts";
import type { OperatingPointRule } from "./rule.ts";

const options = z.object({});

/** The threshold with the highest 2 tp / (2 tp + fp + fn) at the prevalence; of equals the highest, with fewer alarms. */
export const f1 = {
  summary: "The best balance of precision and recall",
  cite: "Lipton, Elkan and Naryanaswamy, Optimal Thresholding of Classifiers to Maximize F1 Measure, 2014",
  options,
  threshold(validation, _, { prevalence }) {
    const weighted = prevalence === undefined ? validation : atPrevalence(validation, prevalence);
    const { fake } = countClasses(weighted);
    let best = { threshold: validation.probabilities[0]!, score: 0 };
    eachThreshold(weighted, (tp, fp, threshold) => {
      const score = (2 * tp) / (tp + fp + fake);
      // Of weights that are no whole numbers a last bit is no better balance.
      if (score > best.score * (1 + 1e-12)) best = { threshold, score };
    });
    return best.threshold;
  },
} satisfies OperatingPointRule<typeof options>;
