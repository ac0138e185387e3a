import type { Estimate } from "../core/estimate.ts";
import type { Label } from "../core/sample.ts";
import { wilson } from "../metrics/wilson.ts";

/**
 * The share of each class's labels that models of other folds contradict with confidence (Northcutt et al., Confident
 * Learning, 2021):
 *   t_c = mean over pictures labelled c of p(c)
 *   contradicted: labelled c, p(other) >= t_other, and p(c) < t_c
 * Where classes overlap, pictures that are merely hard stand among them: the share is a bound, not a count of mistakes.
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
  const counts = { real: 0, fake: 0, contradicted: { real: 0, fake: 0 } };
  for (let i = 0; i < labels.length; i++) {
    const p = probabilities[i]!;
    const label: Label = labels[i] === 1 ? "fake" : "real";
    counts[label]++;
    const [looksFake, looksReal] = [p >= fakeFrom, 1 - p >= realFrom];
    if (label === "real" ? looksFake && !looksReal : looksReal && !looksFake) counts.contradicted[label]++;
  }
  return {
    real: wilson(counts.contradicted.real, counts.real),
    fake: wilson(counts.contradicted.fake, counts.fake),
  };
}
