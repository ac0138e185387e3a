import type { Estimate } from "../core/estimate.ts";
import type { Label } from "../core/sample.ts";
import { wilson } from "../metrics/wilson.ts";

/**
 * The share of each class's labels that models of other folds contradict, of those that they judge with confidence
 * (Northcutt et al., Confident Learning, 2021):
 *   t_c = mean over pictures labelled c of p(c)
 *   a picture is judged c where p(c) >= t_c; of two such classes the one that is further above
 *   share of class c = judged the other class / judged at all, among pictures labelled c
 * Where classes overlap, pictures that are merely hard stand among them: a bound, not a count of mistakes.
 *
 * @param labels 1 for fake   @param probabilities of fake, of a model that did not see the picture
 */
export function labelNoise(labels: Uint8Array, probabilities: Float64Array): Record<Label, Estimate> {
  const meanOf = (label: number, of: (p: number) => number) => {
    let [sum, n] = [0, 0];
    for (let i = 0; i < labels.length; i++) if (labels[i] === label) [sum, n] = [sum + of(probabilities[i]!), n + 1];
    return sum / n;
  };
  const fakeFrom = meanOf(1, (p) => p);
  const realFrom = meanOf(0, (p) => 1 - p);
  const judged = { real: { real: 0, fake: 0 }, fake: { real: 0, fake: 0 } };
  for (let i = 0; i < labels.length; i++) {
    const p = probabilities[i]!;
    const [fakeness, realness] = [p - fakeFrom, 1 - p - realFrom];
    if (fakeness < 0 && realness < 0) continue;
    judged[labels[i] === 1 ? "fake" : "real"][fakeness > realness ? "fake" : "real"]++;
  }
  return {
    real: wilson(judged.real.fake, judged.real.fake + judged.real.real),
    fake: wilson(judged.fake.real, judged.fake.real + judged.fake.fake),
  };
}
