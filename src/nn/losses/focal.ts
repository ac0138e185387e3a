import { z } from "zod";
import { add, exp, mul, neg, softplus, sub } from "../../onnx/operators/index.ts";
import type { Loss } from "./loss.ts";

const options = z.object({
  gamma: z
    .number()
    .min(0)
    .max(5)
    .default(1.5)
    .describe("how fast pictures that are right stop counting; 0: cross-entropy"),
});

/**
 * loss = -(1 - p_t)^gamma ln p_t, p_t = sigmoid(z) for fakes, sigmoid(-z) for genuine pictures
 * In logits: ln p = -softplus(-z) and ln (1 - p) = -softplus(z), so nothing overflows at +-100.
 */
export const focal = {
  summary: "Cross-entropy in which pictures that are right already count less",
  cite: "Lin et al., Focal Loss for Dense Object Detection, 2017",
  options,
  perSample(g, logits, labels, { gamma }) {
    const missed = softplus(g, neg(g, logits)); // -ln p   // [batch]
    const alarmed = softplus(g, logits); // -ln (1 - p)
    const fade = (by: typeof missed) => exp(g, mul(g, by, g.constant(-gamma)));
    const fake = mul(g, labels, mul(g, fade(alarmed), missed));
    const real = mul(g, sub(g, g.constant(1), labels), mul(g, fade(missed), alarmed));
    return add(g, fake, real);
  },
} satisfies Loss<typeof options>;
