import { z } from "zod";
import { classesOf } from "./classes.ts";
import { unmoved } from "./plan.ts";
import type { ImbalanceStrategy } from "./strategy.ts";

const options = z.object({});

/** Training as it is; the threshold does the rest. The control of every comparison. */
export const none = {
  summary: "Nothing but a threshold: the control",
  cite: "Elor and Averbuch-Elor, To SMOTE, or not to SMOTE?, 2022: a threshold does what balancing does",
  cost: "none",
  failure: "With a handful of fakes an epoch hardly sees one, and the first epochs learn to say genuine",
  options,
  plan(train) {
    classesOf(train);
    return { priorShift: unmoved };
  },
} satisfies ImbalanceStrategy<typeof options>;
