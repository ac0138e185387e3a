import { countClasses, missingClass, noPictures, type Ranked, type Value } from "./ranked.ts";
import type { Logits } from "./scores.ts";

/** Equal-width bins of the expected calibration error. */
const binCount = 15;

export interface ReliabilityBin {
  /** The bin holds low < probability <= high (0 itself is in the first). */
  readonly low: number;
  readonly high: number;
  readonly meanProbability: number;
  /** Of the bin's pictures, the share that is fake. */
  readonly fakeShare: number;
  readonly n: number;
}

/** -mean(ln of the probability given to the truth), in nats; clipped at 2^-52, as scikit-learn does. */
export function logLoss({ labels, probabilities, weights }: Ranked): Value {
  let sum = 0;
  let n = 0;
  for (let i = 0; i < labels.length; i++) {
    if (weights[i] === 0) continue;
    const p = Math.min(Math.max(probabilities[i]!, Number.EPSILON), 1 - Number.EPSILON);
    sum -= weights[i]! * Math.log(labels[i] === 1 ? p : 1 - p);
    n += weights[i]!;
  }
  return n === 0 ? noPictures : sum / n;
}

/** mean((probability - label)^2) (Brier, 1950) */
export function brier({ labels, probabilities, weights }: Ranked): Value {
  let sum = 0;
  let n = 0;
  for (let i = 0; i < labels.length; i++) {
    sum += weights[i]! * (probabilities[i]! - labels[i]!) ** 2;
    n += weights[i]!;
  }
  return n === 0 ? noPictures : sum / n;
}

/** 1 - brier / brier of always answering the share of fakes: 1 is perfect, 0 no better than that, below 0 worse. */
export function brierSkill(ranked: Ranked): Value {
  const { real, fake } = countClasses(ranked);
  const rate = fake / (real + fake);
  const score = brier(ranked);
  return missingClass({ real, fake }) ?? (typeof score === "number" ? 1 - score / (rate * (1 - rate)) : score);
}

/** sum over bins of n_bin / n * |share of fakes - mean probability| (Naeini 2015, Guo 2017) */
export function expectedCalibrationError(ranked: Ranked): Value {
  const bins = reliabilityCurve(ranked);
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  if (n === 0) return noPictures;
  return bins.reduce((sum, bin) => sum + (bin.n / n) * Math.abs(bin.fakeShare - bin.meanProbability), 0);
}

/** How often pictures were fake where the model said p; bins without pictures are left out. */
export function reliabilityCurve({ labels, probabilities, weights }: Ranked): ReliabilityBin[] {
  const count = new Float64Array(binCount);
  const fakes = new Float64Array(binCount);
  const sums = new Float64Array(binCount);
  for (let i = 0; i < labels.length; i++) {
    const bin = Math.max(0, Math.ceil(probabilities[i]! * binCount) - 1);
    count[bin]! += weights[i]!;
    fakes[bin]! += weights[i]! * labels[i]!;
    sums[bin]! += weights[i]! * probabilities[i]!;
  }
  return Array.from(count, (n, bin) => ({
    low: bin / binCount,
    high: (bin + 1) / binCount,
    meanProbability: sums[bin]! / n,
    fakeShare: fakes[bin]! / n,
    n,
  })).filter((bin) => bin.n > 0);
}

/**
 * The same with as many pictures in every bin: where fakes are rare nearly all probabilities stand in the first of equal
 * width. Ties are not parted, so that bins may be fewer.
 */
export function reliabilityByRank({ labels, probabilities, weights }: Ranked, most = 10): ReliabilityBin[] {
  const bins: ReliabilityBin[] = [];
  for (let end = labels.length, start = end; end > 0; end = start) {
    start = Math.max(0, end - Math.ceil(labels.length / most));
    while (start > 0 && probabilities[start - 1] === probabilities[start]) start--;
    let [n, fakes, sum] = [0, 0, 0];
    for (let i = start; i < end; i++) {
      n += weights[i]!;
      fakes += weights[i]! * labels[i]!;
      sum += weights[i]! * probabilities[i]!;
    }
    const [low, high] = [probabilities[end - 1]!, probabilities[start]!];
    if (n > 0) bins.push({ low, high, meanProbability: sum / n, fakeShare: fakes / n, n });
  }
  return bins;
}

/** Steps of a look at a range of ln T. */
const temperatureSteps = 40;

/**
 * The temperature T at the least of
 *   n log loss of sigmoid(logit / T) + (ln T)^2 / (2 deviation^2)
 * on the calibration part (Guo 2017). The second term is what is known of temperatures beforehand, none by default.
 * Held in .05..20, where classes that are apart, or logits that know nothing, have no optimum; 1 (change nothing)
 * without pictures of both classes.
 */
export function fitTemperature(
  { labels, logits }: Logits<"calibration">,
  { deviation = Number.POSITIVE_INFINITY }: { readonly deviation?: number } = {},
): number {
  if (!labels.includes(0) || !labels.includes(1)) return 1;
  const cost = (lnT: number) => {
    let sum = lnT ** 2 / (2 * deviation ** 2);
    for (let i = 0; i < logits.length; i++) {
      // -ln sigmoid(x), x = the scaled logit with the label's sign
      const x = ((labels[i] === 1 ? 1 : -1) * logits[i]!) / Math.exp(lnT);
      sum += Math.max(-x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
    return sum;
  };
  // With a prior there may be two hollows: the whole range is looked through, then ever closer about the lowest point.
  const end = Math.log(20);
  let [middle, reach] = [0, end];
  while (reach > 1e-9) {
    const points = Array.from({ length: temperatureSteps + 1 }, (_, i) =>
      Math.max(-end, Math.min(end, middle + reach * ((2 * i) / temperatureSteps - 1))),
    );
    const costs = points.map(cost);
    middle = points[costs.indexOf(Math.min(...costs))]!;
    reach *= 2 / temperatureSteps;
  }
  return Math.exp(middle);
}
