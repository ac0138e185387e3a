import { z } from "zod";
import { classesOf } from "./classes.ts";
import { shiftOf } from "./plan.ts";
import type { ImbalanceStrategy } from "./strategy.ts";

const options = z.object({
  realPerFake: z.number().min(0.1).max(1000).default(1).describe("genuine pictures kept for each fake"),
  redraw: z
    .enum(["once", "everyEpoch"])
    .default("everyEpoch")
    .describe("once: the rest is never seen; everyEpoch: others are drawn every time"),
});

/** beta = n_kept / n_real: logit p = logit p_trained + ln beta. */
export const undersample = {
  summary: "Genuine pictures left out at random until the classes are alike",
  cite: "imbalanced-learn, RandomUnderSampler; prior: Dal Pozzolo et al., Calibrating Probability with Undersampling, 2015",
  cost: "An epoch is as short as the rare class is small; drawn once, it throws most of the data away",
  failure: "Drawn once at 1:100 it leaves 99 of 100 genuine pictures out, and false alarms rise on what was never seen",
  options,
  plan(train, { realPerFake, redraw }) {
    const { real, fake } = classesOf(train);
    const kept = Math.max(1, Math.min(real.length, Math.round(realPerFake * fake.length)));
    const draw = { real: kept, fake: fake.length, redraw };
    return { draw, priorShift: shiftOf(draw, { real: real.length, fake: fake.length }) };
  },
} satisfies ImbalanceStrategy<typeof options>;
