import { describe, expect, it } from "vitest";
import fc from "../../test/fc.ts";
import golden from "../../test/golden/metrics/localisation.json" with { type: "json" };
import { type Estimate, isDefined } from "../core/estimate.ts";
import { createRng } from "../core/rng.ts";
import type { Sample, Samples } from "../core/sample.ts";
import { bootstrapMeans } from "./bootstrapMeans.ts";
import { falseAlarmBound } from "./falseAlarmBound.ts";
import { choosePixelThreshold, measureLocalisation, partCountsOf } from "./localisation.ts";
import { type Cells, centrePriorAt, countPixels, levelStart, measurePixels, type PixelCounts } from "./pixelCounts.ts";

type Golden = (typeof golden.pictures)[number];
const side = 8;

/** The cells of a golden picture: how many pixels each has, and how many of them lie in the box. */
function cellsOf({ width, height, box, cells }: Golden): Cells {
  const [left, top, boxWidth, boxHeight] = box as [number, number, number, number];
  const columns = Math.ceil(width / side);
  const overlap = (from: number, to: number, low: number, high: number) =>
    Math.max(0, Math.min(to, high) - Math.max(from, low));
  const of = (x0: number, y0: number, x1: number, y1: number) =>
    Float32Array.from(cells, (_, i) => {
      const [x, y] = [side * (i % columns), side * Math.floor(i / columns)];
      return overlap(x, Math.min(width, x + side), x0, x1) * overlap(y, Math.min(height, y + side), y0, y1);
    });
  return {
    score: Float32Array.from(cells),
    edited: of(left, top, left + boxWidth, top + boxHeight),
    pixels: of(0, 0, width, height),
  };
}

describe.each(golden.pictures)("a map as scikit-learn measures it, $width x $height", (picture) => {
  const counts = countPixels(cellsOf(picture));

  it.each(picture.at)("at $threshold", ({ threshold, f1, iou }) => {
    const figures = measurePixels(counts, threshold);
    expect(figures.pixelF1).toBeCloseTo(f1, 11);
    expect(figures.iou).toBeCloseTo(iou, 11);
  });

  it("best F1, AUC, and a map of ones", () => {
    const { bestPixelF1, pixelAuc } = measurePixels(counts, 0.5);
    expect(bestPixelF1).toBeCloseTo(picture.best, 11);
    if (picture.auc === null) expect(pixelAuc).toBeUndefined();
    else expect(pixelAuc).toBeCloseTo(picture.auc, 11);
    expect(measurePixels(counts, 0).pixelF1).toBeCloseTo(picture.allOnes, 11);
  });
});

it("bounds false alarms as scipy's beta distribution does", () => {
  for (const { alarms, n, atMost } of golden.bounds) expect(falseAlarmBound(alarms, n)).toBeCloseTo(atMost, 10);
  expect(falseAlarmBound(0, 299)).toBeLessThanOrEqual(0.01);
  expect(falseAlarmBound(0, 298)).toBeGreaterThan(0.01);
  expect(falseAlarmBound(0, 0)).toBe(1);
});

const arbitraryCells = fc
  .array(fc.record({ score: fc.double({ min: 0, max: 1, noNaN: true }), edited: fc.integer({ min: 0, max: 64 }) }), {
    minLength: 2,
    maxLength: 40,
  })
  .filter((cells) => cells.some(({ edited }) => edited > 0) && cells.some(({ edited }) => edited < 64))
  .map((cells) => ({
    score: Float32Array.from(cells, ({ score }) => score),
    edited: Float32Array.from(cells, ({ edited }) => edited),
    pixels: new Float32Array(cells.length).fill(64),
  }));

it("gives the figures of the whole map, pixel by pixel", () => {
  fc.assert(
    fc.property(arbitraryCells, fc.integer({ min: 0, max: 255 }), (cells, level) => {
      // Every pixel of every cell with its cell's score, rounded down to a 256th.
      const pixels = Array.from(cells.score, (score, i) =>
        Array.from({ length: 64 }, (_, k) => ({
          edited: k < cells.edited[i]!,
          score,
        })),
      ).flat();
      const threshold = levelStart(level);
      const [tp, fp, fn] = [
        pixels.filter(({ edited, score }) => edited && score >= threshold).length,
        pixels.filter(({ edited, score }) => !edited && score >= threshold).length,
        pixels.filter(({ edited, score }) => edited && score < threshold).length,
      ];
      const figures = measurePixels(countPixels(cells), threshold);
      expect(figures.pixelF1).toBeCloseTo((2 * tp) / (2 * tp + fp + fn), 12);
      expect(figures.iou).toBeCloseTo(tp / (tp + fp + fn), 12);
    }),
    { numRuns: 60 },
  );
});

it("knows that AUC heeds the order alone, and turns round with it", () => {
  const auc = (cells: Cells) => measurePixels(countPixels(cells), 0.5).pixelAuc!;
  // Scores in the middle of a level, so that a shift of logits keeps levels apart and 1 - score keeps ties.
  const middle = (level: number) => 1 / (1 + Math.exp((127.5 - level) / 12));
  const leveled = arbitraryCells.map((cells) => ({
    ...cells,
    score: cells.score.map((score) => middle(64 + Math.floor(127 * score))),
  }));
  const raised = (score: number) => 1 / (1 + Math.exp(Math.log(1 / score - 1) - 20 / 12));
  fc.assert(
    fc.property(leveled, (cells) => {
      expect(auc({ ...cells, score: cells.score.map(raised) })).toBeCloseTo(auc(cells), 12);
      expect(auc({ ...cells, score: cells.score.map((score) => 1 - score) })).toBeCloseTo(1 - auc(cells), 12);
    }),
    { numRuns: 60 },
  );
});

describe("an evaluation of maps", () => {
  const known = (estimate: Estimate) => {
    if (!isDefined(estimate)) throw new Error(estimate.undefinedBecause);
    return estimate.value;
  };
  const rng = createRng("localisation");
  /** A map of 20 cells, 3 of them edited, that is right by `strength`. */
  const counted = (strength: number, name: string): PixelCounts => {
    const own = rng.fork(name);
    const truth = Array.from({ length: 20 }, (_, i) => (i < 3 ? 64 : 0));
    return countPixels({
      score: Float32Array.from(truth, (edited) =>
        Math.min(1, Math.max(0, 0.3 + 0.1 * own.normal() + (edited > 0 ? strength : 0))),
      ),
      edited: Float32Array.from(truth),
      pixels: new Float32Array(20).fill(64),
    });
  };
  const genuine = {
    edited: new Float64Array(256),
    untouched: Float64Array.from({ length: 256 }, (_, i) => (i === 100 ? 90 : i === 150 ? 10 : 0)),
  };
  const pictures = [
    ...Array.from({ length: 30 }, (_, i) => ({ label: 1 as const, group: `g${i % 10}`, counts: counted(0.4, `${i}`) })),
    ...Array.from({ length: 4 }, (_, i) => ({ label: 0 as const, group: `r${i}`, counts: genuine })),
  ];

  it("sets the model beside a centre prior and a map of ones", () => {
    const found = measureLocalisation(pictures, { threshold: 0.5, rng, replicates: 200 })!;
    expect(found.n).toBe(30);
    for (const estimate of [
      found.pixelF1,
      found.bestPixelF1,
      found.iou,
      found.pixelAuc,
      found.allOnes.pixelF1,
      found.centrePrior.pixelAuc,
    ]) {
      if (!isDefined(estimate)) throw new Error(estimate.undefinedBecause);
      expect(estimate.low).toBeLessThanOrEqual(estimate.value);
      expect(estimate.high).toBeGreaterThanOrEqual(estimate.value);
    }
    const share = 3 / 20;
    expect(found.allOnes.pixelF1).toMatchObject({ value: expect.closeTo((2 * share) / (1 + share), 12) });
    expect(found.allOnes.pixelAuc).toMatchObject({ value: 0.5 });
    expect(isDefined(found.pixelF1) && found.pixelF1.value).toBeGreaterThan(0.8);
    expect(found.calledEditedOnGenuine).toMatchObject({ value: expect.closeTo(0.1, 12), n: 4 });
  });

  it("sets the model beside all text marked: no better than ones where nothing is known of the text", () => {
    const blind = measureLocalisation(pictures, { threshold: 0.5, rng, replicates: 50 })!;
    expect(blind.textPrior.pixelF1).toMatchObject({ value: known(blind.allOnes.pixelF1) });
    const marked = pictures.map((one) => (one.label === 1 ? { ...one, text: counted(1, "text") } : one));
    const { textPrior } = measureLocalisation(marked, { threshold: 0.5, rng, replicates: 50 })!;
    expect(known(textPrior.bestPixelF1)).toBeGreaterThan(known(blind.textPrior.bestPixelF1) + 0.2);
    expect(textPrior.threshold).toBeGreaterThan(0);
  });

  it("says why there is no F1 without a threshold, and nothing of pictures without masks", () => {
    const found = measureLocalisation(pictures, { threshold: undefined, rng, replicates: 50 })!;
    expect(found.pixelF1).toEqual({ undefinedBecause: expect.stringMatching(/validation/) });
    expect(isDefined(found.bestPixelF1)).toBe(true);
    expect(measureLocalisation(pictures.slice(30), { threshold: 0.5, rng })).toBeUndefined();
  });

  it("chooses the threshold with the best mean F1 on validation", () => {
    const counts = pictures.slice(0, 30).map((picture) => picture.counts);
    const samples = counts.map((_, i): Sample => ({ path: `${i}`, sha256: `${i}`, label: "fake", group: `${i}` }));
    const validation = samples as readonly Sample[] as Samples<"validation">;
    const threshold = choosePixelThreshold(partCountsOf(validation, counts))!;
    const mean = (at: number) => counts.reduce((sum, one) => sum + measurePixels(one, at).pixelF1, 0) / counts.length;
    for (let level = 0; level < 256; level++)
      expect(mean(threshold)).toBeGreaterThanOrEqual(mean(levelStart(level)) - 1e-12);
    // @ts-expect-error thresholds are chosen on validation and on nothing else
    choosePixelThreshold(partCountsOf(samples as readonly Sample[] as Samples<"test">, counts));
    expect(choosePixelThreshold(partCountsOf([] as readonly Sample[] as Samples<"validation">, []))).toBeUndefined();
  });
});

it("has the middle of the picture as the summit of the centre prior", () => {
  const size = { width: 100, height: 200 };
  expect(centrePriorAt(50, 100, size)).toBe(1);
  expect(centrePriorAt(75, 100, size)).toBeCloseTo(Math.exp(-0.5), 12);
  expect(centrePriorAt(50, 50, size)).toBeCloseTo(Math.exp(-0.5), 12);
});

it("draws whole groups for the interval of a mean", () => {
  const values = Array.from({ length: 200 }, (_, i) => i % 2);
  const rng = createRng("means");
  const alone = bootstrapMeans(
    { mean: values },
    values.map((_, i) => `${i}`),
    { rng },
  ).mean;
  // Two values a group, alike: half as many trials.
  const pairs = bootstrapMeans(
    { mean: values },
    values.map((v, i) => `${v}/${Math.floor(i / 8)}`),
    { rng },
  ).mean;
  if (!isDefined(alone) || !isDefined(pairs)) throw new Error("no interval");
  expect(alone.high - alone.low).toBeCloseTo(2 * 1.96 * (0.5 / Math.sqrt(200)), 1);
  expect(pairs.high - pairs.low).toBeGreaterThan(1.5 * (alone.high - alone.low));
  expect(bootstrapMeans({ mean: [undefined, 1] }, ["a", "b"], { rng }).mean).toEqual({
    undefinedBecause: expect.stringMatching(/resamples/),
  });
});
