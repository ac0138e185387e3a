import { z } from "zod";
import { add, mul, neg, softplus, sub } from "../../onnx/operators/index.ts";
import type { Loss } from "./loss.ts";

const options = z.object({
  labelSmoothing: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe("share of each label that is spread evenly over both classes"),
});

/**
 * t = (1 - smoothing) label + smoothing / 2
 * loss = t softplus(-z) + (1 - t) softplus(z), since -log sigmoid(z) = softplus(-z)
 * Both terms are at least 0, so nothing cancels: a logit of 100 costs 0 on the right side and 100 on the wrong one.
 */
export const crossEntropy = {
  summary: "Binary cross-entropy of a logit",
  cite: "Good, Rational decisions, 1952; label smoothing: Szegedy et al., Rethinking the Inception architecture, 2016",
  options,
  perSample(g, logits, labels, { labelSmoothing }) {
    const target = add(g, mul(g, labels, g.constant(1 - labelSmoothing)), g.constant(labelSmoothing / 2)); // [batch]
    const fake = mul(g, target, softplus(g, neg(g, logits)));
    const real = mul(g, sub(g, g.constant(1), target), softplus(g, logits));
    return add(g, fake, real);
  },
} satisfies Loss<typeof options>;
