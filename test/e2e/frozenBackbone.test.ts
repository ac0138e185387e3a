import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createRng } from "../../src/core/rng.ts";
import { openPreparer } from "../../src/data/batches.ts";
import { readDataset } from "../../src/data/manifest.ts";
import { openFeatures } from "../../src/features/features.ts";
import { createHeadTrainer } from "../../src/features/headTrainer.ts";
import { sharpCodec } from "../../src/image/sharpCodec.ts";
import { modelTensors, readModelFile } from "../../src/model/modelFile.ts";
import { openModel } from "../../src/model/predict.ts";
import { writeSafetensors } from "../../src/model/safetensors.ts";
import { buildNetwork } from "../../src/nn/build.ts";
import type { RunEvent } from "../../src/run/runEvents.ts";
import { trainRun } from "../../src/run/trainRun.ts";
import { predictSamples } from "../../src/train/predictSamples.ts";
import { parseRecipe } from "../../src/train/recipe.ts";

/** A head on a frozen backbone, on pictures that the test draws: a fake is flat, a genuine one noisy. */

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let home = "";
let back = "";

beforeAll(async () => {
  back = process.cwd();
  home = await mkdtemp(join(tmpdir(), "assay-frozen-"));
  process.chdir(home); // runs/ stands in the working folder
  for (const label of ["real", "fake"]) {
    await mkdir(join(home, "set", label), { recursive: true });
    for (let k = 0; k < 40; k++) await writeFile(join(home, "set", label, `${k}.png`), await draw(label, k));
  }
});

afterAll(async () => {
  process.chdir(back);
  await rm(home, { recursive: true });
});

function draw(label: string, k: number): Promise<Buffer> {
  const rng = createRng(`${label}/${k}`);
  const strength = label === "fake" ? 1 : 12;
  const data = Uint8Array.from(
    { length: 40 * 40 * 3 },
    () => 128 + Math.max(-99, Math.min(99, strength * rng.normal())),
  );
  return sharp(data, { raw: { width: 40, height: 40, channels: 3 } })
    .png()
    .toBuffer();
}

interface Choices {
  readonly changes?: object;
  readonly resume?: boolean;
  /** Epochs after which the user presses Ctrl-C. */
  readonly stopAfter?: number;
}

/** Trains, and tells how many pictures went through the backbone under each protocol, and what was said. */
async function train(out: string, { changes = {}, resume = false, stopAfter }: Choices = {}) {
  const computed: Record<string, number> = {};
  const said: string[] = [];
  let measured = false;
  const losses: number[] = [];
  const interrupt = new AbortController();
  const listen = (event: RunEvent) => {
    if (event.type === "stage" && event.name.startsWith("Features, ")) computed[event.name.slice(10)] = event.done;
    else if (event.type === "stage" && event.of === 0) said.push(event.name);
    if (event.type === "stage" && event.name.startsWith("Measuring")) measured = true;
    if (event.type === "epoch") losses.push(event.loss);
    if (event.type === "epoch" && event.epoch + 1 === stopAfter) interrupt.abort();
  };
  const recipe = parseRecipe("test", {
    name: "frozen",
    representation: { name: "residual" },
    size: 32,
    kernel: "box",
    architecture: { name: "smallcnn", options: { width: 0.25, headUnits: 8 } },
    learningRate: 0.01,
    batchSize: 8,
    epochs: 4,
    protocol: "raw",
    freeze: "backbone",
    ...changes,
  });
  const result = await trainRun(
    {
      dataset: join(home, "set"),
      recipe,
      command: "test",
      out: join(home, "runs", out),
      resume,
      groupBy: "(.*)", // every picture is its own source
      workers: 1,
      threads: 1,
      signal: interrupt.signal,
    },
    listen,
  );
  return { ...result, computed, measured, said: said.join("\n"), losses };
}

describe("a head on a frozen backbone", () => {
  let first: Awaited<ReturnType<typeof train>>;

  beforeAll(async () => {
    first = await train("first", { changes: { augment: { horizontalFlip: true } } });
  });

  it("learns from features that are computed once, and says what that means", () => {
    expect(first.computed).toEqual({ raw: 12, reencoded: 12, rescaled: 12 }); // test last, 68 others before it
    expect(first.said).toMatch(/frozen backbone has random weights.*--weights/);
    expect(first.said).toMatch(/augmentation is left out.*--features fresh/);
    const { rocAuc } = first.report.results[0]!.atFake.metrics;
    expect("value" in rocAuc && rocAuc.value).toBeGreaterThan(0.9);
  });

  it("sends no picture through the backbone a second time", async () => {
    const second = await train("second", {
      changes: { learningRate: 0.02, architecture: { name: "smallcnn", options: { width: 0.25, headUnits: 12 } } },
    });
    expect([first.measured, second.measured]).toEqual([true, false]); // the input's mean and deviation
    expect(second.computed).toEqual({});
    expect(second.said).not.toMatch(/augmentation/);
  });

  it("ends as one model, whose logits are the head's on the kept features", async () => {
    const model = await openModel(first.folder.bestModel, { threads: 1 });
    const { network, input, decoder } = model.file.metadata;
    const { samples, root } = await readDataset(join(home, "set"), { codec: sharpCodec });
    const pictures = await openPreparer({ root, input, protocol: "raw", workers: 1 });
    const { values: expected } = await predictSamples(model, pictures, samples, 16);

    const rng = createRng("unused");
    const options = {
      batchSize: 16,
      loss: { name: "crossEntropy", options: {} },
      optimizer: { name: "adam", options: {} },
      rng,
      threads: 1,
    };
    const { trainer, backbone } = await createHeadTrainer(network, { ...options, weights: modelTensors(model.file) });
    const computed: number[] = [];
    const features = openFeatures({
      root,
      input,
      protocol: "raw",
      backbone,
      decoder,
      onProgress: (done) => computed.push(done),
    });
    const { values: logits } = await predictSamples(trainer, features, samples, 16);
    expect(computed).toEqual([]);
    for (const [i, logit] of logits.entries()) expect(Math.abs(logit - expected[i]!)).toBeLessThan(1e-4);
    const [x] = [await pictures.batches(samples.slice(0, 1), { size: 1, shuffle: false, dropLast: false }).next()];
    expect((await model.explain(x.value!.x)).heatMap.data).toHaveLength(4);
    await Promise.all([model.release(), trainer.release(), backbone.release(), features.close(), pictures.close()]);
  });

  it("learns the same as the whole network with its backbone frozen, picture by picture", async () => {
    const { losses, computed } = await train("fresh", { changes: { features: "fresh" } });
    expect(computed).toEqual({});
    for (const [epoch, loss] of losses.entries()) expect(loss).toBeCloseTo(first.losses[epoch]!, 3);
  });

  it("goes on after an interruption to the same end", async () => {
    await train("resumed", { stopAfter: 2 });
    const { losses } = await train("resumed", { resume: true });
    expect(losses).toEqual(first.losses.slice(2));
  });

  it("computes anew what other weights or another protocol change, and nothing where only the head changed", async () => {
    const file = await readModelFile(first.folder.bestModel);
    const { net } = buildNetwork(file.metadata.network, "inference", "batch");
    const all = modelTensors(file);
    const tensors = new Map([...net.parameters, ...net.statistics].map(({ name }) => [name, all[name]!]));
    const weights = join(home, "weights.safetensors");
    await writeFile(weights, writeSafetensors(tensors, {}));
    const same = await train("same weights", { changes: { weights } });
    expect(same.computed).toEqual({});
    expect(same.said).not.toMatch(/random weights/);
    const other = await train("other protocol", { changes: { weights, protocol: "reencoded" } });
    expect(other.measured).toBe(true);
    expect(other.computed.reencoded).toBe(12);

    await train("stopped", { changes: { weights }, stopAfter: 1 });
    tensors.get("conv1.weight")!.data[0]! += 0.01;
    await writeFile(weights, writeSafetensors(tensors, {}));
    expect((await train("other weights", { changes: { weights } })).computed).toMatchObject({ raw: 12 });
    await expect(train("stopped", { changes: { weights }, resume: true })).rejects.toThrow(/another frozen backbone/);
  });

  it("heals a damaged file of features, and says so", async () => {
    const files = (await readdir(join(home, "runs", "features"), { recursive: true })).filter((name) =>
      name.endsWith(".features"),
    );
    for (const name of files) {
      const path = join(home, "runs", "features", name);
      const bytes = await readFile(path);
      bytes[40]! ^= 255;
      await writeFile(path, bytes);
    }
    const healed = await train("healed");
    expect(healed.said).toMatch(/vectors that were kept are damaged/);
    expect(healed.losses).toEqual(first.losses);
    expect((await train("whole again")).said).not.toMatch(/damaged/);
  });
});
