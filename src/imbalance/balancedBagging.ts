import { z } from "zod";
import { combinations } from "../nn/combinations.ts";
import { classesOf } from "./classes.ts";
import { type Member, shiftOf, unmoved } from "./plan.ts";
import type { ImbalanceStrategy } from "./strategy.ts";

const options = z.object({
  members: z.int().min(2).max(1000).default(10).describe("bags, each with a member of its own"),
  combine: z.enum(combinations).default("meanProbability").describe("how the members' answers become one"),
});

/**
 * A bag: as many rows as train has, drawn with replacement; then genuine ones left out of it at random until the
 * classes are alike, as imbalanced-learn's BalancedBaggingClassifier does.
 */
export const balancedBagging = {
  summary: "Members on bags drawn with replacement, each balanced by leaving genuine pictures out",
  cite: "Breiman, Bagging Predictors, 1996; imbalanced-learn, BalancedBaggingClassifier",
  cost: "As many members as bags",
  failure: "A bag misses a third of the fakes; with very few of them members know too little",
  options,
  plan(train, { members: count, combine }, rng) {
    const { real, fake } = classesOf(train);
    const given = { real: real.length, fake: fake.length };
    const each = Array.from({ length: count }, (_, k): Member => {
      const own = rng.fork(`bag/${k}`);
      const bag = Array.from(train, () => own.integer(train.length));
      const of = (label: string) => bag.filter((i) => train[i]!.label === label);
      // A bag without a class would teach nothing: one row of it stands for the class.
      const orOne = (drawn: number[], all: readonly number[]) => (drawn.length > 0 ? drawn : [own.pick(all)]);
      const [fakes, reals] = [orOne(of("fake"), fake), orOne(of("real"), real)];
      const size = Math.min(fakes.length, reals.length);
      const kept = (rows: number[]) => (rows.length > size ? own.shuffle(rows).slice(0, size) : rows);
      const rows = Int32Array.from([...kept(reals), ...kept(fakes)].sort((a, b) => a - b));
      return { rows, priorShift: shiftOf({ real: size, fake: size }, given) };
    });
    return { members: { each, combine }, priorShift: unmoved };
  },
} satisfies ImbalanceStrategy<typeof options>;
