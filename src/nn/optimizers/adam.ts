import { z } from "zod";
import type { Optimizer } from "./optimizer.ts";
import { loadSlots, namedSlots, zeroSlots } from "./slots.ts";

const options = z.object({
  beta1: z.number().min(0).lt(1).default(0.9).describe("decay of the mean of gradients"),
  beta2: z.number().min(0).lt(1).default(0.999).describe("decay of the mean of squared gradients"),
  epsilon: z.number().positive().default(1e-8).describe("added to the root of the second moment, after its correction"),
});

/**
 * m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2
 * w = w - rate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * Epsilon stands where the paper's algorithm 1 and PyTorch have it.
 */
export const adam = {
  summary: "Adam: each parameter's step is scaled by its own recent gradients",
  cite: "Kingma and Ba, Adam: A Method for Stochastic Optimization, 2015",
  options,
  create(parameters, { beta1, beta2, epsilon }) {
    const slots = { m: zeroSlots(parameters), v: zeroSlots(parameters) };
    let t = 0;
    return {
      step(gradients, learningRate) {
        t++;
        // Both corrections are moved out of the loop: it makes one pass over 25 million numbers.
        const correction = Math.sqrt(1 - beta2 ** t);
        const rate = (learningRate * correction) / (1 - beta1 ** t);
        for (const [i, { data }] of parameters.entries())
          update(data, gradients[i]!, slots.m[i]!, slots.v[i]!, rate, beta1, beta2, epsilon * correction);
      },
      state: () => ({ step: t, slots: namedSlots(parameters, slots) }),
      load(state) {
        loadSlots(parameters, slots, state);
        t = state.step;
      },
    };
  },
} satisfies Optimizer<typeof options>;

function update(
  weights: Float32Array,
  gradient: Float32Array,
  m: Float32Array,
  v: Float32Array,
  rate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
): void {
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i]!;
    const first = m[i]! * beta1 + g * (1 - beta1);
    const second = v[i]! * beta2 + g * g * (1 - beta2);
    m[i] = first;
    v[i] = second;
    weights[i] = weights[i]! - (rate * first) / (Math.sqrt(second) + epsilon);
  }
}
