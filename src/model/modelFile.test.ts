import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleMetadata } from "../../test/exampleMetadata.ts";
import { createRng } from "../core/rng.ts";
import { createTrainer, exportModel } from "../nn/network.ts";
import { probabilityOf } from "./calibration.ts";
import { modelTensors, readModelFile, saveModel } from "./modelFile.ts";
import { openModel } from "./predict.ts";

const network = {
  architecture: { name: "smallcnn", options: { width: 0.25, headUnits: 8 } },
  input: { channels: 3, height: 32, width: 32 },
};
const metadata = exampleMetadata(network);

describe("a model file", () => {
  let folder = "";
  let path = "";
  const x = new Float32Array(2 * 3 * 32 * 32).fill(0.3);
  let expected = new Float32Array();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "assay-model-"));
    path = join(folder, "weights", "best.onnx");
    const trainer = await createTrainer(network, {
      batchSize: 2,
      loss: { name: "crossEntropy", options: {} },
      optimizer: { name: "adam", options: {} },
      rng: createRng("model file"),
      threads: 1,
    });
    expected = (await trainer.predict(x, 2)).slice();
    await saveModel(path, trainer.tensors(), metadata);
    expect(modelTensors(await readModelFile(path))).toMatchObject(
      Object.fromEntries(Object.entries(trainer.tensors()).map(([name, tensor]) => [name, { ...tensor }])),
    );
    await trainer.release();
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("predicts what the network in training predicted, and shows where", async () => {
    const model = await openModel(path, { threads: 1 });
    const logits = await model.predict(x, 2);
    for (const [i, logit] of logits.entries()) expect(logit).toBeCloseTo(expected[i]!, 4);
    const { logit, heatMap } = await model.explain(x.subarray(0, x.length / 2));
    expect(logit).toBeCloseTo(expected[0]!, 4);
    expect(heatMap.data.length).toBe(heatMap.width * heatMap.height);
    expect(probabilityOf(0, model.file.metadata.calibration)).toBe(0.5);
    expect(probabilityOf(2 * Math.log(3), model.file.metadata.calibration)).toBeCloseTo(0.75, 10);
    expect(model.file.metadata).toEqual(metadata);
    await model.release();
  });

  it("refuses what is missing, cut short, no ONNX, or not ours", async () => {
    await expect(readModelFile(join(folder, "none.onnx"))).rejects.toThrow(/no readable model at .*assay train/);
    const whole = await readFile(path);
    await mkdir(join(folder, "run", "weights"), { recursive: true });
    await expect(readModelFile(join(folder, "run"))).rejects.toThrow(/no readable model/);
    await writeFile(join(folder, "run", "weights", "best.onnx"), whole);
    await expect(readModelFile(join(folder, "run"))).rejects.toThrow(/folder of a run. Pass its model, .*best\.onnx/);
    const file = async (name: string, bytes: Uint8Array | string) => {
      await writeFile(join(folder, name), bytes);
      return readModelFile(join(folder, name));
    };
    await expect(file("cut.onnx", whole.subarray(0, whole.length >> 1))).rejects.toThrow(/cut short/);
    await expect(file("text.onnx", "this is no model at all")).rejects.toThrow(/no ONNX file/);
    await expect(file("empty.onnx", "")).rejects.toThrow(/no ONNX file/);
    const tensors = modelTensors(await readModelFile(path));
    await expect(file("foreign.onnx", exportModel(network, tensors, {}))).rejects.toThrow(/not one of ours/);
    await expect(file("old.onnx", exportModel(network, tensors, { assay: `{"schemaVersion":0}` }))).rejects.toThrow(
      /does not fit this version/,
    );
  });
});
