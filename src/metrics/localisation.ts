import type { Estimate } from "../core/estimate.ts";
import type { Rng } from "../core/rng.ts";
import type { Part, Samples } from "../core/sample.ts";
import { bootstrapMeans } from "./bootstrapMeans.ts";
import {
  centreSigma,
  f1Curve,
  firstLevelFrom,
  levelStart,
  measurePixels,
  type PixelCounts,
  scoreLevels,
  total,
} from "./pixelCounts.ts";

declare const part: unique symbol;

/** Pixel counts of the pictures of one part; the part is in the type, as in Scores. */
export type PartCounts<S extends Part = Part> = readonly PixelCounts[] & { readonly [part]: S };

/** One entry a sample; throws RangeError on a wrong count. */
export function partCountsOf<S extends Part>(samples: Samples<S>, counts: readonly PixelCounts[]): PartCounts<S> {
  if (samples.length !== counts.length)
    throw new RangeError(`${samples.length} samples need as many pixel counts, not ${counts.length}.`);
  return counts as PartCounts<S>;
}

/** The threshold, the beginning of a level, with the best mean F1 over validation's fakes; of equals the highest. Undefined without masks. */
export function choosePixelThreshold(validation: PartCounts<"validation">): number | undefined {
  return bestCommonThreshold(validation);
}

function bestCommonThreshold(pictures: readonly PixelCounts[]): number | undefined {
  const sums = new Float64Array(scoreLevels);
  const edited = pictures.filter((counts) => total(counts.edited) > 0);
  for (const counts of edited)
    f1Curve(counts).forEach((f1, level) => {
      sums[level]! += f1;
    });
  if (edited.length === 0) return undefined;
  let best = 0;
  sums.forEach((sum, level) => {
    if (sum >= sums[best]!) best = level;
  });
  return levelStart(best);
}

/** One picture of an evaluation; a genuine one has no edited pixels. */
export interface LocalisedPicture {
  readonly label: 0 | 1;
  readonly group: string;
  readonly counts: PixelCounts;
  /** The same cells scored by the centre prior; of fakes. */
  readonly centre?: PixelCounts;
  /** The same cells, marked wherever text stands; of fakes. */
  readonly text?: PixelCounts;
}

export interface PixelEstimates {
  readonly pixelF1: Estimate;
  readonly bestPixelF1: Estimate;
  readonly iou: Estimate;
  readonly pixelAuc: Estimate;
}

/** Means over the fakes that have a mask, with 95 % intervals from resampled groups. */
export interface Localisation extends PixelEstimates {
  /** Fakes with a mask that calls something edited. */
  readonly n: number;
  /** That pixelF1 and iou stand on; where it is undefined, so are they. */
  readonly threshold: number | { readonly undefinedBecause: string };
  /** A fixed Gaussian in the middle of every picture, at the one threshold that suits these very pictures best. */
  readonly centrePrior: PixelEstimates & { readonly sigma: number; readonly threshold: number };
  /** Every line of text marked, edited or not, at the one threshold that suits best: how far knowing where edits can be goes. */
  readonly textPrior: PixelEstimates & { readonly threshold: number };
  /** Everything called edited: 2 p / (1 + p) where p is the edited share. */
  readonly allOnes: PixelEstimates;
  /** On genuine pictures, the share of pixels at or above the threshold: all of them are false. */
  readonly calledEditedOnGenuine: Estimate;
}

/** Undefined where no fake has a mask. */
export function measureLocalisation(
  pictures: readonly LocalisedPicture[],
  {
    threshold,
    rng,
    replicates,
  }: { readonly threshold: number | undefined; readonly rng: Rng; readonly replicates?: number },
): Localisation | undefined {
  const fakes = pictures.filter(({ label, counts }) => label === 1 && total(counts.edited) > 0);
  if (fakes.length === 0) return undefined;
  const options = { rng, ...(replicates === undefined ? {} : { replicates }) };
  const groups = fakes.map(({ group }) => group);
  const means = (counts: readonly PixelCounts[], at: number) => {
    const figures = counts.map((one) => measurePixels(one, at));
    const names = ["pixelF1", "bestPixelF1", "iou", "pixelAuc"] as const;
    const values = Object.fromEntries(names.map((name) => [name, figures.map((figure) => figure[name])]));
    return bootstrapMeans(values as Record<(typeof names)[number], (number | undefined)[]>, groups, options);
  };
  const centre = fakes.map((fake) => fake.centre ?? onOneLevel(fake.counts));
  const centreThreshold = bestCommonThreshold(centre) ?? 0;
  const text = fakes.map((fake) => fake.text ?? onOneLevel(fake.counts));
  const textThreshold = bestCommonThreshold(text) ?? 0;
  const own = means(
    fakes.map(({ counts }) => counts),
    threshold ?? 1,
  );
  const unknown = { undefinedBecause: "no validation pictures with masks to choose a pixel threshold on" };
  const genuine = pictures.filter(({ label }) => label === 0);
  return {
    n: fakes.length,
    threshold: threshold ?? unknown,
    ...own,
    ...(threshold === undefined ? { pixelF1: unknown, iou: unknown } : {}),
    centrePrior: { ...means(centre, centreThreshold), sigma: centreSigma, threshold: centreThreshold },
    textPrior: { ...means(text, textThreshold), threshold: textThreshold },
    allOnes: means(
      fakes.map(({ counts }) => onOneLevel(counts)),
      0,
    ),
    calledEditedOnGenuine:
      threshold === undefined
        ? unknown
        : bootstrapMeans(
            { share: genuine.map(({ counts }) => shareFrom(counts, threshold)) },
            genuine.map(({ group }) => group),
            options,
          ).share,
  };
}

/** Every pixel at the highest level: what a map of ones counts. */
function onOneLevel({ edited, untouched }: PixelCounts): PixelCounts {
  const top = (sum: number) => Float64Array.from({ length: scoreLevels }, (_, i) => (i === scoreLevels - 1 ? sum : 0));
  return { edited: top(total(edited)), untouched: top(total(untouched)) };
}

function shareFrom({ edited, untouched }: PixelCounts, threshold: number): number {
  const from = firstLevelFrom(threshold);
  const above = total(edited.subarray(from)) + total(untouched.subarray(from));
  return above / (total(edited) + total(untouched));
}
