import { z } from "zod";
import type { ScheduleEntry } from "./schedule.ts";

const options = z.object({
  factor: z.number().gt(0).lt(1).default(0.5).describe("what the learning rate is multiplied by"),
  patience: z.int().min(0).default(3).describe("epochs without improvement that are borne before it falls"),
  minDelta: z.number().min(0).default(1e-4).describe("relative fall of the validation loss that counts as improvement"),
  floor: z.number().min(0).lt(1).default(1e-3).describe("smallest factor"),
});

/** factor^k, where the validation loss has k times gone more than `patience` epochs without a new best. */
export const reduceOnPlateau = {
  summary: "The learning rate falls when the validation loss no longer does",
  cite: "Keras, ReduceLROnPlateau, 2015",
  options,
  create: ({ factor, patience, minDelta, floor }) => ({
    at(_step, history) {
      let best = Number.POSITIVE_INFINITY;
      let waited = 0;
      let falls = 0;
      for (const loss of history) {
        if (loss < best * (1 - minDelta)) [best, waited] = [loss, 0];
        else waited++;
        if (waited > patience) [falls, waited] = [falls + 1, 0];
      }
      return Math.max(floor, factor ** falls);
    },
  }),
} satisfies ScheduleEntry<typeof options>;
