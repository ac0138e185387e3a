import { z } from "zod";
import { atPrevalence } from "../prevalence.ts";
import { countClasses, eachThreshold } from "../ranked.ts";
import { nextAbove, type OperatingPointRule } from "./rule.ts";

const options = z.object({});

/** The lowest threshold with alarms / pictures <= budget, right and false alarms together, at the prevalence. */
export const budget = {
  summary: "As many alarms as reviewers can look at, and no more",
  cite: "Dal Pozzolo et al., Credit Card Fraud Detection: A Realistic Modeling and a Novel Learning Strategy, 2018 (the alerts that investigators can check in a day)",
  options,
  threshold(validation, _, { budget: share, prevalence }) {
    const weighted = prevalence === undefined ? validation : atPrevalence(validation, prevalence);
    const { real, fake } = countClasses(weighted);
    let lowest = nextAbove(validation.probabilities[0]!);
    eachThreshold(weighted, (tp, fp, threshold) => {
      if (tp + fp <= share * (real + fake) * (1 + 1e-12)) lowest = threshold;
    });
    return lowest;
  },
} satisfies OperatingPointRule<typeof options>;
