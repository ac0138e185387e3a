import type { Samples } from "../../src/core/sample.ts";
import { correctPrior } from "../../src/imbalance/posterior.ts";
import { confusionAt, f1, precision } from "../../src/metrics/classification.ts";
import { chooseThresholds } from "../../src/metrics/operatingPoint.ts";
import { rank } from "../../src/metrics/ranked.ts";
import { scoresOf } from "../../src/metrics/scores.ts";
import { higher, lower, type Pitfall } from "./pitfall.ts";
import { numberOf, rankedAt, sigmoids } from "./scoring.ts";

/** Wrong: the threshold of the best F1 on a validation part with all its fakes. Right: on one thinned as train was. */
export const tuningOnPlentifulFakes: Pitfall = {
  title: "Tuning on plentiful fakes",
  async show({ parts, plentiful, realPerFake, train }) {
    const { shift, answer } = await train("none");
    const onTest = rankedAt(parts.test, sigmoids(correctPrior(answer(parts.test), shift)), realPerFake);
    const tuned = (validation: Samples<"validation">) => {
      const scores = scoresOf(validation, sigmoids(correctPrior(answer(validation), shift)));
      const { threshold } = chooseThresholds(scores, { operatingPoint: { name: "f1", options: {} } }).fake;
      const matrix = confusionAt(onTest, threshold);
      return {
        promised: numberOf(precision(confusionAt(rank(scores), threshold))),
        obtained: numberOf(precision(matrix)),
        f1: numberOf(f1(matrix)),
      };
    };
    const [wrong, right] = [tuned(plentiful.validation), tuned(parts.validation)];
    return [
      higher("Promised above obtained", wrong.promised - wrong.obtained, right.promised - right.obtained),
      higher("Precision that validation promises", wrong.promised, right.promised),
      lower("Precision on test", wrong.obtained, right.obtained),
      lower("F1 on test", wrong.f1, right.f1),
    ];
  },
};
