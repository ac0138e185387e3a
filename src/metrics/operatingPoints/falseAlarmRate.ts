import { z } from "zod";
import { countClasses, eachThreshold } from "../ranked.ts";
import { nextAbove, type OperatingPointRule } from "./rule.ts";

const options = z.object({});

/** The lowest threshold with false alarms / genuine pictures <= maxFpr. It holds at any prevalence. */
export const falseAlarmRate = {
  summary: "As many fakes as can be found with at most so many false alarms among genuine pictures",
  cite: "Neyman and Pearson, On the Problem of the Most Efficient Tests of Statistical Hypotheses, 1933",
  options,
  threshold(validation, _, { maxFpr }) {
    const { real } = countClasses(validation);
    let lowest = nextAbove(validation.probabilities[0]!);
    eachThreshold(validation, (_, fp, threshold) => {
      if (fp / real <= maxFpr) lowest = threshold;
    });
    return lowest;
  },
} satisfies OperatingPointRule<typeof options>;
