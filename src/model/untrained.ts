import { createRng } from "../core/rng.ts";
import { createTrainer, type NetworkRecipe } from "../nn/network.ts";
import type { InputRecipe } from "../representations/input.ts";
import { uncalibrated } from "./calibration.ts";
import type { ModelMetadata } from "./metadata.ts";
import { saveModel } from "./modelFile.ts";

interface UntrainedModel {
  readonly network: NetworkRecipe;
  readonly input: InputRecipe;
  readonly decoder: string;
  readonly gate?: "screenshot";
}

/** A model file with random weights and invented thresholds, for tests and benches: its answers mean nothing. */
export async function saveUntrained(path: string, { network, input, decoder, gate }: UntrainedModel): Promise<void> {
  const invented = { value: 0.1, low: 0, high: 0.2, n: 10 };
  const metadata: ModelMetadata = {
    schemaVersion: 1,
    name: "untrained",
    domain: "nothing",
    labels: ["real", "fake"],
    input,
    decoder,
    ...(gate !== undefined && { gate }),
    network: network as ModelMetadata["network"],
    calibration: uncalibrated,
    thresholds: { real: 0.4, fake: 0.6, bestAccuracy: 0.5 },
    operatingPoint: { maxFpr: 0.1, falseAlarmRate: invented, recall: invented },
    training: {
      dataset: "none",
      manifestSha256: "0".repeat(64),
      protocol: "raw",
      split: { kind: "grouped", seed: 1, naive: false },
      samples: [],
    },
    recipe: {},
    provenance: { assay: "0", createdAt: "2026-11-20T00:00:00.000Z", seed: 1, runtime: "none" },
  };
  const trainer = await createTrainer(network, {
    batchSize: 2,
    loss: { name: "crossEntropy", options: {} },
    optimizer: { name: "sgd", options: {} },
    rng: createRng(1),
  });
  await saveModel(path, trainer.tensors(), metadata);
  await trainer.release();
}
