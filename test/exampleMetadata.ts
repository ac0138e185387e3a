import type { ModelMetadata } from "../src/model/metadata.ts";

/** What a model file says of itself, for a network that learnt nothing. */
export function exampleMetadata(network: ModelMetadata["network"], name = "tiny"): ModelMetadata {
  const { channels, width, height } = network.input;
  return {
    schemaVersion: 1,
    name,
    domain: "noise",
    labels: ["real", "fake"],
    input: {
      representation: { name: "rgb", options: {} },
      width,
      height,
      kernel: "box",
      fit: "resize",
      mean: new Array<number>(channels).fill(0),
      deviation: new Array<number>(channels).fill(1),
    },
    decoder: "none",
    network,
    calibration: { kind: "temperature", priorShift: 0, parameters: { temperature: 2 } },
    thresholds: { real: 0.2, fake: 0.8, bestAccuracy: 0.5 },
    operatingPoint: {
      maxFpr: 0.01,
      falseAlarmRate: { value: 0, low: 0, high: 0.03, n: 100 },
      recall: { undefinedBecause: "no fakes" },
    },
    training: {
      dataset: "noise",
      manifestSha256: "0",
      protocol: "raw",
      split: { kind: "grouped", seed: 1, naive: false },
      samples: [{ sha256: "a", group: "g", part: "train" }],
    },
    recipe: {},
    provenance: { assay: "0", createdAt: "2026-01-01T00:00:00Z", seed: 1, runtime: "test" },
  };
}
