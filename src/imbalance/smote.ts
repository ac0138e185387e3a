import { z } from "zod";
import { UserError } from "../core/errors.ts";
import { classesOf } from "./classes.ts";
import { shiftOf } from "./plan.ts";
import type { ImbalanceStrategy } from "./strategy.ts";

const options = z.object({
  neighbours: z.int().min(1).max(100).default(5).describe("fakes next to a fake, one of which it is mixed with"),
  fakePerReal: z.number().gt(0).max(10).default(1).describe("fakes, made-up ones included, for each genuine picture"),
});

/** x = x_i + u (x_j - x_i): i a fake, j one of its k nearest fakes, u uniform in 0..1, in the space of features. */
export const smote = {
  summary: "Fakes made up between neighbouring fakes, in the space of a frozen backbone's features",
  cite: "Chawla et al., SMOTE: Synthetic Minority Over-sampling Technique, 2002",
  cost: "Distances of all pairs of fakes, and up to twice as many rows in an epoch; a frozen backbone is needed",
  failure:
    "Between two fakes of different kinds lies often a genuine picture; never on pixels, where the mean of two pictures is no picture",
  options,
  plan(train, { neighbours, fakePerReal }) {
    const { real, fake } = classesOf(train);
    if (fake.length <= neighbours)
      throw new UserError(
        "bad-dataset",
        `SMOTE mixes a fake with one of its ${neighbours} nearest others (its option neighbours), and the train part has ${fake.length} ${fake.length === 1 ? "fake" : "fakes"}. Add fakes, or repeat those that there are with oversample.`,
      );
    const wanted = Math.max(fake.length, Math.round(fakePerReal * real.length));
    const { logOdds } = shiftOf({ real: real.length, fake: wanted }, { real: real.length, fake: fake.length });
    return {
      resampleFeatures: { name: "smote", neighbours, fake: wanted },
      priorShift: {
        logOdds,
        exact: false,
        because:
          "the fakes that it makes up are not distributed as fakes are, so the trained posterior belongs to another likelihood, not only to another prior",
      },
    };
  },
} satisfies ImbalanceStrategy<typeof options>;
