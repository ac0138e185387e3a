import * as by from "../metrics/classification.ts";
import type { RankedJudged } from "../metrics/pairedBootstrap.ts";
import { missingClass, noPictures, type Value } from "../metrics/ranked.ts";
import { type ComparedMetric, comparedMetrics } from "../report/compare/comparisonData.ts";

/** Shares that can be perfect: there all resamples agree, and a bootstrap would claim certainty. */
export const shares: readonly ComparedMetric[] = comparedMetrics.filter(
  (name) => !["loss", "brier", "brierSkill", "ece"].includes(name),
);

/** Largest false-alarm rates: of the partial area, and of the recall. */
const [partialLimit, recallLimit] = [0.05, 0.01];
/** Of the expected calibration error. */
const bins = 15;

/** What no resample changes, by row; the last of equal probabilities ends a step of the curves. */
interface Prepared {
  readonly loss: Float64Array;
  readonly squared: Float64Array;
  readonly bin: Uint8Array;
  readonly ends: Uint8Array;
  /** 2 label + called */
  readonly cell: Uint8Array;
}
const known = new WeakMap<Float64Array, Prepared>();

/**
 * Every metric of a comparison. Where the pictures were answered by several models (folds), metrics of the ranking are
 * those of each model's own pictures, averaged by their fakes: models that were calibrated on few fakes disagree in
 * scale, and a ranking across them would count that as confusion, which no user of one model ever meets.
 *
 * @param budget share of the pictures that are reviewed, 0..1
 */
export function comparedStatistics(sample: RankedJudged, budget: number): Record<ComparedMetric, Value> {
  return { ...rankingStatistics(sample, budget), ...pictureStatistics(sample) };
}

const rankingMetrics = ["rocAuc", "prAuc", "partialRocAuc", "recallAtFpr1", "recallAtBudget"] as const;
type RankingMetric = (typeof rankingMetrics)[number];

/** Of the ranking alone. */
export function rankingStatistics(sample: RankedJudged, budget: number): Record<RankingMetric, Value> {
  return (sample.models && rankingOfEach(sample, sample.models, budget)) ?? rankingOf(sample, budget);
}

/** Undefined where no model has pictures of both classes: the metrics of all together say why. */
function rankingOfEach(
  sample: RankedJudged,
  models: Uint8Array,
  budget: number,
): Record<RankingMetric, number> | undefined {
  const sums = { rocAuc: 0, prAuc: 0, partialRocAuc: 0, recallAtFpr1: 0, recallAtBudget: 0 };
  let fakes = 0;
  for (const { rows, labels, probabilities } of partsOf(sample, models)) {
    const weights = new Float64Array(rows.length);
    let fake = 0;
    for (let i = 0; i < rows.length; i++) {
      weights[i] = sample.weights[rows[i]!]!;
      fake += labels[i]! * weights[i]!;
    }
    const own = rankingOf({ labels, probabilities, weights }, budget);
    if (typeof own.rocAuc !== "number") continue;
    fakes += fake;
    for (const name of rankingMetrics) sums[name] += fake * (own[name] as number);
  }
  if (fakes === 0) return undefined;
  for (const name of rankingMetrics) sums[name] /= fakes;
  return sums;
}

interface PartOfModel {
  readonly rows: Uint32Array;
  readonly labels: Uint8Array;
  readonly probabilities: Float64Array;
}
const parted = new WeakMap<Float64Array, readonly PartOfModel[]>();

/** Each model's pictures, in their order; found once for all resamples. */
function partsOf({ labels, probabilities }: RankedJudged, models: Uint8Array): readonly PartOfModel[] {
  const found = parted.get(probabilities);
  if (found !== undefined) return found;
  const parts = [...new Set(models)].map((model): PartOfModel => {
    const rows = Uint32Array.from([...models.keys()].filter((row) => models[row] === model));
    return {
      rows,
      labels: Uint8Array.from(rows, (row) => labels[row]!),
      probabilities: Float64Array.from(rows, (row) => probabilities[row]!),
    };
  });
  parted.set(probabilities, parts);
  return parts;
}

/**
 * All pictures in one pass, here and below: the very values of the room metrics (a test holds them together), thirty
 * times as fast, for thousands of resamples.
 *
 * @param budget share of the pictures that are reviewed, 0..1
 */
function rankingOf(sample: RankedJudged, budget: number): Record<RankingMetric, Value> {
  const { labels, probabilities, weights } = sample;
  const { ends } = known.get(probabilities) ?? prepare(sample);
  const { real, fake } = countWeights(sample);
  let tp = 0;
  let fp = 0;
  let lastTp = 0;
  let lastFp = 0;
  let area = 0;
  let partial = 0;
  let precisionSum = 0;
  let atFpr = 0;
  let atBudget = 0;
  // Beyond it the curve's first stretch is over: a bound with room for rounding, so that most rows divide nothing.
  const stretch = 2 * partialLimit * real;
  // Weights are no whole numbers: a budget that is met to the picture must not be missed by a last bit.
  const reviewed = budget * (fake + real) * (1 + 1e-12);
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 1) tp += weights[i]!;
    else fp += weights[i]!;
    if (ends[i] === 0 || (tp === lastTp && fp === lastFp)) continue;
    area += (fp - lastFp) * (tp + lastTp);
    if (tp > lastTp) precisionSum += ((tp - lastTp) * tp) / (tp + fp);
    if (lastFp <= stretch) {
      const from = lastFp / real;
      const to = fp / real;
      const end = Math.min(to, partialLimit);
      if (from < partialLimit && end > from) {
        const recallAtEnd = (lastTp + ((tp - lastTp) * (end - from)) / (to - from)) / fake;
        partial += ((end - from) * (recallAtEnd + lastTp / fake)) / 2;
      }
      if (to <= recallLimit) atFpr = tp / fake;
    }
    if (tp + fp <= reviewed) atBudget = tp / fake;
    lastTp = tp;
    lastFp = fp;
  }
  const missing = missingClass({ real, fake });
  const chance = partialLimit ** 2 / 2;
  return {
    rocAuc: missing ?? area / (2 * real * fake),
    prAuc: missing ?? precisionSum / fake,
    partialRocAuc: missing ?? (1 + (partial - chance) / (partialLimit - chance)) / 2,
    recallAtFpr1: missing ?? atFpr,
    recallAtBudget: missing ?? atBudget,
  };
}

/** What each picture counts by itself, whatever the others' places. */
function pictureStatistics(sample: RankedJudged): Record<Exclude<ComparedMetric, RankingMetric>, Value> {
  const { probabilities, weights, called } = sample;
  const { cell } = known.get(probabilities) ?? prepare(sample);
  const counts = new Float64Array(4);
  for (let i = 0; i < cell.length; i++) counts[cell[i]!]! += weights[i]!;
  const { real, fake } = countWeights(sample);
  const missing = missingClass({ real, fake });
  const rate = fake / (real + fake);
  const { loss, brier, ece } = probabilityStatistics(sample);
  return {
    ...verdicts(counts, called !== undefined),
    loss,
    brier,
    brierSkill: missing ?? 1 - (brier as number) / (rate * (1 - rate)),
    ece,
  };
}

function countWeights({ labels, weights }: RankedJudged): { real: number; fake: number } {
  let real = 0;
  let fake = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 1) fake += weights[i]!;
    else real += weights[i]!;
  }
  return { real, fake };
}

/** Of probabilities alone, whoever answered. */
export function probabilityStatistics(sample: RankedJudged): Record<"loss" | "brier" | "ece", Value> {
  const { labels, probabilities, weights } = sample;
  const { loss, squared, bin } = known.get(probabilities) ?? prepare(sample);
  const excess = new Float64Array(bins);
  let all = 0;
  let lossSum = 0;
  let squaredSum = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = weights[i]!;
    all += weight;
    lossSum += weight * loss[i]!;
    squaredSum += weight * squared[i]!;
    excess[bin[i]!]! += weight * (labels[i]! - probabilities[i]!);
  }
  if (all === 0) return { loss: noPictures, brier: noPictures, ece: noPictures };
  const ece = excess.reduce((sum, off) => sum + Math.abs(off) / all, 0);
  return { loss: lossSum / all, brier: squaredSum / all, ece };
}

/** By each picture's own threshold: every fold has one. */
function verdicts(counts: Float64Array, isCalled: boolean) {
  const [tn, fp, fn, tp] = counts as unknown as [number, number, number, number];
  const matrix: by.ConfusionMatrix = [
    [tn, fp],
    [fn, tp],
  ];
  const uncalled = { undefinedBecause: "no threshold was chosen" };
  const of = (value: () => Value): Value => (isCalled ? value() : uncalled);
  return {
    precision: of(() => by.precision(matrix)),
    recall: of(() => by.recall(matrix)),
    specificity: of(() => by.specificity(matrix)),
    f1: of(() => by.f1(matrix)),
    geometricMean: of(() => by.geometricMean(matrix)),
    indexBalancedAccuracy: of(() => by.indexBalancedAccuracy(matrix)),
    balancedAccuracy: of(() => by.balancedAccuracy(matrix)),
    accuracy: of(() => by.accuracy(matrix)),
  };
}

function prepare({ labels, probabilities, called }: RankedJudged): Prepared {
  const n = labels.length;
  const prepared = {
    loss: new Float64Array(n),
    squared: new Float64Array(n),
    bin: new Uint8Array(n),
    ends: new Uint8Array(n),
    cell: new Uint8Array(n),
  };
  for (let i = 0; i < n; i++) {
    const p = probabilities[i]!;
    const clipped = Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON);
    prepared.loss[i] = -Math.log(labels[i] === 1 ? clipped : 1 - clipped);
    prepared.squared[i] = (p - labels[i]!) ** 2;
    prepared.bin[i] = Math.max(0, Math.ceil(p * bins) - 1);
    prepared.cell[i] = 2 * labels[i]! + (called?.[i] ?? 0);
    prepared.ends[i] = probabilities[i + 1] === p ? 0 : 1;
  }
  known.set(probabilities, prepared);
  return prepared;
}
