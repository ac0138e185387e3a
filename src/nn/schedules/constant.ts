import { z } from "zod";
import type { ScheduleEntry } from "./schedule.ts";

const options = z.object({});

/** factor = 1 */
export const constant = {
  summary: "The same learning rate from the first step to the last",
  cite: "Robbins and Monro, A Stochastic Approximation Method, 1951 (who let it fall)",
  options,
  create: () => ({ at: () => 1 }),
} satisfies ScheduleEntry<typeof options>;
