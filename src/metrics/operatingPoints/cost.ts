import { z } from "zod";
import { movePrior } from "../prevalence.ts";
import type { OperatingPointRule } from "./rule.ts";

const options = z.object({
  missedFake: z.number().positive().default(10).describe("what a fake costs that is not found, in any unit"),
  falseAlarm: z.number().positive().default(1).describe("what an alarm on a genuine picture costs, in the same unit"),
});

/**
 * t = falseAlarm / (falseAlarm + missedFake), on a probability that means what it says: an alarm is worth its cost where
 * p missedFake >= (1 - p) falseAlarm. Only a calibrated probability makes this right, and only at its prevalence, so
 * that at another one the threshold is moved back to where the model's own probabilities stand.
 */
export const cost = {
  summary: "The least expected cost, given what a missed fake and a false alarm cost",
  cite: "Elkan, The Foundations of Cost-Sensitive Learning, 2001",
  options,
  threshold(_, { missedFake, falseAlarm }, { prevalence, calibratedAt }) {
    const threshold = falseAlarm / (falseAlarm + missedFake);
    return prevalence === undefined || calibratedAt === undefined
      ? threshold
      : movePrior(threshold, prevalence, calibratedAt);
  },
} satisfies OperatingPointRule<typeof options>;
