import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { createTrainer, type NetworkRecipe, type Trainer, type TrainerOptions } from "./network.ts";

const recipe: NetworkRecipe = {
  architecture: { name: "smallcnn", options: { width: 0.25, headUnits: 8 } },
  input: { channels: 1, height: 32, width: 32 },
};
const batchSize = 4;
const rng = createRng("network");
const noise = rng.fork("pictures");
const x = Float32Array.from({ length: batchSize * 32 * 32 }, () => noise.normal());
const labels = Float32Array.of(1, 0, 0, 1);

async function trainer(changes: Partial<TrainerOptions> = {}): Promise<Trainer> {
  return createTrainer(recipe, {
    batchSize,
    loss: { name: "crossEntropy", options: {} },
    optimizer: { name: "adam", options: {} },
    rng: rng.fork("weights"),
    threads: 1,
    ...changes,
  });
}

const step = (t: Trainer, name: string, weights?: Float32Array) =>
  t.step({ x, labels, ...(weights && { weights }) }, 1e-3, rng.fork(name));

const copied = (t: Trainer) =>
  Object.fromEntries(
    Object.entries(t.tensors()).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
  );

describe("a trainer", () => {
  it("repeats itself: the same streams give the same weights, to the last bit", async () => {
    const [a, b] = [await trainer(), await trainer()];
    for (const name of ["1", "2", "3"]) expect(await step(a, name)).toEqual(await step(b, name));
    expect(a.tensors()).toEqual(b.tensors());
    await step(b, "another stream"); // other dropout masks
    await step(a, "4");
    expect(a.tensors()).not.toEqual(b.tensors());
  });

  it("goes on from a saved state, to the last bit", async () => {
    const a = await trainer();
    await step(a, "1");
    const state = structuredClone(a.state());
    const expected = await step(a, "2");
    const b = await trainer({ rng: rng.fork("other weights") });
    b.load(state);
    expect(await step(b, "2")).toEqual(expected);
    expect(b.tensors()).toEqual(a.tensors());
  });

  it("refuses a state that is another run's, and stays as it was", async () => {
    const a = await trainer();
    const before = structuredClone(a.state());
    const other = await trainer({ optimizer: { name: "sgd", options: {} } });
    expect(() => a.load(other.state())).toThrow(
      /of 75 tensors 42 are missing or of another size, and 21 are unknown \(first: optimizer\/m\//,
    );
    const shape = { shape: [4, 1, 9], data: new Float32Array(36) };
    const reshaped = { ...before.tensors, "optimizer/v/conv1.weight": shape };
    expect(() => a.load({ ...before, tensors: reshaped })).toThrow("(first: optimizer/v/conv1.weight)");
    const short = { shape: [4, 1, 3, 3], data: new Float32Array(35) };
    const cut = { ...before.tensors, "optimizer/v/conv1.weight": short };
    expect(() => a.load({ ...before, tensors: cut })).toThrow("(first: optimizer/v/conv1.weight)");
    expect(() => a.load({ ...before, step: Number.NaN })).toThrow("number of steps is NaN");
    expect(a.state()).toEqual(before);
  });

  it("weighs rows: weight 0 leaves a row out of the loss, weight 2 counts it twice", async () => {
    const loss = async (weights?: Float32Array) => (await step(await trainer(), "1", weights)).loss;
    const each: number[] = [];
    for (let i = 0; i < batchSize; i++)
      each.push(await loss(Float32Array.from({ length: batchSize }, (_, j) => +(i === j))));
    const sum = each.reduce((a, b) => a + b, 0);
    expect(await loss()).toBeCloseTo(sum, 5);
    expect(await loss(Float32Array.of(2, 0, 1, 1))).toBeCloseTo(sum + each[0]! - each[1]!, 5);
  });

  it("scales gradients down to the norm that is allowed", async () => {
    const sgd = { name: "sgd", options: { momentum: 0 } };
    const start = copied(await trainer());
    const moved = async (clipNorm?: number) => {
      const t = await trainer({ optimizer: sgd, ...(clipNorm !== undefined && { clipNorm }) });
      const { gradientNorm } = await t.step({ x, labels }, 1, rng.fork("1"));
      const parameters = Object.entries(t.tensors()).filter(([name]) => !name.includes("running"));
      const squares = parameters.map(([name, { data }]) =>
        data.reduce((sum, value, i) => sum + (value - start[name]!.data[i]!) ** 2, 0),
      );
      return { gradientNorm, distance: Math.sqrt(squares.reduce((a, b) => a + b, 0)) };
    };
    const free = await moved();
    const clipped = await moved(free.gradientNorm / 10);
    expect(free.distance / free.gradientNorm).toBeCloseTo(1, 3);
    expect(clipped.gradientNorm).toBeCloseTo(free.gradientNorm, 4);
    expect(clipped.distance / free.gradientNorm).toBeCloseTo(0.1, 3);
  });

  it("keeps its weights where a step diverges", async () => {
    const t = await trainer();
    const before = copied(t);
    const broken = await t.step({ x: x.map(() => Number.NaN), labels }, 1e-3, rng.fork("diverged"));
    expect(broken.loss).toBeNaN();
    expect(copied(t)).toEqual(before);
  });

  it("predicts any number of rows, each by itself", async () => {
    const t = await trainer();
    await step(t, "1");
    const many = new Float32Array(11 * 32 * 32).map((_, i) => x[i % x.length]!);
    const logits = await t.predict(many, 11);
    const few = await t.predict(x, batchSize);
    for (const [i, logit] of logits.entries()) expect(logit).toBeCloseTo(few[i % batchSize]!, 5);
    expect(await t.predict(new Float32Array(0), 0)).toHaveLength(0);
  });

  it("says what does not fit", async () => {
    const t = await trainer();
    await expect(t.step({ x: x.subarray(1), labels }, 1e-3, rng)).rejects.toThrow(
      /4 rows needs 4096 numbers .* 4095 came/,
    );
    await expect(trainer({ loss: { name: "crossentropy", options: {} } })).rejects.toThrow(
      /Did you mean "crossEntropy"/,
    );
    const { "bn1.weight": _, ...lacking } = copied(t);
    const other = { ...lacking, "conv1.weight": { shape: [4, 3, 3, 3], data: new Float32Array(108) } };
    await expect(trainer({ weights: other })).rejects.toThrow(
      /conv1.weight has shape \[4, 3, 3, 3\] instead of \[4, 1, 3, 3\]; bn1.weight \[4\] is missing/,
    );
  });
});
