import { z } from "zod";
import { add } from "../../onnx/operators/index.ts";
import { crossEntropy } from "./crossEntropy.ts";
import type { Loss } from "./loss.ts";

const options = z.object({
  shift: z.number().default(0).describe("added to every logit in the loss alone: the prior's log odds, times tau"),
});

/** loss = crossEntropy(z + shift): the logit learns what the prior does not say. */
export const logitAdjusted = {
  summary: "Cross-entropy of a logit to which the prior's log odds are added in the loss alone",
  cite: "Menon et al., Long-tail Learning via Logit Adjustment, 2021",
  options,
  perSample(g, logits, labels, { shift }) {
    return crossEntropy.perSample(g, add(g, logits, g.constant(shift)), labels, { labelSmoothing: 0 });
  },
} satisfies Loss<typeof options>;
