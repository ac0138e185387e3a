import { z } from "zod";
import type { ScheduleEntry } from "./schedule.ts";

const options = z.object({
  rate: z.number().gt(0).lte(1).default(0.9).describe("factor an epoch"),
  staircase: z.boolean().default(true).describe("fall at the end of each epoch; otherwise a little every step"),
});

/** factor = rate ^ epochs, in whole epochs with staircase */
export const exponentialDecay = {
  summary: "The learning rate falls by the same factor every epoch",
  cite: "Keras, ExponentialDecay, 2019",
  options,
  create: ({ rate, staircase }, { stepsPerEpoch }) => ({
    at(step) {
      const epochs = step / stepsPerEpoch;
      return rate ** (staircase ? Math.floor(epochs) : epochs);
    },
  }),
} satisfies ScheduleEntry<typeof options>;
