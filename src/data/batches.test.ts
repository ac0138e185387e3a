import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { type InputRecipe, prepareInput } from "../representations/input.ts";
import { augmentOptions } from "./augment.ts";
import { type BatchOptions, fitNormalisation, openPreparer, type PreparerOptions } from "./batches.ts";
import { readDataset } from "./manifest.ts";
import { openSample } from "./prepare.ts";
import { applyProtocol } from "./protocols.ts";
import { smallSet, temporaryFolder } from "./testPictures.ts";

const input: InputRecipe = {
  representation: { name: "ela", options: {} },
  width: 24,
  height: 20,
  fit: "resize",
  kernel: "bilinear",
  mean: [0.1, 0.2, 0.3],
  deviation: [0.5, 0.5, 0.5],
};
const plain: BatchOptions = { size: 4, shuffle: false, dropLast: false };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let samples: readonly Sample[];
beforeAll(async () => {
  folder = await temporaryFolder(await smallSet(5));
  samples = (await readDataset(folder.root, { codec: sharpCodec })).samples;
});
afterAll(() => folder[Symbol.asyncDispose]());

async function all(options: Partial<PreparerOptions>, ...epochs: BatchOptions[]) {
  const preparer = await openPreparer({ root: folder.root, input, protocol: "reencoded", ...options });
  try {
    const result: { x: number[]; labels: number[]; paths: string[] }[][] = [];
    for (const epoch of epochs) {
      const batches: (typeof result)[number] = [];
      for await (const { x, labels, samples: own } of preparer.batches(samples, epoch))
        batches.push({ x: [...x], labels: [...labels], paths: own.map(({ path }) => path) });
      result.push(batches);
    }
    return result;
  } finally {
    await preparer.close();
  }
}

// Worker threads load TypeScript anew: seconds on a busy machine.
describe("openPreparer", { timeout: 120_000 }, () => {
  it("gives what the model's own preparation gives, in the order of the samples", async () => {
    const [batches] = await all({ workers: 1 }, plain);
    expect(batches!.map(({ paths }) => paths.length)).toEqual([4, 4, 2]);
    expect(batches!.flatMap(({ paths }) => paths)).toEqual(samples.map(({ path }) => path));
    expect(batches!.flatMap(({ labels }) => labels)).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
    const image = await applyProtocol("reencoded", await openSample(folder.root, samples[0]!, sharpCodec), sharpCodec);
    expect(batches![0]!.x.slice(0, 3 * 20 * 24)).toEqual([...(await prepareInput(image, input, sharpCodec))]);
  });

  it("does not depend on the number of workers, nor on what is kept in memory", async () => {
    const augment = augmentOptions.parse({
      rotation: 20,
      shift: 0.1,
      horizontalFlip: true,
      noise: { probability: 0.5 },
    });
    const epoch = (name: string): BatchOptions => ({
      size: 3,
      shuffle: true,
      dropLast: true,
      rng: createRng(name),
      augmentKey: name,
    });
    const one = await all({ workers: 1, augment, cacheBytes: 0 }, epoch("1"), epoch("2"), plain);
    const three = await all({ workers: 3, augment }, epoch("1"), epoch("2"), plain);
    expect(three).toEqual(one);
    expect(one[0]!).toHaveLength(3);
    expect(one[0]).not.toEqual(one[1]);
  });

  it("keeps planes for later epochs: they do not need the files any more", async () => {
    const { root } = await temporaryFolder(await smallSet(2));
    const own = (await readDataset(root, { codec: sharpCodec })).samples;
    const preparer = await openPreparer({ root, input, protocol: "raw", workers: 2 });
    const read = async () => {
      const rows: number[] = [];
      for await (const { x } of preparer.batches(own, plain)) rows.push(...x);
      return rows;
    };
    try {
      const first = await read();
      await rm(root, { recursive: true });
      expect(await read()).toEqual(first);
    } finally {
      await preparer.close();
    }
  });

  it("augments a picture that is drawn twice in two ways", async () => {
    const augment = augmentOptions.parse({ rotation: 30 });
    const preparer = await openPreparer({ root: folder.root, input, protocol: "raw", augment, workers: 1 });
    const twice = [samples[0]!, samples[0]!];
    const rng = createRng(1);
    for await (const { x } of preparer.batches(twice, {
      size: 2,
      shuffle: false,
      dropLast: false,
      rng,
      augmentKey: "e",
    }))
      expect([...x.subarray(0, x.length / 2)]).not.toEqual([...x.subarray(x.length / 2)]);
    await preparer.close();
  });

  it("goes on from a later batch as if it had made those before it, and does not open their files", async () => {
    const { root } = await temporaryFolder(await smallSet(3));
    const own = (await readDataset(root, { codec: sharpCodec })).samples;
    const drawn = [...own, own[3]!]; // the last batch holds a picture that an earlier one held
    const augment = augmentOptions.parse({ rotation: 30 });
    const epoch = { size: 2, shuffle: false, dropLast: false, rng: createRng(1), augmentKey: "e" };
    const read = async (from: number) => {
      const preparer = await openPreparer({ root, input, protocol: "raw", augment, workers: 1, cacheBytes: 0 });
      const batches: number[][] = [];
      try {
        for await (const { x } of preparer.batches(drawn, { ...epoch, from })) batches.push([...x]);
      } finally {
        await preparer.close();
      }
      return batches;
    };
    const whole = await read(0);
    for (const { path } of own.slice(0, 3)) await rm(join(root, path));
    expect(await read(2)).toEqual(whole.slice(2));
    expect(await read(4)).toEqual([]);
    await rm(root, { recursive: true });
  });

  it("names the file that went missing or changed on the way", async () => {
    const { root } = await temporaryFolder(await smallSet(2));
    const own = (await readDataset(root, { codec: sharpCodec })).samples;
    await rm(join(root, own[1]!.path));
    const preparer = await openPreparer({ root, input, protocol: "raw", workers: 1 });
    const read = async (list: readonly Sample[]) => {
      for await (const _ of preparer.batches(list, plain));
    };
    try {
      await expect(read(own)).rejects.toThrow(/Cannot read fake\/1\.jpg any more/);
      const other = { ...own[0]!, sha256: "0" };
      await expect(read([other])).rejects.toThrow(/fake\/0\.jpg has changed/);
      await read([own[0]!]);
    } finally {
      await preparer.close();
      await rm(root, { recursive: true });
    }
  });
});

describe("fitNormalisation", { timeout: 120_000 }, () => {
  it("gives planes of mean 0 and deviation 1, whatever the workers", async () => {
    const plainInput = { ...input, mean: [0, 0, 0], deviation: [1, 1, 1] };
    const options: PreparerOptions = { root: folder.root, input: plainInput, protocol: "raw" };
    const fitted = await fitNormalisation(samples, { ...options, workers: 1 });
    expect(await fitNormalisation(samples, { ...options, workers: 2 })).toEqual(fitted);
    const [batches] = await all(
      { input: { ...input, ...fitted }, protocol: "raw", workers: 1 },
      { ...plain, size: 10 },
    );
    const area = 20 * 24;
    for (let c = 0; c < 3; c++) {
      const values = batches![0]!.x.filter((_, i) => Math.floor(i / area) % 3 === c);
      const mean = values.reduce((a, b) => a + b) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      expect(mean).toBeCloseTo(0, 5);
      expect(variance).toBeCloseTo(1, 4);
    }
  });
});
