import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { buildNetwork } from "./build.ts";
import { createTrainer, type NamedTensors, type NetworkRecipe, type Trainer, type TrainerOptions } from "./network.ts";
import { buildTrainingGraph } from "./trainingGraph.ts";

const recipe: NetworkRecipe = {
  architecture: { name: "smallcnn", options: { width: 0.25, headUnits: 8 } },
  input: { channels: 1, height: 32, width: 32 },
};
const batchSize = 4;
const rng = createRng("trainingOptions");
const noise = rng.fork("pictures");
const x = Float32Array.from({ length: batchSize * 32 * 32 }, () => noise.normal());
const labels = Float32Array.of(1, 0, 0, 1);

const open = (changes: Partial<TrainerOptions> = {}): Promise<Trainer> =>
  createTrainer(recipe, {
    batchSize,
    loss: { name: "crossEntropy", options: {} },
    optimizer: { name: "sgd", options: { momentum: 0 } },
    rng: rng.fork("weights"),
    threads: 1,
    ...changes,
  });

const step = (trainer: Trainer, name: string) => trainer.step({ x, labels }, 0.1, rng.fork(name));
const network = (trainer: Trainer, name: string) => trainer.state().tensors[`network/${name}`]!.data;

/** What one step adds to each parameter. */
async function moves(changes: Partial<TrainerOptions>): Promise<Record<string, number[]>> {
  const trainer = await open(changes);
  const before = structuredClone(trainer.tensors());
  await step(trainer, "1");
  const entries = Object.entries(trainer.tensors()).filter(([name]) => !name.includes("running"));
  await trainer.release();
  return Object.fromEntries(
    entries.map(([name, { data }]) => [name, [...data].map((w, i) => w - before[name]!.data[i]!)]),
  );
}

function expectTimes(own: number[], plain: number[], factor: number, name: string): void {
  for (const [i, move] of plain.entries())
    expect(Math.abs(own[i]! - factor * move), name).toBeLessThan(1e-6 * Math.max(1, Math.abs(move)));
}

describe("learning rates", () => {
  it("take the factor of the longest prefix, then that of the backbone", async () => {
    const rates = [
      { prefix: "conv1", factor: 0.5 },
      { prefix: "head", factor: 3 },
      { prefix: "head.dense.bias", factor: 0.25 },
    ];
    const [plain, own] = [await moves({}), await moves({ backboneRate: 0.1, rates })];
    const expected: Record<string, number> = { "conv1.weight": 0.5, "head.dense.bias": 0.25 };
    for (const [name, move] of Object.entries(plain))
      expectTimes(own[name]!, move, expected[name] ?? (name.startsWith("head.") ? 3 : 0.1), name);
  });

  it("say which prefixes there are, and when a rate has no effect", async () => {
    const rate = (prefix: string, changes = {}) => open({ rates: [{ prefix, factor: 2 }], ...changes });
    await expect(rate("con1")).rejects.toThrow('Did you mean "conv1"? Known: conv1, bn1, conv2,');
    await expect(rate("conv")).rejects.toThrow("Unknown prefix"); // no part of a name counts as a prefix
    await expect(rate("conv2", { freeze: "stage2" })).rejects.toThrow("The rate of conv2 has no effect");
    await expect(open({ backboneRate: 0.1, freeze: "backbone" })).rejects.toThrow("The rate of the backbone has no");
  });
});

describe("weight decay", () => {
  it("spares biases and normalisations unless told otherwise", async () => {
    const sgd = (options: object) => ({ optimizer: { name: "sgd", options: { momentum: 0, ...options } } });
    const [plain, spared, all] = [
      await moves({}),
      await moves(sgd({ weightDecay: 0.5 })),
      await moves(sgd({ weightDecay: 0.5, decayBiases: true })),
    ];
    const start = await open();
    for (const [name, move] of Object.entries(plain)) {
      const { shape, data } = start.tensors()[name]!;
      const decayed = move.map((m, i) => m - 0.1 * 0.5 * data[i]!);
      expectTimes(spared[name]!, shape.length > 1 ? decayed : move, 1, name);
      expectTimes(all[name]!, decayed, 1, name);
    }
    await start.release();
  });
});

describe("freezing", () => {
  it("leaves the backward pass of what is frozen out of the graph", () => {
    const nodes = (freeze?: string) => {
      const built = buildNetwork(recipe, "training", batchSize, { freeze });
      buildTrainingGraph(built, batchSize, (logits) => logits);
      return built.graph.nodes.length;
    };
    const forward = buildNetwork(recipe, "inference", batchSize).graph.nodes.length;
    expect(nodes("stage2")).toBeLessThan(0.8 * nodes());
    expect(nodes("stage4")).toBeLessThan(nodes("stage2"));
    expect(nodes("backbone") - forward).toBeLessThan(0.3 * (nodes() - forward));
  });

  it("counts what learns, and keeps optimizer slots for nothing else", async () => {
    const trainer = await open({ freeze: "backbone", optimizer: { name: "adam", options: {} } });
    const { tensors } = trainer.state();
    expect(Object.keys(tensors).filter((name) => name.startsWith("optimizer/m/"))).toEqual(
      ["norm.weight", "norm.bias", "dense.weight", "dense.bias", "logit.weight", "logit.bias"].map(
        (name) => `optimizer/m/head.${name}`,
      ),
    );
    expect(trainer.parameterCount).toBe(32 + 32 + 32 * 8 + 8 + 8 + 1);
    await trainer.release();
  });

  it("names the stages where one is unknown", async () => {
    await expect(open({ freeze: "layer2" })).rejects.toThrow(
      'Unknown stage to freeze "layer2". Known: stage1, stage2, stage3, stage4, stage5, backbone.',
    );
  });
});

describe("the average of the weights", () => {
  const decay = 0.3;

  it("follows the weights and the running statistics, and forgets the first ones fast", async () => {
    const trainer = await open({ average: { decay } });
    const names = ["conv2.weight", "head.logit.bias", "bn1.running_var"];
    const expected = names.map((name) => [...network(trainer, name)]);
    for (const t of [1, 2, 3, 4]) {
      await step(trainer, `${t}`);
      const share = 1 - Math.min(decay, (1 + t) / (10 + t));
      for (const [i, name] of names.entries())
        expected[i] = expected[i]!.map((a, j) => a + share * (network(trainer, name)[j]! - a));
    }
    for (const [i, name] of names.entries()) {
      expectTimes([...trainer.tensors()[name]!.data], expected[i]!, 1, name);
      expect(trainer.tensors()[name]!.data).not.toEqual(network(trainer, name));
    }
    await trainer.release();
  });

  it("is what predicts, is a part of the state, and starts anew from weights that are put in", async () => {
    const a = await open({ average: { decay } });
    await step(a, "1");
    await step(a, "2");
    const weights: NamedTensors = structuredClone(a.tensors());
    const plain = await open({ weights });
    expect(await a.predict(x, batchSize)).toEqual(await plain.predict(x, batchSize));

    const b = await open({ average: { decay }, rng: rng.fork("other weights") });
    b.load(structuredClone(a.state()));
    for (const trainer of [a, b]) await step(trainer, "3");
    expect(b.state()).toEqual(a.state());

    expect(() => plain.load(a.state())).toThrow("unknown (first: average/");
    b.restore(weights);
    expect(network(b, "conv1.weight")).toEqual(weights["conv1.weight"]!.data);
    expect(b.tensors()).toEqual(weights);
    await Promise.all([a, b, plain].map((trainer) => trainer.release()));
  });
});

describe("steps in parts", () => {
  it("keep weights and statistics where a later part diverges", async () => {
    const trainer = await open({ accumulate: 2 });
    const before = structuredClone(trainer.state());
    const broken = await trainer.step(
      { x: x.map((value, i) => (i < 2 * 32 * 32 ? value : Number.NaN)), labels },
      0.1,
      rng,
    );
    expect(broken.loss).toBeNaN();
    expect(trainer.state()).toEqual(before);
    await step(trainer, "1");
    expect(trainer.state().step).toBe(1);
    await trainer.release();
  });

  it("must be equal", async () => {
    await expect(open({ accumulate: 3 })).rejects.toThrow("A batch of 4 cannot be split into 3 equal parts.");
  });
});
