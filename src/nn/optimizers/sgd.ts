import { z } from "zod";
import type { Optimizer } from "./optimizer.ts";
import { decayOf, decayOptions } from "./weightDecay.ts";

const options = z.object({
  momentum: z.number().min(0).lt(1).default(0.9).describe("share of the last step's direction that is kept"),
  nesterov: z.boolean().default(false).describe("look ahead along the momentum"),
  ...decayOptions(0),
});

/**
 * g = g + weightDecay w
 * u = momentum u + g
 * w = w - rate * u,  or with nesterov  w = w - rate * (g + momentum u)
 * As PyTorch has it: the rate stands outside the velocity, so a new rate acts at once.
 */
export const sgd = {
  summary: "Stochastic gradient descent with momentum",
  cite: "Sutskever et al., On the importance of initialization and momentum in deep learning, 2013",
  options,
  slots: ["velocity"],
  // w = w - rate * (own g + carried u): one loop for both rules
  scalars: (chosen, { rate, decays }) => {
    const [own, carried] = chosen.nesterov ? [1, chosen.momentum] : [0, 1];
    return [rate, chosen.momentum, own, carried, decayOf(chosen, decays)];
  },
  update(weights, gradient, slots, scalars) {
    const [velocity] = slots as [Float32Array];
    const [rate, momentum, own, carried, decay] = scalars as [number, number, number, number, number];
    for (let i = 0; i < weights.length; i++) {
      const g = gradient[i]! + decay * weights[i]!;
      const u = momentum * velocity[i]! + g;
      velocity[i] = u;
      weights[i]! -= rate * (own * g + carried * u);
    }
  },
} satisfies Optimizer<typeof options>;
