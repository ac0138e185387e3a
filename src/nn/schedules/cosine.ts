import { z } from "zod";
import type { ScheduleEntry } from "./schedule.ts";

const options = z.object({
  warmup: z.number().min(0).default(1).describe("epochs of linear rise from 0 before the fall"),
  floor: z.number().min(0).lt(1).default(0).describe("factor that the fall ends at"),
});

/**
 * In the warm-up w: factor = (step + 1) / w
 * After it: factor = floor + (1 - floor) (1 + cos(pi t)) / 2, t = share of the remaining steps done, 0..1
 */
export const cosine = {
  summary: "A short linear rise, then half a cosine down to the last step",
  cite: "Loshchilov and Hutter, SGDR, 2017; warm-up: Goyal et al., 2017",
  options,
  create({ warmup, floor }, { stepsPerEpoch, epochs }) {
    const total = stepsPerEpoch * epochs;
    const rise = Math.min(Math.round(warmup * stepsPerEpoch), Math.floor(total / 2));
    return {
      at(step) {
        if (step < rise) return (step + 1) / rise;
        const t = Math.min(1, (step - rise) / Math.max(1, total - rise));
        return floor + ((1 - floor) * (1 + Math.cos(Math.PI * t))) / 2;
      },
    };
  },
} satisfies ScheduleEntry<typeof options>;
