import { z } from "zod";
import { classesOf } from "./classes.ts";
import type { PriorShift } from "./plan.ts";
import type { ImbalanceStrategy } from "./strategy.ts";

const options = z.object({
  gamma: z.number().min(0).max(5).default(1.5).describe("how fast easy pictures stop counting; 0: cross-entropy"),
});

/** Of the loss, whoever chose it. */
export const focalShift: PriorShift = {
  logOdds: 0,
  exact: false,
  because:
    "the focal loss is smallest at another probability than the posterior (Charoenphakdee et al., On Focal Loss for Class-Posterior Probability Estimation, 2021), and no shift of the log odds gives it back",
};

/** loss = -(1 - p_t)^gamma ln p_t, p_t the probability that the truth is given. */
export const focal = {
  summary: "Pictures that are right already count less",
  cite: "Lin et al., Focal Loss for Dense Object Detection, 2017",
  cost: "none",
  failure: "Wrong labels are the hardest pictures, and count most; its probabilities are drawn towards one half",
  options,
  plan(train, { gamma }) {
    classesOf(train);
    return { loss: { name: "focal", options: { gamma } }, priorShift: focalShift };
  },
} satisfies ImbalanceStrategy<typeof options>;
