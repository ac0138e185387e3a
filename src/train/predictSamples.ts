import type { Sample } from "../core/sample.ts";
import type { Preparer } from "../data/batches.ts";
import { type TrainedLogits, trainedLogits } from "../imbalance/posterior.ts";

/** Anything that turns rows of inputs into logits: a trainer, or an opened model. */
export interface Predictor {
  /** x [rows, channels, height, width] -> [rows] */
  predict(x: Float32Array, rows: number): Promise<Float32Array>;
}

/** The logit of every sample, in their order; no augmentation. No probabilities before `correctPrior`. */
export async function predictSamples(
  predictor: Predictor,
  preparer: Preparer,
  samples: readonly Sample[],
  batchSize: number,
  onBatch: (done: number) => void = () => {},
): Promise<TrainedLogits> {
  const logits = new Float64Array(samples.length);
  let done = 0;
  for await (const { x, labels } of preparer.batches(samples, { size: batchSize, shuffle: false, dropLast: false })) {
    logits.set(await predictor.predict(x, labels.length), done);
    done += labels.length;
    onBatch(done);
  }
  return trainedLogits(logits);
}
