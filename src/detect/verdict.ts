import type { Detection, Verdict } from "./detection.ts";
import type { Region } from "./regions.ts";

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

/** The verdict in lines: what it is, what it stands on, where. Of a picture outside the model's domain, the reason alone. */
export function verdictLines({ verdict, outside, probability, thresholds, falseAlarmRate, regions = [] }: Detection) {
  if (outside !== undefined) return [`Inconclusive: ${outside[0]!.toLowerCase()}${outside.slice(1)}`];
  const rate = (100 * falseAlarmRate).toFixed(1);
  return [
    verdictSentence[verdict],
    `Probability ${probability.toFixed(3)} (fake from ${thresholds.fake.toFixed(3)}, at ${rate} % false alarms in validation; no evidence below ${thresholds.real.toFixed(3)})`,
    ...(regions.length > 0 ? ["Most suspicious places (x,y width x height, in pixels):"] : []),
    ...regions.map((region, i) => `  ${i + 1}. ${regionWords(region)}`),
  ];
}

/** `amount, 312,840 540x62, score .93` */
function regionWords({ field, x, y, width, height, score }: Region): string {
  return `${field === undefined ? "" : `${field}, `}${x},${y} ${width}x${height}, score ${score.toFixed(2).replace(/^0/, "")}`;
}
