import type { Verdict } from "./detection.ts";

/**
 * fake: at or above thresholds.fake; real: below thresholds.real; between them inconclusive. Both thresholds come
 * from the validation split and stand in the model (docs/ARCHITECTURE.md, "The verdict").
 */
export function verdictOf(probability: number, thresholds: { readonly real: number; readonly fake: number }): Verdict {
  if (probability >= thresholds.fake) return "fake";
  return probability < thresholds.real ? "real" : "inconclusive";
}

/** What a person reads: evidence suggests, never proves; the absence of evidence is no proof either. */
export const verdictSentence: Readonly<Record<Verdict, string>> = {
  fake: "Evidence suggests that this picture was altered.",
  real: "No alteration evidence found.",
  inconclusive: "Inconclusive: the evidence is too weak for either answer.",
};
