import { z } from "zod";
import { add, mul, softplus, sub } from "../../onnx/operators/index.ts";
import type { Loss } from "./loss.ts";

const options = z.object({
  labelSmoothing: z.number().min(0).lt(1).default(0).describe("share of each label that is moved to one half"),
});

/**
 * -y ln p - (1 - y) ln(1 - p) with p = sigmoid(z)  =  softplus(z) - y z
 * The right side never takes the logarithm of a rounded probability: it is exact at logits of 100 and -100.
 * Smoothing s: y becomes y (1 - s) + s / 2 (Szegedy et al., 2016).
 */
export const crossEntropy = {
  summary: "Binary cross-entropy on the logit",
  cite: "Good, Rational Decisions, 1952",
  options,
  perSample(g, logits, labels, { labelSmoothing }) {
    const target =
      labelSmoothing === 0
        ? labels
        : add(g, mul(g, labels, g.constant(1 - labelSmoothing)), g.constant(labelSmoothing / 2));
    return sub(g, softplus(g, logits), mul(g, target, logits));
  },
} satisfies Loss<typeof options>;
