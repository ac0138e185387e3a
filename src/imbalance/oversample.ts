import { z } from "zod";
import { classesOf } from "./classes.ts";
import { shiftOf } from "./plan.ts";
import type { ImbalanceStrategy } from "./strategy.ts";

const options = z.object({
  fakePerReal: z.number().gt(0).max(10).default(1).describe("fakes, repeated ones included, for each genuine picture"),
  augmentRepeats: z
    .boolean()
    .default(false)
    .describe(
      "whether pictures of both classes are mirrored where the recipe augments nothing, so that repeats are no copies",
    ),
});

/** Every fake stays; the rest of its number is drawn from them with replacement, anew in every epoch. */
export const oversample = {
  summary: "Fakes repeated until the classes are alike",
  cite: "imbalanced-learn, RandomOverSampler; Buda et al., A Systematic Study of the Class Imbalance Problem, 2018",
  cost: "Up to twice as many rows in an epoch",
  failure: "The same few fakes are learnt by heart; augment their repeats",
  options,
  plan(train, { fakePerReal, augmentRepeats }) {
    const { real, fake } = classesOf(train);
    const wanted = Math.max(fake.length, Math.round(fakePerReal * real.length));
    const draw = { real: real.length, fake: wanted, redraw: "everyEpoch", augmentRepeats } as const;
    return { draw, priorShift: shiftOf(draw, { real: real.length, fake: fake.length }) };
  },
} satisfies ImbalanceStrategy<typeof options>;
