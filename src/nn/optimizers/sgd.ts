import { z } from "zod";
import type { Optimizer } from "./optimizer.ts";
import { loadSlots, namedSlots, zeroSlots } from "./slots.ts";

const options = z.object({
  momentum: z.number().min(0).lt(1).default(0.9).describe("share of the last step's direction that is kept"),
  nesterov: z.boolean().default(false).describe("look ahead along the momentum"),
});

/**
 * v = momentum v + g;  w = w - rate * v   (nesterov: w = w - rate * (g + momentum v))
 * As PyTorch has it: the rate scales the velocity when it is used, not when it is gathered.
 */
export const sgd = {
  summary: "Stochastic gradient descent with momentum",
  cite: "Sutskever et al., On the importance of initialization and momentum in deep learning, 2013",
  options,
  create(parameters, { momentum, nesterov }) {
    const slots = { velocity: zeroSlots(parameters) };
    let t = 0;
    return {
      step(gradients, learningRate) {
        t++;
        for (const [i, { data }] of parameters.entries()) {
          const gradient = gradients[i]!;
          const velocity = slots.velocity[i]!;
          for (let j = 0; j < data.length; j++) {
            const g = gradient[j]!;
            const next = momentum * velocity[j]! + g;
            velocity[j] = next;
            data[j] = data[j]! - learningRate * (nesterov ? g + momentum * next : next);
          }
        }
      },
      state: () => ({ step: t, slots: namedSlots(parameters, slots) }),
      load(state) {
        loadSlots(parameters, slots, state);
        t = state.step;
      },
    };
  },
} satisfies Optimizer<typeof options>;
