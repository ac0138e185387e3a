import { describe, expect, it } from "vitest";
import { exampleMetadata } from "../../test/exampleMetadata.ts";
import { isDefined } from "../core/estimate.ts";
import { createRng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import type { Dataset } from "../data/manifest.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import type { Predictor } from "../train/predictSamples.ts";
import { type EvaluationInput, evaluate } from "./evaluate.ts";
import { prevalenceOf } from "./prevalence.ts";

const rng = createRng("evaluate test");
const samples = Array.from(
  { length: 200 },
  (_, i): Sample => ({
    path: `${i}.png`,
    sha256: i.toString(16).padStart(64, "0"),
    label: i % 4 === 0 ? "fake" : "real",
    group: `g${i >> 1}`,
  }),
);
/** Trained under a prior that was moved by ln 30, and twice too sure. */
const logits = samples.map(({ label }) => {
  const z = (label === "fake" ? 1.3 : -1.3) + rng.normal();
  return Math.log(30) + 2 * (2.6 * z - Math.log(3)); // its posterior is 2.6 z less the odds of 1:3
});
const example = exampleMetadata({
  architecture: { name: "smallcnn", options: {} },
  input: { channels: 3, height: 8, width: 8 },
});
const metadata: ModelMetadata = {
  ...example,
  calibration: { kind: "temperature", priorShift: Math.log(30), parameters: { temperature: 2 } },
  thresholds: { real: 0.2, fake: 0.4, bestAccuracy: 0.5 },
  training: { ...example.training, prevalence: 0.25 },
};
const input: EvaluationInput = {
  predictor: {} as Predictor,
  metadata,
  dataset: { root: ".", samples } as unknown as Dataset,
  scorer: { score: async () => logits.map((logit) => ({ logit })), close: async () => {} },
};
const at = (realPerFake: number, own: Partial<Dataset> = {}) =>
  prevalenceOf(realPerFake, { samples, ...own }, samples, metadata).prevalence;

describe("an evaluation", () => {
  it("as the pictures are", async () => {
    const plain = await evaluate(input, samples, "raw");
    expect(plain.prevalence).toEqual({ share: 0.25, ratio: "1:3", from: "pictures" });
    expect(plain.thresholds).toEqual({ real: 0.2, fake: 0.4 });
    expect(plain.baselines).toMatchObject({ shareOfFakes: 0.25, accuracy: 0.75, brier: 0.1875 });
    expect(plain.budget).toBe(0.01);
  });

  it("says what putting the prior back and calibrating did", async () => {
    const { beforeCalibration, atFake } = await evaluate(input, samples, "raw");
    const loss = [beforeCalibration.raw.loss, beforeCalibration.corrected!.loss, atFake.metrics.loss].map((estimate) =>
      isDefined(estimate) ? estimate.value : Number.NaN,
    );
    expect(loss[0]!).toBeGreaterThan(loss[1]!);
    expect(loss[1]!).toBeGreaterThan(loss[2]!);
    const unmoved = { ...metadata, calibration: { ...metadata.calibration, priorShift: 0 } };
    expect(
      (await evaluate({ ...input, metadata: unmoved }, samples, "raw")).beforeCalibration.corrected,
    ).toBeUndefined();
  });

  it("at a prevalence that was asked for decides as before, and its probabilities fit there", async () => {
    const [plain, rare] = [
      await evaluate(input, samples, "raw"),
      await evaluate({ ...input, prevalence: at(500) }, samples, "raw"),
    ];
    expect(rare.prevalence).toEqual({ share: 1 / 501, ratio: "1:500", from: "asked", movedFrom: 0.25 });
    expect(rare.atFake.confusionMatrix).toEqual(plain.atFake.confusionMatrix);
    expect(rare.atBestAccuracy.confusionMatrix).toEqual(plain.atBestAccuracy.confusionMatrix);
    for (const name of ["recall", "rocAuc", "recallAtFpr1", "specificity"] as const)
      expect(rare.atFake.metrics[name], name).toEqual(plain.atFake.metrics[name]);
    expect(rare.thresholds.fake).toBeLessThan(0.01);
    expect(rare.baselines.accuracy).toBeCloseTo(500 / 501, 12);
    const skill = rare.atFake.metrics.brierSkill;
    expect(isDefined(skill) && skill.value, "moved probabilities have some skill").toBeGreaterThan(0);
    const unmoved = await evaluate({ ...input, prevalence: { share: 1 / 501, from: "asked" } }, samples, "raw");
    const without = unmoved.atFake.metrics.brierSkill;
    expect(isDefined(without) && without.value, "those of 1:3 have none at 1:500").toBeLessThan(0);
  });

  it("of a thinned dataset is weighted to its ratio, with the probabilities that the model gives", async () => {
    const { prevalence } = prevalenceOf(undefined, { samples, realPerFake: 50 }, samples, metadata);
    expect(prevalence).toEqual({ share: 1 / 51, ratio: "1:50", from: "dataset" });
    const thinned = await evaluate({ ...input, prevalence }, samples, "raw");
    const plain = await evaluate(input, samples, "raw");
    expect(thinned.scores.probabilities).toEqual(plain.scores.probabilities);
    expect(thinned.thresholds).toEqual(plain.thresholds);
    expect(thinned.atFake.metrics.precision).not.toEqual(plain.atFake.metrics.precision);
    expect(at(500, { realPerFake: 50 }), "what is asked for goes before it").toMatchObject({ ratio: "1:500" });
  });
});

describe("the share that probabilities were calibrated at", () => {
  const training = {
    ...metadata.training,
    samples: samples.slice(0, 100).map(({ sha256, group }) => ({ sha256, group, part: "train" as const })),
  };
  const { prevalence: _, ...early } = training;

  it("is counted where a model from before does not say it and its pictures are all here", () => {
    const { prevalence, warning } = prevalenceOf(500, { samples }, samples, { training: early });
    expect(prevalence.movedFrom).toBe(0.25);
    expect(warning).toBeUndefined();
  });

  it("is said to be unknown otherwise, and then nothing is moved", () => {
    const { prevalence, warning } = prevalenceOf(500, { samples: samples.slice(1) }, samples, { training: early });
    expect(prevalence).toEqual({ share: 1 / 501, ratio: "1:500", from: "asked" });
    expect(warning).toMatch(/does not say how many of its training pictures were fakes.*1:500/);
  });

  it("has no ratio where there is no fake", () => {
    const real = samples.filter(({ label }) => label === "real");
    expect(prevalenceOf(undefined, { samples }, real, metadata).prevalence).toEqual({ share: 0, from: "pictures" });
  });
});
