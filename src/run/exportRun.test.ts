import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleMetadata } from "../../test/exampleMetadata.ts";
import { fill } from "../../test/golden/onnx/fill.ts";
import { createRng } from "../core/rng.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { modelTensors, readModelFile, saveModel } from "../model/modelFile.ts";
import { openModel } from "../model/predict.ts";
import { readSafetensors, writeSafetensors } from "../model/safetensors.ts";
import { createTrainer, type NamedTensors, type Trainer } from "../nn/network.ts";
import { ModelProtoSchema } from "../onnx/generated/onnx_pb.ts";
import { createSession } from "../onnx/session.ts";
import { exportRun } from "./exportRun.ts";
import { initialWeights } from "./initialWeights.ts";

const rows = 4;
const input = { channels: 3, height: 48, width: 48 };
const x = fill("x", rows * 3 * 48 * 48);
const rng = createRng("export");

const trainerOf = (network: ModelMetadata["network"], initial?: NamedTensors): Promise<Trainer> =>
  createTrainer(network, {
    batchSize: rows,
    loss: { name: "crossEntropy", options: {} },
    optimizer: { name: "adam", options: {} },
    rng: rng.fork(initial === undefined ? "weights" : "other weights"),
    threads: 1,
    ...(initial === undefined ? {} : { initial }),
  });

describe.each([
  ["smallcnn", { width: 0.25, headUnits: 8 }],
  ["resnet18", { width: 0.125, headUnits: 8 }],
  ["resnet50", { width: 0.125, headUnits: 8, version: "v1" }],
])("export of %s", (name, options) => {
  const network = { architecture: { name, options }, input };
  let folder = "";
  let best = "";
  /** Of the model file that was exported. */
  let expected: Float32Array;
  let trained: Float32Array;
  const out = () => join(folder, "out");

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "assay-export-"));
    best = join(folder, "best.onnx");
    const trainer = await trainerOf(network);
    // A step, so that the running statistics are not those of the start.
    await trainer.step({ x, labels: Float32Array.of(0, 1, 0, 1) }, 1e-3, rng.fork("step"));
    trained = (await trainer.predict(x, rows)).slice();
    await saveModel(best, trainer.tensors(), exampleMetadata(network, `my ${name}`));
    await trainer.release();
    const model = await openModel(best, { threads: 1 });
    expected = await model.predict(x, rows);
    await model.release();
    await exportRun({ model: best, out: out() });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("writes both files, names their hashes and sizes, and writes over nothing", async () => {
    await expect(exportRun({ model: best, out: out() })).rejects.toThrow(
      /my-\w+\.safetensors and .*my-\w+\.onnx stand there already.*--force/,
    );
    const files = await exportRun({ model: best, out: out(), force: true });
    expect(files.map(({ path }) => path)).toEqual(
      ["safetensors", "onnx"].map((end) => join(out(), `my-${name}.${end}`)),
    );
    for (const { path, sha256, bytes } of files) {
      const written = await readFile(path);
      expect(bytes).toBe(written.length);
      expect(sha256).toBe(createHash("sha256").update(written).digest("hex"));
    }
    const one = await exportRun({ model: best, out: join(folder, "one"), formats: ["onnx"] });
    expect(one).toHaveLength(1);
  });

  it("ONNX: standard operators alone, the logit alone unless asked, and the model's own logits", async () => {
    const [plain, mapped] = await Promise.all(
      [false, true].map((heatMap) =>
        exportRun({ model: best, out: join(folder, `${heatMap}`), formats: ["onnx"], ...(heatMap ? { heatMap } : {}) }),
      ),
    );
    for (const [[file], outputs] of [
      [plain!, ["logit"]],
      [mapped!, ["heatMap", "logit"]],
    ] as const) {
      const bytes = await readFile(file!.path);
      const { graph, opsetImport } = fromBinary(ModelProtoSchema, bytes);
      expect(new Set(graph!.node.map((node) => node.domain))).toEqual(new Set([""]));
      expect(opsetImport.map(({ domain, version }) => [domain, version])).toEqual([["", 18n]]);
      const session = await createSession(bytes, { threads: 1 });
      expect([...session.outputNames].sort()).toEqual(outputs);
      const { logit } = await session.compute({ x: { shape: [rows, 3, 48, 48], data: x } }, ["logit"]);
      // Another graph may be fused in another way; here, all bits are the same.
      for (const [i, value] of logit!.data.entries()) expect(value).toBeCloseTo(expected[i]!, 4);
      await session.release();
    }
    const model = await openModel(plain![0]!.path, { threads: 1 });
    await expect(model.explain(x.subarray(0, x.length / rows))).rejects.toThrow(/has no heat map.*--heat-map/);
    await model.release();
    expect((await readModelFile(join(out(), `my-${name}.onnx`))).metadata).toEqual(
      exampleMetadata(network, `my ${name}`),
    );
  });

  it.each(["safetensors", "onnx"])("%s -> --weights -> the same logits to the last bit", async (end) => {
    const path = join(out(), `my-${name}.${end}`);
    const { tensors, sentence, metadata } = await initialWeights(path, network);
    expect(sentence).toMatch(/^Weights: (\d+) of \1 tensors from my-\w+\.\w+; the head goes on, too$/);
    expect(metadata?.name).toBe(`my ${name}`);
    const trainer = await trainerOf(network, tensors);
    expect((await trainer.predict(x, rows)).slice()).toEqual(trained);
    const again = join(folder, `again-${end}.onnx`);
    await saveModel(again, trainer.tensors(), exampleMetadata(network));
    await trainer.release();
    const model = await openModel(again, { threads: 1 });
    expect(await model.predict(x, rows)).toEqual(expected);
    await model.release();
  });

  it("safetensors holds the network's tensors and nothing of the graph", async () => {
    const path = join(out(), `my-${name}.safetensors`);
    const { tensors, metadata } = readSafetensors(path, await readFile(path));
    expect(Object.fromEntries(tensors)).toEqual(modelTensors(await readModelFile(best)));
    expect([...tensors.keys()].every((tensor) => /^[\w.]+$/.test(tensor))).toBe(true);
    expect(JSON.parse(metadata.assay!).name).toBe(`my ${name}`);
  });

  it("a file without our head and metadata, of three planes, into another input", async () => {
    const own = modelTensors(await readModelFile(best));
    const body = Object.entries(own).filter(([tensor]) => !tensor.startsWith("head."));
    const path = join(folder, "body.safetensors");
    await writeFile(path, writeSafetensors(new Map(body), { format: "pt" }));
    const wanted = { ...network, input: { ...input, channels: 5 } };
    if (name === "resnet50") await expect(initialWeights(path, wanted)).rejects.toThrow(/"version": "v1\.5"/);
    else {
      const { sentence, tensors } = await initialWeights(path, wanted);
      expect(sentence).toBe(
        `Weights: ${body.length} of ${body.length + 8} tensors from body.safetensors; conv1.weight, made for 3 planes, is spread over 5; the head starts afresh`,
      );
      const trainer = await trainerOf({ ...wanted }, tensors);
      const kept = trainer.tensors();
      for (const [tensor, { data }] of Object.entries(tensors)) expect(kept[tensor]!.data).toEqual(data);
      expect(Math.max(...kept["head.dense.weight"]!.data)).toBeGreaterThan(0);
      await trainer.release();
    }
  });
});
