import { z } from "zod";
import { classesOf } from "./classes.ts";
import type { ImbalanceStrategy } from "./strategy.ts";

const aboveZero =
  "must be above 0, since a class of weight zero is not learnt at all: name what such a mistake costs beside the other";

const options = z.object({
  by: z
    .enum(["inverseFrequency", "effectiveNumber", "cost"])
    .default("inverseFrequency")
    .describe("how a class's weight follows: from its number, from its effective number, or from what mistakes cost"),
  beta: z
    .number()
    .min(0)
    .lt(1)
    .default(0.999)
    .describe("of effectiveNumber: how much the next picture of a class still adds; 0: every class alike"),
  missedFake: z.number().positive(aboveZero).default(10).describe("of cost: what a missed fake costs"),
  falseAlarm: z.number().positive(aboveZero).default(1).describe("of cost: what a false alarm costs"),
});

/**
 * loss = w_c loss, scaled such that the mean weight of a row is 1
 *   inverseFrequency: w_c = n / (2 n_c)
 *   effectiveNumber:  w_c ~ (1 - beta) / (1 - beta^n_c)
 *   cost:             w_fake / w_real = missedFake / falseAlarm
 *
 * The weighted minimiser is the posterior of a prior whose odds are w_fake / w_real times as high: subtract
 * ln (w_fake / w_real).
 */
export const classWeights = {
  summary: "Mistakes on the rare class count more",
  cite: "King and Zeng, Logistic Regression in Rare Events Data, 2001; effective number: Cui et al., Class-Balanced Loss, 2019; costs: Elkan, The Foundations of Cost-Sensitive Learning, 2001",
  cost: "none",
  failure:
    "One rare picture with a large weight takes a step of its own: noisy gradients, and a wrong label weighs as much",
  options,
  plan(train, { by, beta, missedFake, falseAlarm }) {
    const { real, fake } = classesOf(train);
    const effective = (n: number) => (beta === 0 ? 1 : (1 - beta ** n) / (1 - beta));
    const ratio = {
      inverseFrequency: real.length / fake.length,
      effectiveNumber: effective(real.length) / effective(fake.length),
      cost: missedFake / falseAlarm,
    }[by];
    const ofReal = train.length / (real.length + ratio * fake.length);
    const sampleWeights = Float64Array.from(train, ({ label }) => (label === "fake" ? ratio * ofReal : ofReal));
    return { sampleWeights, priorShift: { logOdds: Math.log(ratio), exact: true } };
  },
} satisfies ImbalanceStrategy<typeof options>;
