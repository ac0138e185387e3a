import { describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.ts";
import { parseOptions } from "../../src/core/table.ts";
import type { Architecture } from "../../src/nn/architectures/architecture.ts";
import { architectures } from "../../src/nn/architectures/index.ts";
import { buildNetwork } from "../../src/nn/build.ts";
import { createTrainer, exportModel, type NetworkRecipe } from "../../src/nn/network.ts";
import { frozenThrough, isHead, isUnder } from "../../src/nn/stages.ts";
import { createSession } from "../../src/onnx/session.ts";

/** Options that make a large architecture quick to test; its structure stays. */
const quick: Record<string, object> = {
  resnet50: { width: 1 / 8, headUnits: 16 },
  resnet18: { width: 1 / 8, headUnits: 16 },
};
/** Where a few numbers have a long way to go, their steps are larger. */
const learningRates: Record<string, number> = { logistic: 0.3, ensemble: 0.3 };
const rows = 6;
const input = { channels: 2, height: 48, width: 64 };
const rng = createRng("architectures");

describe.each(Object.entries<Architecture>(architectures))("%s", (name, architecture) => {
  const recipe: NetworkRecipe = { architecture: { name, options: quick[name] ?? {} }, input };
  const trainerOptions = {
    batchSize: rows,
    loss: { name: "crossEntropy", options: {} },
    optimizer: { name: "adam", options: {} },
    rng: rng.fork(name),
    threads: 1,
  };
  const pictures = rng.fork("pictures");
  const x = Float32Array.from({ length: rows * 2 * 48 * 64 }, () => pictures.normal());
  const labels = Float32Array.of(0, 1, 0, 1, 1, 0);

  it("says what it is, and every option has a default and a description", () => {
    expect(architecture.summary).not.toBe("");
    expect(architecture.cite).toMatch(/\d{4}/);
    expect(() => parseOptions(architecture, name, {})).not.toThrow();
    for (const option of Object.values(architecture.options.shape)) expect(option.description).toBeTruthy();
  });

  it("declares the same tensors in training and in inference", () => {
    const declared = (["training", "inference"] as const).map((mode) => {
      const { net } = buildNetwork(recipe, mode, mode === "training" ? rows : "batch");
      return [...net.parameters, ...net.statistics].map((tensor) => `${tensor.name} [${tensor.shape}]`);
    });
    expect(declared[0]).toEqual(declared[1]);
  });

  it("moves every running statistic along in training", () => {
    const { net } = buildNetwork(recipe, "training", rows);
    expect([...net.updates.keys()].sort()).toEqual(net.statistics.map((statistic) => statistic.name).sort());
  });

  it("has every tensor outside the head in exactly one stage, and lays the stages in their order", () => {
    const { net } = buildNetwork(recipe, "inference", "batch");
    const met = [...net.parameters, ...net.statistics].map(({ name: tensor }) => {
      const stages = Object.entries(architecture.stages).filter(([, prefixes]) =>
        prefixes.some((prefix) => isUnder(tensor, prefix)),
      );
      expect(stages, tensor).toHaveLength(isHead(tensor) ? 0 : 1);
      return stages[0]?.[0];
    });
    const order = [...new Set(met)].filter((stage) => stage !== undefined);
    expect(order).toEqual(Object.keys(architecture.stages));
  });

  const stageNames = Object.keys(architecture.stages);
  const middle = stageNames[stageNames.length >> 1];
  it.each([...(middle === undefined ? [] : [middle]), "backbone"])(
    "frozen to %s, moves the rest alone",
    async (freeze) => {
      const trainer = await createTrainer(recipe, { ...trainerOptions, freeze });
      const before = structuredClone(trainer.tensors());
      for (let i = 0; i < 3; i++) await trainer.step({ x, labels }, 1e-3, rng.fork(`frozen/${i}`));
      const isFrozen = frozenThrough(architecture.stages, freeze);
      for (const [tensor, { data }] of Object.entries(trainer.tensors())) {
        if (isFrozen(tensor)) expect(data, tensor).toEqual(before[tensor]!.data);
        else expect(data, tensor).not.toEqual(before[tensor]!.data);
      }
      await trainer.release();
    },
  );

  it("gives one logit per row and feature maps for the heat map", () => {
    const { logit, features } = buildNetwork(recipe, "inference", "batch");
    expect(logit.shape).toEqual(["batch"]);
    expect(features!.shape).toHaveLength(4);
  });

  it("learns a fixed batch, and its export answers as the trainer does", async () => {
    const trainer = await createTrainer(recipe, trainerOptions);
    const losses: number[] = [];
    for (let i = 0; i < 12; i++)
      losses.push((await trainer.step({ x, labels }, learningRates[name] ?? 1e-3, rng.fork(`step/${i}`))).loss);
    expect(Math.min(...losses.slice(-3))).toBeLessThan(losses[0]! / 2);

    const predicted = await trainer.predict(x, rows);
    const session = await createSession(exportModel(recipe, trainer.tensors(), { note: "from the contract test" }));
    const { features, map } = buildNetwork(recipe, "inference", "batch");
    const [height, width] = features!.shape.slice(2) as [number, number];
    const logit = { shape: [rows], data: new Float32Array(rows) };
    const heatMap = { shape: [rows, height, width], data: new Float32Array(rows * height * width) };
    await session.run({ x: { shape: [rows, 2, 48, 64], data: x } }, { logit, heatMap });
    expect(session.inputNames).toEqual(["x"]);
    expect([...session.outputNames].sort()).toEqual(["heatMap", "logit", ...(map ? ["map"] : [])]);
    // A map lies over the input, cell by cell, as the features that it is made of.
    if (map) expect(map.shape).toEqual(["batch", height, width]);
    const scale = Math.max(...predicted.map(Math.abs));
    for (const [i, expected] of predicted.entries())
      expect(Math.abs(logit.data[i]! - expected) / scale).toBeLessThan(1e-4);
    expect(Math.min(...heatMap.data)).toBeGreaterThanOrEqual(0);
    await session.release();
    await trainer.release();
  });
});
