import { z } from "zod";
import type { ScheduleEntry } from "./schedule.ts";

const options = z.object({
  factor: z.number().gt(0).lt(1).default(0.5).describe("what the learning rate is multiplied by at a plateau"),
  patience: z
    .int()
    .min(0)
    .default(3)
    .describe("epochs without improvement that are borne; keep it below early stopping's"),
  threshold: z.number().min(0).lt(1).default(1e-4).describe("relative fall of the loss that counts as improvement"),
  cooldown: z.int().min(0).default(0).describe("epochs after a reduction in which nothing is counted"),
  floor: z.number().gt(0).lt(1).default(1e-3).describe("smallest factor"),
});

/**
 * PyTorch's counting: a reduction comes when more than `patience` epochs in a row brought no new best (Keras: when
 * `patience` did). The whole history is gone through at each call, so there is no state to save.
 */
export const reduceOnPlateau = {
  summary: "The learning rate falls when the validation loss no longer does",
  cite: "PyTorch, ReduceLROnPlateau; Keras, ReduceLROnPlateau",
  options,
  create: ({ factor, patience, threshold, cooldown, floor }) => ({
    at(_step, history) {
      let [now, best, waited, resting] = [1, Number.POSITIVE_INFINITY, 0, 0];
      for (const loss of history) {
        if (loss < best * (1 - threshold)) [best, waited] = [loss, 0];
        else waited++;
        if (resting > 0) [resting, waited] = [resting - 1, 0];
        if (waited > patience) [now, waited, resting] = [Math.max(now * factor, floor), 0, cooldown];
      }
      return now;
    },
  }),
} satisfies ScheduleEntry<typeof options>;
