import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import type { Sample, Samples } from "../core/sample.ts";
import type { Preparer } from "../data/batches.ts";
import { unmoved } from "../imbalance/plan.ts";
import type { Trainer } from "../nn/network.ts";
import { freshLoop, trainingLoop } from "./loop.ts";
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

/** Which samples each epoch saw, and at what rates; the network answers 0 for everything. */
async function epochsOf(curriculum: object | undefined) {
  const seen: string[][] = [];
  const rates: number[][] = [];
  const preparer: Preparer = {
    close: async () => {},
    async *batches(samples, { size, augmentKey }) {
      if (augmentKey !== undefined) {
        seen.push(samples.map(({ facts }) => facts!.laundering!));
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
    step: async (_batch: unknown, rate: number) => {
      rates.at(-1)!.push(rate);
      return { loss: 1, gradientNorm: 1, logits: new Float32Array(2) };
    },
    predict: async (_x: unknown, rows: number) => new Float32Array(rows),
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
    plan: { priorShift: unmoved },
    schedule,
    rng: createRng("loop"),
    start: freshLoop,
    signal: new AbortController().signal,
    clock: () => 0,
    checkpointEvery: 1,
    keep: async () => {},
  });
  for await (const _event of loop);
  return { seen, rates };
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
});
