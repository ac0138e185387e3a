import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { openPreparer } from "../data/batches.ts";
import { type Dataset, readDataset } from "../data/manifest.ts";
import { smallSet, temporaryFolder } from "../data/testPictures.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { splitNetwork } from "../nn/build.ts";
import { initialTensors } from "../nn/builder.ts";
import type { InputRecipe } from "../representations/input.ts";
import { type Backbone, openBackbone } from "./backbone.ts";
import { type FeatureOptions, type Features, openFeatures } from "./features.ts";

const input: InputRecipe = {
  representation: { name: "rgb", options: {} },
  width: 32,
  height: 32,
  fit: "resize",
  kernel: "box",
  mean: [0.5, 0.5, 0.5],
  deviation: [0.25, 0.25, 0.25],
};
const network = {
  architecture: { name: "smallcnn", options: { width: 0.25 } },
  input: { channels: 3, height: 32, width: 32 },
};
const tensors = initialTensors(splitNetwork(network, "inference", "batch").backbone.net, createRng("weights"));

let set: Awaited<ReturnType<typeof temporaryFolder>>;
let dataset: Dataset;
let backbone: Backbone;

beforeAll(async () => {
  set = await temporaryFolder(await smallSet(10));
  dataset = await readDataset(set.root, { codec: sharpCodec });
  backbone = openBackbone(network, tensors, { threads: 1 });
});

afterAll(async () => {
  await backbone.release();
  await set[Symbol.asyncDispose]();
});

/** Opens the features of a folder and tells how many pictures were read, and what was said. */
function watched(folder: string, changes: Partial<FeatureOptions> = {}) {
  const told = { read: 0, warnings: [] as string[] };
  const features = openFeatures({
    root: set.root,
    input,
    protocol: "raw",
    backbone,
    decoder: sharpCodec.version,
    folder,
    workers: 1,
    onProgress: (done) => {
      told.read = done;
    },
    onWarning: (sentence) => told.warnings.push(sentence),
    ...changes,
  });
  return { features, told };
}

/** Asks for the features of the whole set, then closes. */
async function all(folder: string, changes: Partial<FeatureOptions> = {}) {
  const { features, told } = watched(folder, changes);
  const vectors = await features.of(dataset.samples);
  await features.close();
  return { vectors, key: features.key, ...told };
}

const fileOf = async (folder: string) => {
  const [key] = await readdir(folder);
  const [name] = await readdir(join(folder, key!));
  return join(folder, key!, name!);
};

describe("features of a frozen backbone", () => {
  it("are what the backbone makes of the prepared pictures, in the order of the samples", async () => {
    await using folder = await temporaryFolder();
    const { vectors } = await all(folder.root);
    const preparer = await openPreparer({ root: set.root, input, protocol: "raw", workers: 1 });
    const [last] = dataset.samples.slice(-1);
    for await (const { x } of preparer.batches([last!], { size: 1, shuffle: false, dropLast: false })) {
      const expected = await backbone.compute(x, 1);
      const found = vectors.slice(-backbone.width);
      for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5);
    }
    await preparer.close();
  });

  it("are computed once: the second time no picture is read", async () => {
    await using folder = await temporaryFolder();
    const first = await all(folder.root);
    const second = await all(folder.root, { root: join(set.root, "taken away") });
    expect([first.read, second.read]).toEqual([20, 0]);
    expect(second.vectors).toEqual(first.vectors);
  });

  it("come as the batches that the pictures would come in", async () => {
    await using folder = await temporaryFolder();
    const { features } = watched(folder.root);
    const preparer = await openPreparer({ root: set.root, input, protocol: "raw", workers: 1 });
    const order = async (source: Pick<Features, "batches">) => {
      const paths: string[] = [];
      const options = {
        size: 6,
        shuffle: true,
        rng: createRng("order"),
        dropLast: true,
        augmentKey: "epoch/0",
        from: 1,
      };
      for await (const { x, labels, samples } of source.batches(dataset.samples, options)) {
        expect(labels).toHaveLength(samples.length);
        expect(x.length % samples.length).toBe(0);
        paths.push(...samples.map(({ path }) => path));
      }
      return paths;
    };
    expect(await order(features)).toEqual(await order(preparer));
    await Promise.all([features.close(), preparer.close()]);
  });

  it("have another key under another protocol, input, decoder or weight, and the same under another head", async () => {
    const keyOf = (changes: Partial<FeatureOptions>) => watched("nowhere", changes).features.key;
    const changed = { ...tensors, "bn1.bias": { shape: [4], data: Float32Array.of(0, 0, 0, 1e-6) } };
    const otherHead = { ...network, architecture: { name: "smallcnn", options: { width: 0.25, headUnits: 3 } } };
    const keys = [
      {},
      { protocol: "reencoded" as const },
      { input: { ...input, mean: [0, 0, 0], deviation: [1, 1, 1] } },
      { decoder: "another" },
      { backbone: openBackbone(network, changed) },
    ].map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keyOf({ backbone: openBackbone(otherHead, tensors) })).toBe(keys[0]);
  });

  it("lose no more than a torn end after a kill", async () => {
    await using folder = await temporaryFolder();
    const first = await all(folder.root);
    const file = await fileOf(folder.root);
    const { length } = await readFile(file);
    await truncate(file, length - 3);
    const second = await all(folder.root);
    expect([second.read, second.warnings]).toEqual([1, []]);
    expect(second.vectors).toEqual(first.vectors);
  });

  it("are computed again where a kept one is damaged, and this is said once", async () => {
    await using folder = await temporaryFolder();
    const first = await all(folder.root);
    const file = await fileOf(folder.root);
    const bytes = await readFile(file);
    bytes[50]! ^= 1; // in the first vector
    await writeFile(file, bytes);
    const second = await all(folder.root);
    expect(second.read).toBe(1);
    expect(second.warnings).toEqual([expect.stringMatching(/^1 of the vectors .* damaged/)]);
    expect(second.vectors).toEqual(first.vectors);
    expect(await all(folder.root)).toMatchObject({ read: 0, warnings: [], vectors: first.vectors });
  });

  it("stay whole where two compute them at once", async () => {
    await using folder = await temporaryFolder();
    const [one, other] = await Promise.all([all(folder.root), all(folder.root)]);
    expect(one.vectors).toEqual(other.vectors);
    expect(await all(folder.root)).toMatchObject({ read: 0, warnings: [], vectors: one.vectors });
  });

  it("say what is missing where weights do not fit", () => {
    const { "conv1.weight": _, ...lacking } = tensors;
    expect(() => openBackbone(network, lacking)).toThrow(/conv1.weight .* is missing/);
  });
});
