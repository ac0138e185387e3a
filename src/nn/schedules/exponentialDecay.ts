import { z } from "zod";
import type { ScheduleEntry } from "./schedule.ts";

const options = z.object({
  rate: z.number().gt(0).max(1).default(0.95).describe("factor that the learning rate takes each time"),
  everyEpochs: z.number().positive().default(1).describe("how often, in epochs"),
  staircase: z.boolean().default(true).describe("fall at whole multiples only; otherwise a little every step"),
});

/** factor = rate ^ (epochs / everyEpochs), the exponent rounded down with staircase */
export const exponentialDecay = {
  summary: "The learning rate falls by the same factor every so many epochs",
  cite: "PyTorch, ExponentialLR and StepLR; Keras, ExponentialDecay",
  options,
  create: ({ rate, everyEpochs, staircase }, { stepsPerEpoch }) => ({
    at(step) {
      const times = step / (everyEpochs * stepsPerEpoch);
      return rate ** (staircase ? Math.floor(times) : times);
    },
  }),
} satisfies ScheduleEntry<typeof options>;
