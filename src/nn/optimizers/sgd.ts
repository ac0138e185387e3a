import { z } from "zod";
import type { Optimizer } from "./optimizer.ts";
import { loadSlots, namedSlots, zeroSlots } from "./slots.ts";

const options = z.object({
  momentum: z.number().min(0).lt(1).default(0.9).describe("share of the last step's direction that is kept"),
  nesterov: z.boolean().default(false).describe("look ahead along the momentum"),
});

/**
 * u = momentum u + g
 * w = w - rate * u,  or with nesterov  w = w - rate * (g + momentum u)
 * As PyTorch has it: the rate stands outside the velocity, so a new rate acts at once.
 */
export const sgd = {
  summary: "Stochastic gradient descent with momentum",
  cite: "Sutskever et al., On the importance of initialization and momentum in deep learning, 2013",
  options,
  create(parameters, { momentum, nesterov }) {
    const velocity = zeroSlots(parameters);
    const slots = namedSlots(parameters, { velocity });
    // w = w - rate * (own g + carried u): one loop for both rules
    const [own, carried] = nesterov ? [1, momentum] : [0, 1];
    let t = 0;
    return {
      step(gradients, learningRate) {
        t++;
        for (const [i, { data }] of parameters.entries())
          update(data, gradients[i]!, velocity[i]!, learningRate, momentum, own, carried);
      },
      state: () => ({ step: t, slots }),
      load(state) {
        loadSlots(slots, state.slots);
        t = state.step;
      },
    };
  },
} satisfies Optimizer<typeof options>;

function update(
  weights: Float32Array,
  gradient: Float32Array,
  velocity: Float32Array,
  rate: number,
  momentum: number,
  own: number,
  carried: number,
): void {
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i]!;
    const u = momentum * velocity[i]! + g;
    velocity[i] = u;
    weights[i]! -= rate * (own * g + carried * u);
  }
}
