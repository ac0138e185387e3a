import { z } from "zod";
import type { ScheduleEntry } from "./schedule.ts";

const options = z.object({
  warmup: z.number().min(0).default(1).describe("epochs of linear rise before the fall; 0: none"),
  floor: z.number().gt(0).max(1).default(0.01).describe("factor that the fall ends at"),
});

/**
 * In the warm-up of w steps: factor = (step + 1) / (w + 1)
 * After it: factor = floor + (1 - floor) (1 + cos(pi t)) / 2, t = share of the remaining steps done, 0..1
 */
export const cosine = {
  summary: "A short linear rise, then half a cosine down to the last step",
  cite: "Loshchilov and Hutter, SGDR, 2017, without restarts; warm-up: Goyal et al., 2017",
  options,
  create({ warmup, floor }, { stepsPerEpoch, epochs }) {
    const total = stepsPerEpoch * epochs;
    // A plan shorter than twice its warm-up rises for half of it: some steps at the full rate are the point.
    const rise = Math.min(Math.round(warmup * stepsPerEpoch), Math.floor(total / 2));
    return {
      at(step) {
        if (step < rise) return (step + 1) / (rise + 1);
        const t = Math.min(1, (step - rise) / Math.max(1, total - rise));
        return floor + ((1 - floor) * (1 + Math.cos(Math.PI * t))) / 2;
      },
    };
  },
} satisfies ScheduleEntry<typeof options>;
