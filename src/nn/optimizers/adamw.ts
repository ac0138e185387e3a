import { z } from "zod";
import { adamOptions, adamScalars, adamUpdate } from "./adam.ts";
import type { Optimizer } from "./optimizer.ts";
import { decayOf, decayOptions } from "./weightDecay.ts";

const options = z.object({ ...adamOptions, ...decayOptions(0.01) });

/**
 * w = (1 - rate * weightDecay) w, then Adam's step on the gradient of the loss alone.
 * As PyTorch has it: the decay is multiplied by the learning rate (the paper's algorithm 2 by the schedule's factor).
 */
export const adamw = {
  summary: "Adam with decoupled weight decay: large weights shrink at the same rate whatever their gradients",
  cite: "Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019",
  options,
  slots: ["m", "v"],
  scalars: (chosen, { step, rate, decays }) => adamScalars(chosen, step, rate, 1 - rate * decayOf(chosen, decays)),
  update: adamUpdate,
} satisfies Optimizer<typeof options>;
