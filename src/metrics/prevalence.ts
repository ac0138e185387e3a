import { countClasses, type Ranked } from "./ranked.ts";
import type { Scores } from "./scores.ts";

/**
 * The same pictures as if a share `prevalence` of the weight were fake: one factor for all fakes, one for all genuine
 * pictures, so that a resample's counts keep their ratios within a class, and the sum of weights stays (sample_weight of scikit-learn, class weights n prevalence / n_fake and n (1 - prevalence) / n_real).
 * Pictures of one class only stay as they are.
 */
export function atPrevalence(ranked: Ranked, prevalence: number): Ranked {
  const { real, fake } = countClasses(ranked);
  if (real === 0 || fake === 0) return ranked;
  const n = real + fake;
  const factors = [((1 - prevalence) * n) / real, (prevalence * n) / fake] as const;
  return { ...ranked, weights: ranked.weights.map((weight, i) => weight * factors[ranked.labels[i]! as 0 | 1]) };
}

/**
 * A probability that means what it says where a share `from` of the pictures is fake, for pictures of which a share
 * `to` is: logit p' = logit p + logit to - logit from (Saerens et al., Adjusting the Outputs of a Classifier to New a
 * Priori Probabilities, 2002). Written in odds, so that 0 and 1 stay what they are, and never falling in p.
 */
export function movePrior(probability: number, from: number, to: number): number {
  // A threshold that nothing reaches stands above 1.
  if (probability >= 1) return probability;
  const odds = (p: number) => (1 - p) / p; // against
  return from === to ? probability : 1 / (1 + odds(probability) * (odds(to) / odds(from)));
}

/** Each score at the other prevalence. */
export function moveScores(scores: Scores, from: number, to: number): Scores {
  return { ...scores, probabilities: scores.probabilities.map((p) => movePrior(p, from, to)) };
}
