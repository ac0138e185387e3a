import { correctPrior } from "../../src/imbalance/posterior.ts";
import { baselinesAt } from "../../src/metrics/baselines.ts";
import { accuracy, confusionAt } from "../../src/metrics/classification.ts";
import { averagePrecision, recallAtFpr } from "../../src/metrics/curves.ts";
import { higher, lower, type Pitfall } from "./pitfall.ts";
import { numberOf, rankedAt, shareAt, sigmoids } from "./scoring.ts";

/** Wrong: accuracy. Right: what stands beside it in our reports. */
export const accuracyAlone: Pitfall = {
  title: "Accuracy",
  async show({ table: { samples, values, width }, parts: { test }, realPerFake, train, rng }) {
    const measured = async (vectors: Float32Array) => {
      const { shift, answer } = await train("none", vectors);
      const ranked = rankedAt(test, sigmoids(correctPrior(answer(test), shift)), realPerFake);
      return {
        accuracy: numberOf(accuracy(confusionAt(ranked, 0.5))),
        prAuc: numberOf(averagePrecision(ranked)),
        recall: numberOf(recallAtFpr(ranked, 0.01)),
      };
    };
    // Every picture gets the vector of another: nothing in it tells of the label.
    const others = new Float32Array(values.length);
    for (const [to, from] of rng.shuffle(Array.from(samples.keys())).entries())
      others.set(values.subarray(from * width, (from + 1) * width), to * width);
    const [blind, seeing] = [await measured(others), await measured(values)];
    const alwaysReal = baselinesAt(shareAt(realPerFake)).accuracy;
    return [
      higher("A blind head: accuracy; PR-AUC", blind.accuracy, blind.prAuc),
      higher("A blind head: accuracy; recall at 1 % false alarms", blind.accuracy, blind.recall),
      higher("A blind head: accuracy; what it has above “always real”", blind.accuracy, blind.accuracy - alwaysReal),
      lower(
        "What a seeing head has above the blind one: in accuracy; in PR-AUC",
        seeing.accuracy - blind.accuracy,
        seeing.prAuc - blind.prAuc,
      ),
    ];
  },
};
