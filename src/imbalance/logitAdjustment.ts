import { z } from "zod";
import { classesOf } from "./classes.ts";
import type { ImbalanceStrategy } from "./strategy.ts";

const options = z.object({
  tau: z
    .number()
    .min(0)
    .max(3)
    .default(1)
    .describe("share of the prior's log odds that is taken out; 1: balanced softmax"),
});

/**
 * loss = crossEntropy(z + tau ln (pi / (1 - pi))), pi the share of fakes in train
 *
 * The logit learns what remains when the prior is taken out, so the network need not learn that fakes are rare. With
 * tau = 1, z + ln (pi / (1 - pi)) is the posterior's: what training took out is added again.
 */
export const logitAdjustment = {
  summary: "The prior stands in the loss, and the logit learns the rest (balanced softmax)",
  cite: "Menon et al., Long-tail Learning via Logit Adjustment, 2021; Ren et al., Balanced Meta-Softmax, 2020",
  cost: "none",
  failure: "With few fakes it balances as strongly as weights do, and is as noisy on the rare class",
  options,
  plan(train, { tau }) {
    const { real, fake } = classesOf(train);
    const prior = Math.log(fake.length / real.length);
    return {
      loss: { name: "logitAdjusted", options: { shift: tau * prior } },
      priorShift: { logOdds: -tau * prior, exact: true },
    };
  },
} satisfies ImbalanceStrategy<typeof options>;
