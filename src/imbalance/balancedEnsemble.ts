import { z } from "zod";
import { combinations } from "../nn/combinations.ts";
import { classesOf } from "./classes.ts";
import { type Member, shiftOf, unmoved } from "./plan.ts";
import type { ImbalanceStrategy } from "./strategy.ts";

const options = z.object({
  realPerFake: z.number().min(0.1).max(1000).default(1).describe("genuine pictures for each fake in a member's part"),
  combine: z.enum(combinations).default("meanLogit").describe("how the members' answers become one"),
  mostMembers: z
    .int()
    .min(2)
    .max(1000)
    .default(1000)
    .describe("at most so many; where the parts are more, their sizes grow and no genuine picture is left out"),
});

/** k = n_real / n_fake parts of the genuine pictures, each learnt with all fakes by a member of its own. */
export const balancedEnsemble = {
  summary: "Genuine pictures divided into parts, one member for each part with all fakes",
  cite: "Liu et al., Exploratory Undersampling for Class-Imbalance Learning (EasyEnsemble), 2009, with a partition instead of draws",
  cost: "As many members as genuine pictures outnumber fakes; on a frozen backbone little more than one",
  failure: "Every member sees the same fakes: their mistakes on the rare class are alike, and do not cancel",
  options,
  plan(train, { realPerFake, combine, mostMembers }, rng) {
    const { real, fake } = classesOf(train);
    const count = Math.max(1, Math.min(mostMembers, Math.round(real.length / (realPerFake * fake.length))));
    const order = rng.fork("parts").shuffle(real);
    const each = Array.from({ length: count }, (_, k): Member => {
      const part = order.slice(Math.floor((k * order.length) / count), Math.floor(((k + 1) * order.length) / count));
      const rows = Int32Array.from([...part, ...fake].sort((a, b) => a - b));
      const seen = { real: part.length, fake: fake.length };
      return { rows, priorShift: shiftOf(seen, { real: real.length, fake: fake.length }) };
    });
    return { members: { each, combine }, priorShift: unmoved };
  },
} satisfies ImbalanceStrategy<typeof options>;
