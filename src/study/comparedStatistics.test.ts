import { expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { brier, brierSkill, expectedCalibrationError, logLoss } from "../metrics/calibration.ts";
import * as by from "../metrics/classification.ts";
import { averagePrecision, partialRocAuc, recallAtBudget, recallAtFpr, rocAuc } from "../metrics/curves.ts";
import { rank, type Value } from "../metrics/ranked.ts";
import { comparedStatistics, probabilityStatistics } from "./comparedStatistics.ts";

it.each(["weighted", "with ties", "resampled", "no fake"])("one pass gives what the room metrics does: %s", (kind) => {
  const rng = createRng(kind);
  const n = 500;
  const labels = Uint8Array.from({ length: n }, (_, i) => (i % 7 === 0 && kind !== "no fake" ? 1 : 0));
  const probabilities = Float64Array.from(labels, (label) => {
    const p = Math.min(1, Math.max(0, 0.3 * label + 0.7 * rng.uniform()));
    return kind === "with ties" ? Math.round(10 * p) / 10 : p;
  });
  const ranked = rank({ labels, probabilities });
  const weights = ranked.weights.map((_, i) =>
    kind === "resampled" ? rng.integer(3) : ranked.labels[i] === 1 ? 0.37 : 1,
  );
  const threshold = 0.6;
  const sample = { ...ranked, weights, called: Uint8Array.from(ranked.probabilities, (p) => (p >= threshold ? 1 : 0)) };
  const matrix = by.confusionAt(sample, threshold);
  const expected: Record<string, Value> = {
    rocAuc: rocAuc(sample),
    prAuc: averagePrecision(sample),
    partialRocAuc: partialRocAuc(sample, 0.05),
    recallAtFpr1: recallAtFpr(sample, 0.01),
    recallAtBudget: recallAtBudget(sample, 0.05),
    precision: by.precision(matrix),
    recall: by.recall(matrix),
    specificity: by.specificity(matrix),
    f1: by.f1(matrix),
    geometricMean: by.geometricMean(matrix),
    indexBalancedAccuracy: by.indexBalancedAccuracy(matrix),
    balancedAccuracy: by.balancedAccuracy(matrix),
    accuracy: by.accuracy(matrix),
    loss: logLoss(sample),
    brier: brier(sample),
    brierSkill: brierSkill(sample),
    ece: expectedCalibrationError(sample),
  };
  const found = { ...comparedStatistics(sample, 0.05), ...(kind === "weighted" ? probabilityStatistics(sample) : {}) };
  for (const [name, value] of Object.entries(expected)) {
    const own = found[name as keyof typeof found];
    if (typeof value === "number") expect(own, name).toBeCloseTo(value, 10);
    else expect(own, name).toEqual(value);
  }
});

it("ranks the pictures of each model by themselves, and weighs models by their fakes", () => {
  const rng = createRng("models");
  const models = Uint8Array.from({ length: 600 }, (_, i) => (i < 200 ? 0 : 1));
  const labels = Uint8Array.from(models, (_, i) => (i % 5 === 0 ? 1 : 0));
  // The second model says of everything half of what the first says: alone each ranks as before.
  const probabilities = Float64Array.from(
    models,
    (model, i) => Math.min(1, 0.3 * labels[i]! + 0.7 * rng.uniform()) / (1 + model),
  );
  const order = [...models.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!);
  const sample = { ...rank({ labels, probabilities }), models: Uint8Array.from(order, (i) => models[i]!) };
  const own = [0, 1].map((model) => {
    const rows = [...models.keys()].filter((i) => models[i] === model);
    return rank({
      labels: Uint8Array.from(rows, (i) => labels[i]!),
      probabilities: Float64Array.from(rows, (i) => probabilities[i]!),
    });
  });
  const [first, second] = own.map((part) => averagePrecision(part) as number) as [number, number];
  const found = comparedStatistics(sample, 0.05);
  expect(found.prAuc).toBeCloseTo((40 * first + 80 * second) / 120, 10);
  expect(found.rocAuc).toBeGreaterThan((rocAuc(sample) as number) + 0.02);
  expect(found.brier).toBeCloseTo(brier(sample) as number, 10);
});
