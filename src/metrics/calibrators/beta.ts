import { fitLogistic } from "../fitLogistic.ts";
import { sigmoid } from "../scores.ts";
import type { Calibrator } from "./calibrator.ts";
import { requireBothClasses } from "./requireBothClasses.ts";

/** ln p and -ln (1 - p) of p = sigmoid(z): each 0 at one end, and straight towards the other. */
const lowEnd = (z: number) => -Math.log1p(Math.exp(-Math.abs(z))) + Math.min(0, z);
const highEnd = (z: number) => Math.log1p(Math.exp(-Math.abs(z))) + Math.max(0, z);

/**
 * p = sigmoid(a ln s - b ln (1 - s) + c), s = sigmoid(z), a and b at least 0: where a comes out below, it is 0 and b is
 * fitted alone, and the other way round.
 */
export const beta = {
  summary: "A slope for each end and an offset: where one end is surer than the other",
  cite: "Kull, Silva Filho and Flach, Beta calibration, 2017",
  fit(calibration) {
    requireBothClasses(calibration);
    const { labels, logits } = calibration;
    const targets = Float64Array.from(labels);
    const [low, high] = [logits.map(lowEnd), logits.map(highEnd)];
    const [a, b, c] = fitLogistic([low, high], targets) as unknown as [number, number, number];
    if (a >= 0 && b >= 0) return { a, b, c };
    const [slope, offset] = fitLogistic([a < 0 ? high : low], targets) as unknown as [number, number];
    const kept = Math.max(0, slope);
    return a < 0 ? { a: 0, b: kept, c: offset } : { a: kept, b: 0, c: offset };
  },
  probability: (logit, { a, b, c }) => sigmoid(a * lowEnd(logit) + b * highEnd(logit) + c),
} satisfies Calibrator<{ a: number; b: number; c: number }>;
