import { describe, expect, it } from "vitest";
import { exampleMetadata } from "../../test/exampleMetadata.ts";
import type { Sample, Samples } from "../core/sample.ts";
import { correctPrior, trainedLogits } from "../imbalance/posterior.ts";
import { calibrators } from "../metrics/calibrators/index.ts";
import { logitsOf } from "../metrics/scores.ts";
import {
  type CalibrationKind,
  calibrationKinds,
  describeCalibration,
  fitCalibration,
  flatCalibration,
  probabilitiesOf,
  probabilityOf,
} from "./calibration.ts";
import { parseMetadata } from "./metadata.ts";

const values = [-4, -2.5, -1, 0.5, -0.5, 1, 2, 4];
const labels = [0, 0, 0, 0, 1, 1, 0, 1];
const samples = labels.map(
  (label, i): Sample => ({ path: `${i}`, sha256: `${i}`, group: `${i}`, label: label === 1 ? "fake" : "real" }),
) as unknown as Samples<"calibration">;
const shift = { logOdds: 2, exact: true } as const;
const answers = trainedLogits(values);
const fitted = (kind: CalibrationKind) => fitCalibration(kind, samples, answers, shift);
const network = {
  architecture: { name: "logistic", options: {} },
  input: { channels: 3, height: 32, width: 32 },
};

describe.each(calibrationKinds)("calibration by %s", (kind) => {
  it("is the calibrator's, on logits whose prior was put back once", () => {
    const calibrator = calibrators[kind] as unknown as {
      fit(given: unknown): object;
      probability(logit: number, parameters: object): number;
    };
    const corrected = correctPrior(answers, shift);
    const parameters = calibrator.fit(logitsOf(samples, corrected));
    const calibration = fitted(kind);
    expect(calibration).toEqual({ kind, priorShift: 2, parameters });
    const expected = Array.from(corrected, (logit) => calibrator.probability(logit, parameters));
    expect([...probabilitiesOf(answers, calibration)]).toEqual(expected);
    expect(values.map((logit) => probabilityOf(logit, calibration))).toEqual(expected);
  });

  it("goes into a model file and out of it", () => {
    const metadata = { ...exampleMetadata(network), calibration: fitted(kind) };
    expect(parseMetadata("m.onnx", JSON.stringify(metadata))).toEqual(metadata);
    expect(describeCalibration(fitted(kind))).toMatch(
      new RegExp(`^${kind} \\(.*; before it 2.00 is taken off the logit`),
    );
  });
});

describe("a calibration part whose fakes do not stand above genuine pictures", () => {
  const upsideDown = labels.map((label) => (label === 1 ? -3 : 3));
  const told = (kind: (typeof calibrationKinds)[number], logits: number[]) =>
    flatCalibration(fitCalibration(kind, samples, trainedLogits(logits), shift));

  it.each(["platt", "isotonic"] as const)("leaves nothing of the ranking, and is told so: %s", (kind) => {
    expect(told(kind, upsideDown)).toMatch(
      /^The calibration .* every picture has the probability 0\.\d+ .* temperature/,
    );
  });

  it.each(calibrationKinds)("is silent where they do: %s", (kind) => {
    expect(told(kind, values)).toBeUndefined();
  });

  it("keeps the ranking with a temperature", () => {
    expect(told("temperature", upsideDown)).toBeUndefined();
  });
});

describe("model files", () => {
  it("written before there were other calibrations still open", () => {
    const early = { ...exampleMetadata(network), calibration: { temperature: 1.31 } };
    const { calibration } = parseMetadata("m.onnx", JSON.stringify(early));
    expect(calibration).toEqual({ kind: "temperature", priorShift: 0, parameters: { temperature: 1.31 } });
    expect(probabilityOf(1.31, calibration)).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  });

  it("with a calibration that nobody knows are refused", () => {
    const other = { ...exampleMetadata(network), calibration: { kind: "spline", priorShift: 0, parameters: {} } };
    expect(() => parseMetadata("m.onnx", JSON.stringify(other))).toThrow(/m\.onnx does not fit this version/);
  });
});

describe("the type of logits", () => {
  it("lets a correction be neither forgotten nor done twice", () => {
    // @ts-expect-error what a network gives is no list of logits yet
    expect(() => logitsOf(samples, answers)).toThrow();
    const once = correctPrior(answers, shift);
    // @ts-expect-error corrected logits are corrected no more
    expect(() => correctPrior(once, shift)).toThrow();
    // @ts-expect-error nor do they go where the network's own are asked
    expect(() => probabilitiesOf(once, fitted("platt"))).toThrow();
  });
});
