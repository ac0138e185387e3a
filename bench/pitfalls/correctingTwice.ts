import { correctPrior, trainedLogits } from "../../src/imbalance/posterior.ts";
import { brierSkill, logLoss } from "../../src/metrics/calibration.ts";
import { higher, lower, type Pitfall } from "./pitfall.ts";
import { numberOf, rankedAt, sigmoids } from "./scoring.ts";

/** Wrong: the shift of the prior taken off twice, or never. Right: once. */
export const correctingTwice: Pitfall = {
  title: "Correcting the prior twice",
  async show({ parts: { test }, realPerFake, train }) {
    const { shift, answer } = await train("classWeights");
    const trained = answer(test);
    const once = correctPrior(trained, shift);
    // Only by calling corrected logits trained ones, which they are not, can they be corrected again.
    const twice = correctPrior(trainedLogits(once), shift);
    const measured = (logits: Float64Array) => {
      const ranked = rankedAt(test, sigmoids(logits), realPerFake);
      const total = ranked.weights.reduce((sum, weight) => sum + weight, 0);
      return {
        mean: ranked.probabilities.reduce((sum, p, i) => sum + ranked.weights[i]! * p, 0) / total,
        loss: numberOf(logLoss(ranked)),
        skill: numberOf(brierSkill(ranked)),
      };
    };
    const [right, wrong, never] = [measured(once), measured(twice), measured(trained.values)];
    return [
      lower("Mean probability, corrected twice", wrong.mean, right.mean),
      higher("Log loss, corrected twice", wrong.loss, right.loss),
      lower("Brier skill, corrected twice", wrong.skill, right.skill),
      higher("Mean probability, never corrected", never.mean, right.mean),
      higher("Log loss, never corrected", never.loss, right.loss),
      lower("Brier skill, never corrected", never.skill, right.skill),
    ];
  },
};
