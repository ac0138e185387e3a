import type { Prevalence } from "../../evaluate/prevalence.ts";
import { atPrevalence } from "../../metrics/prevalence.ts";
import { type Ranked, rank } from "../../metrics/ranked.ts";
import type { Scores } from "../../metrics/scores.ts";

/** Ranked as the figures beside the chart count them: weighted where they are for another share of fakes. */
export function rankedFor({ share, from }: Prevalence, scores: Scores): Ranked {
  const ranked = rank(scores);
  return from === "pictures" ? ranked : atPrevalence(ranked, share);
}
