import { expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { createTrainer } from "../nn/network.ts";
import { foldHead, headArchitecture, headLogits, meanHead, scaled, scaleOf } from "./head.ts";

it.each([0, 3])("with %d hidden units, the numbers of a head answer what its network does", async (units) => {
  const [n, width] = [20, 5];
  const rng = createRng("head");
  const values = Float32Array.from({ length: n * width }, (_, i) => 3 * rng.normal() + (i % width));
  const rows = Int32Array.from({ length: n }, (_, i) => n - 1 - i);
  const scale = scaleOf(values, width, rows);
  const x = scaled(values, width, rows, scale);
  for (let c = 0; c < width; c++) {
    const column = Array.from(rows, (_, r) => x[r * width + c]!);
    expect(column.reduce((sum, v) => sum + v, 0) / n).toBeCloseTo(0, 5);
    expect(column.reduce((sum, v) => sum + v * v, 0) / n).toBeCloseTo(1, 4);
  }
  const trainer = await createTrainer(
    { architecture: headArchitecture(units), input: { channels: width, height: 1, width: 1 } },
    {
      batchSize: n,
      threads: 1,
      layout: "portable",
      loss: { name: "crossEntropy", options: {} },
      optimizer: { name: "adam", options: {} },
      rng,
    },
  );
  const labels = Float32Array.from({ length: n }, (_, i) => i % 2);
  for (let step = 0; step < 5; step++) await trainer.step({ x, labels }, 0.1, rng);
  const expected = await trainer.predict(x, n);
  const head = foldHead(trainer.tensors(), units, width, scale);
  const logits = headLogits(head, units, values, width, rows);
  for (const [i, logit] of expected.entries()) expect(logits[i]).toBeCloseTo(logit, 4);
  await trainer.release();
});

it("of linear heads the mean head answers the mean of their logits", () => {
  const rng = createRng("mean head");
  const [n, width] = [7, 4];
  const values = Float32Array.from({ length: n * width }, () => rng.normal());
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const heads = [1, 2, 3].map(() => Float32Array.from({ length: width + 1 }, () => rng.normal()));
  const each = heads.map((head) => headLogits(head, 0, values, width, rows));
  const mean = headLogits(meanHead(heads), 0, values, width, rows);
  for (let i = 0; i < n; i++) expect(mean[i]).toBeCloseTo((each[0]![i]! + each[1]![i]! + each[2]![i]!) / 3, 10);
});

it("leaves a constant column alone, whose deviation is the rounding of its mean", () => {
  const values = Float32Array.from({ length: 3000 }, (_, i) => (i % 2 === 0 ? 5.545_177 : i));
  const { mean, deviation } = scaleOf(
    values,
    2,
    Uint32Array.from({ length: 1500 }, (_, i) => i),
  );
  expect(mean[0]).not.toBe(values[0]); // sums round: a deviation that is not quite 0
  expect(deviation[0]).toBe(1);
  expect(deviation[1]).toBeGreaterThan(100);
});
