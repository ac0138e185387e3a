import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import type { Sample, Samples } from "../core/sample.ts";
import type { Preparer } from "../data/batches.ts";
import { classesOf } from "../imbalance/classes.ts";
import { drawRows } from "../imbalance/drawRows.ts";
import { unmoved } from "../imbalance/plan.ts";
import type { Batch, Trainer } from "../nn/network.ts";
import { freshLoop, type LoopPlan, trainingLoop } from "./loop.ts";
import { parseRecipe } from "./recipe.ts";

const sampleOf = (i: number): Sample => ({
  path: `${i}.png`,
  sha256: `${i}`,
  label: i % 2 === 0 ? "real" : "fake",
  group: `${i}`,
  facts: { laundering: i < 4 ? "png" : "messenger" },
});
const train = Array.from({ length: 8 }, (_, i) => sampleOf(i)) as unknown as Samples<"train">;
const validation = train as unknown as Samples<"validation">;

/** Which samples each epoch saw, with which weights, and at what rates; the network answers the same for everything. */
async function epochsOf(curriculum: object | undefined, plan: LoopPlan = { priorShift: unmoved }, answer = 0) {
  const rows: string[][] = [];
  const weights: (readonly number[] | undefined)[] = [];
  const seen: string[][] = [];
  const rates: number[][] = [];
  const preparer: Preparer = {
    close: async () => {},
    async *batches(samples, { size, augmentKey }) {
      if (augmentKey !== undefined) {
        seen.push(samples.map(({ facts }) => facts!.laundering!));
        rows.push(samples.map(({ sha256 }) => sha256));
        rates.push([]);
      }
      for (let i = 0; i + size <= samples.length; i += size) {
        const batch = samples.slice(i, i + size);
        yield { x: new Float32Array(size), labels: Float32Array.from(batch, (_, k) => k % 2), samples: batch };
      }
    },
  };
  const trainer = {
    parameterCount: 1,
    step: async (batch: Batch, rate: number) => {
      weights.push(batch.weights && Array.from(batch.weights));
      rates.at(-1)!.push(rate);
      return { loss: 1, gradientNorm: 1, logits: new Float32Array(2) };
    },
    predict: async (_x: unknown, rows: number) => new Float32Array(rows).fill(answer),
  } as unknown as Trainer;
  const recipe = parseRecipe("r.json", {
    name: "r",
    representation: { name: "rgb" },
    architecture: { name: "smallcnn" },
    batchSize: 2,
    epochs: 3,
    ...(curriculum && { curriculum }),
  });
  const schedule = { at: (step: number) => step };
  const loop = trainingLoop({
    recipe: { ...recipe, learningRate: 1 },
    trainer,
    preparer,
    train,
    validation,
    plan,
    schedule,
    rng: createRng("loop"),
    start: freshLoop,
    signal: new AbortController().signal,
    clock: () => 0,
    checkpointEvery: 1,
    keep: async () => {},
  });
  const losses: number[] = [];
  for await (const event of loop) if (event.type === "epoch") losses.push(event.validationLoss);
  return { seen, rates, rows, weights, losses };
}

describe("the training loop", () => {
  it("shows easy pictures alone in the curriculum's epochs, which are shorter and as long in the schedule", async () => {
    const { seen, rates } = await epochsOf({ epochs: 2, laundering: ["png"] });
    expect(seen.map((epoch) => [...new Set(epoch)])).toEqual([["png"], ["png"], ["png", "messenger"]]);
    expect(rates).toEqual([
      [0, 2],
      [4, 6],
      [8, 9, 10, 11],
    ]);
  });

  it("shows everything without one", async () => {
    const { seen, rates } = await epochsOf(undefined);
    expect(seen.every((epoch) => epoch.length === 8)).toBe(true);
    expect(rates.flat()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it("says which levels the dataset knows where the curriculum names others", async () => {
    await expect(epochsOf({ epochs: 1, laundering: ["pgn"] })).rejects.toThrow(
      "(laundering pgn) do not fill a batch: the train split has 0. Name levels of messenger, png,",
    );
  });

  it("draws the plan's rows anew in every epoch, by the epoch's name, or once", async () => {
    const draw = { real: 2, fake: 6, redraw: "everyEpoch" } as const;
    const rng = createRng("loop");
    const expected = (name: string) =>
      Array.from(drawRows(classesOf(train), draw, rng.fork(name)), (row) => train[row]!.sha256);
    const anew = await epochsOf(undefined, { draw, priorShift: unmoved });
    expect(anew.rows).toEqual([0, 1, 2].map((epoch) => expected(`epoch/${epoch}/draw`)));
    expect(anew.rates.flat()).toHaveLength(3 * 4);
    expect(new Set(anew.rows.map(String)).size).toBeGreaterThan(1);
    const once = await epochsOf(undefined, { draw: { ...draw, redraw: "once" }, priorShift: unmoved });
    expect(once.rows).toEqual([0, 1, 2].map(() => expected("draw")));
  });

  it("counts the epochs' steps by the rows that are drawn, in the schedule, too", async () => {
    const draw = { real: 2, fake: 2, redraw: "everyEpoch" } as const;
    const { rates } = await epochsOf(undefined, { draw, priorShift: unmoved });
    expect(rates).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
  });

  it("gives every row its own weight", async () => {
    const sampleWeights = Float64Array.from(train, (_, i) => i / 4);
    const { rows, weights } = await epochsOf(undefined, { sampleWeights, priorShift: unmoved });
    expect(weights.flat()).toEqual(rows.flat().map((sha256) => Number(sha256) / 4));
    expect((await epochsOf(undefined)).weights.every((of) => of === undefined)).toBe(true);
  });

  it("measures validation at the prior as it is: what the plan moved is taken off first", async () => {
    const nll = (z: number) => Math.log1p(Math.exp(-z));
    const { losses } = await epochsOf(undefined, { priorShift: { logOdds: 1.5, exact: true } }, 2);
    expect(losses[0]).toBeCloseTo((nll(0.5) + nll(-0.5)) / 2, 6);
  });
});
