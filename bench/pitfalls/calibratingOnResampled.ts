import type { Sample, Samples } from "../../src/core/sample.ts";
import { correctPrior } from "../../src/imbalance/posterior.ts";
import { brier, brierSkill, expectedCalibrationError } from "../../src/metrics/calibration.ts";
import { calibrators } from "../../src/metrics/calibrators/index.ts";
import { logitsOf } from "../../src/metrics/scores.ts";
import { higher, lower, type Pitfall } from "./pitfall.ts";
import { numberOf, rankedAt } from "./scoring.ts";

/** Wrong: fakes of the calibration part repeated until they are as many. Right: the calibration part as it is. */
export const calibratingOnResampled: Pitfall = {
  title: "Calibrating on resampled data",
  async show({ parts: { calibration, test }, realPerFake, train, rng }) {
    const { shift, answer } = await train("none");
    const fakes = calibration.filter(({ label }) => label === "fake");
    const missing = calibration.length - 2 * fakes.length;
    const repeats = Array.from({ length: missing }, () => rng.pick(fakes));
    const measured = (part: readonly Sample[]) => {
      // Repeats are no part of a split: it takes this false statement to hand them to a calibrator.
      const said = part as unknown as Samples<"calibration">;
      const fitted = calibrators.platt.fit(logitsOf(said, correctPrior(answer(said), shift)));
      const logits = correctPrior(answer(test), shift);
      const ranked = rankedAt(
        test,
        logits.map((z) => calibrators.platt.probability(z, fitted)),
        realPerFake,
      );
      return {
        ece: numberOf(expectedCalibrationError(ranked)),
        brier: numberOf(brier(ranked)),
        skill: numberOf(brierSkill(ranked)),
      };
    };
    const [wrong, right] = [measured([...calibration, ...repeats]), measured(calibration)];
    return [
      higher("Expected calibration error", wrong.ece, right.ece),
      higher("Brier", wrong.brier, right.brier),
      lower("Brier skill (0: always the share of fakes)", wrong.skill, right.skill),
    ];
  },
};
