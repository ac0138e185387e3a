import { describe, expect, it } from "vitest";
import { logits } from "../../test/golden/metrics/madeUpScores.ts";
import golden from "../../test/golden/metrics/metrics.json" with { type: "json" };
import {
  brier,
  brierSkill,
  expectedCalibrationError,
  fitTemperature,
  logLoss,
  reliabilityByRank,
  reliabilityCurve,
} from "./calibration.ts";
import * as by from "./classification.ts";
import { classificationReport, formatClassificationReport } from "./classificationReport.ts";
import {
  averagePrecision,
  partialRocAuc,
  precisionRecallCurve,
  recallAtBudget,
  recallAtFpr,
  rocAuc,
  rocCurve,
} from "./curves.ts";
import { formatImbalancedReport, imbalancedReport } from "./imbalancedReport.ts";
import { rank, type Value } from "./ranked.ts";
import { wilson } from "./wilson.ts";

/** null in a golden is an undefined metric, which must say why. */
function expectEqual(name: string, actual: Value, expected: number | null): void {
  if (expected === null) expect(actual, name).toEqual({ undefinedBecause: expect.stringMatching(/\w+ \w+/) });
  else expect(actual, name).toBeCloseTo(expected, 11);
}

type Golden = (typeof golden.cases)[number];

describe.each(golden.cases as Golden[])("as scikit-learn and imbalanced-learn have it: $name", (golden: Golden) => {
  const labels = Uint8Array.from(golden.labels);
  const ranked = rank({ labels, probabilities: Float64Array.from(golden.probabilities) });

  it("metrics of the scores", () => {
    const { metrics } = golden;
    expectEqual("loss", logLoss(ranked), metrics.loss);
    expectEqual("brier", brier(ranked), metrics.brier);
    expectEqual("brierSkill", brierSkill(ranked), metrics.brierSkill);
    expectEqual("ece", expectedCalibrationError(ranked), metrics.ece);
    expectEqual("rocAuc", rocAuc(ranked), metrics.rocAuc);
    expectEqual("prAuc", averagePrecision(ranked), metrics.prAuc);
    expectEqual("recallAtFpr1", recallAtFpr(ranked, 0.01), metrics.recallAtFpr1);
    expectEqual("partialRocAuc5", partialRocAuc(ranked, 0.05), metrics.partialRocAuc5);
  });

  it.each(golden.at as Golden["at"][number][])(
    "metrics at threshold $threshold",
    ({ threshold, metrics, confusionMatrix }) => {
      const matrix = by.confusionAt(ranked, threshold);
      const called = golden.probabilities.map((p) => (p >= threshold ? 1 : 0));
      expect(matrix).toEqual(confusionMatrix);
      expect(by.confusionMatrix(golden.labels, called)).toEqual(confusionMatrix);
      expectEqual("accuracy", by.accuracy(matrix), metrics.accuracy);
      expectEqual("balancedAccuracy", by.balancedAccuracy(matrix), metrics.balancedAccuracy);
      expectEqual("precision", by.precision(matrix), metrics.precision);
      expectEqual("recall", by.recall(matrix), metrics.recall);
      expectEqual("f1", by.f1(matrix), metrics.f1);
      expectEqual("mcc", by.mcc(matrix), metrics.mcc);
      expectEqual("geometricMean", by.geometricMean(matrix), metrics.geometricMean);
      expectEqual("specificity", by.specificity(matrix), metrics.specificity);
      expectEqual("indexBalancedAccuracy", by.indexBalancedAccuracy(matrix), metrics.indexBalancedAccuracy);
    },
  );

  it.each(golden.at as Golden["at"][number][])(
    "the classification report at $threshold, to the character",
    ({ report, confusionMatrix }) => {
      const ours = classificationReport(confusionMatrix as unknown as by.ConfusionMatrix);
      for (const [digits, text] of Object.entries(report)) {
        expect(formatClassificationReport(ours, Number(digits))).toBe(text);
      }
    },
  );

  it.each(golden.at as Golden["at"][number][])(
    "imbalanced-learn's report at $threshold, to the character",
    ({ imbalancedReport: report, confusionMatrix }) => {
      const ours = imbalancedReport(confusionMatrix as unknown as by.ConfusionMatrix);
      for (const [digits, text] of Object.entries(report))
        expect(formatImbalancedReport(ours, Number(digits))).toBe(text);
    },
  );

  it("curves", () => {
    const roc = rocCurve(ranked);
    expect(roc.map((point) => point.threshold)).toEqual(golden.roc.map(([, , t]) => t ?? Number.POSITIVE_INFINITY));
    roc.forEach((point, i) => {
      expect(point.falseAlarmRate).toBeCloseTo(golden.roc[i]![0]!, 12);
      expect(point.recall).toBeCloseTo(golden.roc[i]![1]!, 12);
    });
    const pr = precisionRecallCurve(ranked);
    expect(pr.length).toBe(golden.precisionRecall.length);
    pr.forEach((point, i) => {
      expect(point.precision).toBeCloseTo(golden.precisionRecall[i]![0]!, 12);
      expect(point.recall).toBeCloseTo(golden.precisionRecall[i]![1]!, 12);
    });
    const bins = reliabilityCurve(ranked);
    expect(bins.map((bin) => bin.n)).toEqual(golden.reliability.map(([, , n]) => n));
    bins.forEach((bin, i) => {
      expect(bin.fakeShare).toBeCloseTo(golden.reliability[i]![0]!, 12);
      expect(bin.meanProbability).toBeCloseTo(golden.reliability[i]![1]!, 12);
    });
  });
});

describe("fitTemperature", () => {
  it.each(golden.temperatures)("finds scipy's optimum ($temperature)", ({ labels, logits: values, temperature }) => {
    expect(fitTemperature(logits("calibration", labels, values))).toBeCloseTo(temperature, 5);
  });

  it("stays in its bounds where there is no optimum, and at 1 without both classes", () => {
    expect(fitTemperature(logits("calibration", [0, 0, 1, 1], [-3, -2, 2, 3]))).toBeCloseTo(0.05, 6);
    expect(fitTemperature(logits("calibration", [0, 0, 1, 1], [3, 2, -2, -3]))).toBeCloseTo(20, 6);
    expect(fitTemperature(logits("calibration", [1, 1], [3, 2]))).toBe(1);
    expect(fitTemperature(logits("calibration", [], []))).toBe(1);
  });
});

it.each(golden.wilson)("wilson: %i of %i", (successes, n, low, high) => {
  const estimate = wilson(successes!, n!);
  expect(estimate).toMatchObject({ value: successes! / n!, n });
  expect("low" in estimate && estimate.low).toBeCloseTo(low!, 10);
  expect("high" in estimate && estimate.high).toBeCloseTo(high!, 10);
});

it("a weight counts a sample that often", () => {
  const twice = rank({ labels: Uint8Array.of(1, 1, 0), probabilities: Float64Array.of(0.4, 0.4, 0.6) });
  const weighted = { ...rank({ labels: Uint8Array.of(1, 0, 1), probabilities: Float64Array.of(0.4, 0.6, 0.9) }) };
  const once = { ...weighted, weights: Float64Array.of(0, 1, 2) };
  const all = (r: typeof twice) =>
    [logLoss, brier, brierSkill, rocAuc, averagePrecision, expectedCalibrationError].map((f) => f(r));
  expect(all(once)).toEqual(all(twice));
  expect(rocCurve(once)).toEqual(rocCurve(twice));
  expect(by.confusionAt(once, 0.5)).toEqual(by.confusionAt(twice, 0.5));
});

it("bins of equal counts part no ties, and are those of equal width where both are one", () => {
  const labels = Uint8Array.of(0, 1, 0, 0, 1, 0, 0, 0);
  const ranked = rank({ labels, probabilities: Float64Array.of(0.9, 0.8, 0.5, 0.5, 0.5, 0.2, 0.1, 0.1) });
  const bins = reliabilityByRank(ranked, 4);
  expect(bins.map(({ n }) => n)).toEqual([2, 4, 2]);
  expect(bins.map(({ fakeShare }) => fakeShare)).toEqual([0, 0.25, 0.5]);
  expect(bins[1]).toMatchObject({ low: 0.2, high: 0.5, meanProbability: 0.425 });
  expect(reliabilityByRank(rank({ labels: new Uint8Array(), probabilities: new Float64Array() }))).toEqual([]);
});

describe("recall at a budget of alarms", () => {
  const labels = Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 0, 0, 0);
  const ranked = rank({ labels, probabilities: Float64Array.from(labels, (_, i) => 1 - i / 10) });

  it("counts alarms among all pictures", () => {
    expect([0.05, 0.1, 0.2, 0.3].map((share) => recallAtBudget(ranked, share))).toEqual([0, 0.5, 0.5, 1]);
  });

  it("weighs genuine pictures by the prevalence: at 1:40 one false alarm stands for ten", () => {
    expect([1 / 82, 2 / 82, 11 / 82, 12 / 82].map((share) => recallAtBudget(ranked, share, 40))).toEqual([
      0.5, 0.5, 0.5, 1,
    ]);
  });

  it("is undefined without fakes", () => {
    const real = rank({ labels: Uint8Array.of(0), probabilities: Float64Array.of(0.5) });
    expect(recallAtBudget(real, 0.5)).toMatchObject({ undefinedBecause: expect.any(String) });
  });
});
