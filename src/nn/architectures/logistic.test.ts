import { expect, it } from "vitest";
import { createRng, type Rng } from "../../core/rng.ts";
import { createTrainer } from "../network.ts";

const side = 32;
const rows = 16;

/** Noise; in a fake one corner of it is twice as strong, and the rest weaker, so that the whole has the same strength. */
function pictures(rng: Rng): { x: Float32Array; labels: Float32Array } {
  const x = new Float32Array(rows * side * side);
  const labels = Float32Array.from({ length: rows }, (_, row) => row % 2);
  for (let i = 0; i < x.length; i++) {
    const [row, y, column] = [Math.floor(i / side ** 2), Math.floor(i / side) % side, i % side];
    const strength = labels[row] === 0 ? 1 : y < side / 2 && column < side / 2 ? 1.6 : 0.7;
    x[i] = strength * rng.normal();
  }
  return { x, labels };
}

it("tells an uneven picture from an even one after a second of training", async () => {
  const rng = createRng("logistic");
  const recipe = {
    architecture: { name: "logistic", options: { cells: 4 } },
    input: { channels: 1, height: side, width: side },
  };
  const trainer = await createTrainer(recipe, {
    batchSize: rows,
    loss: { name: "crossEntropy", options: {} },
    optimizer: { name: "adam", options: {} },
    rng,
    threads: 1,
  });
  for (let step = 0; step < 60; step++) await trainer.step(pictures(rng.fork(`${step}`)), 0.1, rng);
  const { x, labels } = pictures(rng.fork("new"));
  const logits = await trainer.predict(x, rows);
  expect(Array.from(logits, (logit) => +(logit > 0))).toEqual([...labels]);
  expect(trainer.parameterCount).toBe(4 + 4 + 4 + 1);
  await trainer.release();
});
