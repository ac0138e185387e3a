import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { sharpCodec as codec } from "../../image/sharpCodec.ts";
import type { InputRecipe } from "../../representations/input.ts";
import { augmentOptions } from "../augment.ts";
import { readDataset } from "../manifest.ts";
import { blobs, temporaryFolder } from "../testPictures.ts";
import { type CropOptions, type CropSample, cutCrops } from "./crops.ts";
import { mirrored } from "./record.ts";

const side = 64;
const input: InputRecipe = {
  representation: { name: "rgb", options: {} },
  width: side,
  height: side,
  fit: "tiles",
  kernel: "box",
  mean: [0, 0, 0],
  deviation: [1, 1, 1],
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let options: CropOptions;
const samplesOf = async () => (await readDataset(folder.root, { codec })).samples;

beforeAll(async () => {
  const mask = new Uint8Array(3 * 160 * 200);
  for (let y = 96; y < 136; y++) mask.fill(255, 3 * (y * 160 + 40), 3 * (y * 160 + 104));
  folder = await temporaryFolder({
    "real/a.png": await codec.encodePng(blobs("a", 160, 200)),
    "real/b.png": await codec.encodePng(blobs("b", 160, 200)),
    "fake/c.png": await codec.encodePng(blobs("c", 160, 200)),
    "fake/unmasked.png": await codec.encodePng(blobs("d", 160, 200)),
    "masks/c.png": await codec.encodePng({ width: 160, height: 200, channels: 3, data: mask }),
  });
  options = {
    root: folder.root,
    protocol: "raw",
    side,
    perPicture: 6,
    seed: 1,
    decoder: codec.version,
    folder: `${folder.root}/crops`,
    workers: 1,
  };
});
afterAll(() => folder[Symbol.asyncDispose]());

describe("crops", { timeout: 60_000 }, () => {
  it("carry pixels of their pictures, and say which cells were edited", async () => {
    const samples = await samplesOf();
    const crops = await cutCrops(samples, options);
    const preparer = crops.open(input);
    const of = crops.of(samples.filter(({ path }) => path === "fake/c.png"));
    expect(of.map(({ label }) => label)).toContain("fake");
    const original = blobs("c", 160, 200).data;
    let edited = 0;
    for await (const batch of preparer.batches(of, { size: 4, shuffle: false, dropLast: false })) {
      const { cells, labels, x, samples: rows } = batch;
      expect(labels).toEqual(Float32Array.from(rows, ({ label }) => (label === "fake" ? 1 : 0)));
      for (let row = 0; row < rows.length; row++) {
        const own = cells!.edited.subarray(row * 64, (row + 1) * 64);
        expect(own.some((cell) => cell === 1)).toBe(labels[row] === 1);
        edited += own.reduce((sum, cell) => sum + cell, 0);
        expect(windowOf(x.subarray(3 * row * side * side), original)).toBeDefined();
      }
    }
    expect(edited).toBeGreaterThan(20);
    await preparer.close();
  });

  it("are mirrored with their cells", async () => {
    const crops = await cutCrops(await samplesOf(), options);
    const drawn = async (flips: boolean) => {
      const augment = augmentOptions.parse({ horizontalFlip: flips, verticalFlip: flips });
      const preparer = crops.open(input, augment);
      const of = crops.of((await samplesOf()).filter(({ path }) => path === "fake/c.png"));
      const how = { size: 6, shuffle: false, dropLast: true, rng: createRng("mirror"), augmentKey: "epoch/1" };
      const rows = [];
      for await (const { x, cells } of preparer.batches(of, how))
        for (let row = 0; row < 6; row++)
          rows.push({
            red: x.slice(3 * row * side * side, (3 * row + 1) * side * side),
            edited: cells!.edited.slice(row * 64, (row + 1) * 64),
            weights: cells!.weights.slice(row * 64, (row + 1) * 64),
          });
      await preparer.close();
      return rows;
    };
    const [plain, turned] = [await drawn(false), await drawn(true)];
    const ways = [false, true].flatMap((across) => [false, true].map((down) => ({ across, down })));
    const found = plain.map(({ red, edited, weights }, i) =>
      ways.find((way) => {
        const seen = (table: Float32Array, width: number) => mirrored(table, { width, channels: 1 }, way);
        const same = (a: Float32Array, b: Float32Array) => a.every((value, k) => value === b[k]);
        const { red: x, edited: cells, weights: known } = turned[i]!;
        return same(seen(red, side), x) && same(seen(edited, 8), cells) && same(seen(weights, 8), known);
      }),
    );
    expect(found).not.toContain(undefined);
    expect(new Set(found.map((way) => JSON.stringify(way))).size).toBeGreaterThan(1);
  });

  it("show a fake and its unedited twin at the same places, beside each other", async () => {
    const read = await samplesOf();
    const samples = read
      .filter(({ path }) => path === "fake/c.png" || path === "real/a.png")
      .map((sample) => ({ ...sample, source: "transfer-1" }));
    const crops = await cutCrops(samples, { ...options, folder: `${folder.root}/twins` });
    const preparer = crops.open(input);
    const how = { size: 2, shuffle: true, dropLast: true, rng: createRng("twins"), augmentKey: "epoch/1" };
    let [pairs, taught] = [0, 0];
    const [fake, real] = [blobs("c", 160, 200).data, blobs("a", 160, 200).data];
    for await (const { x, labels, samples: pair } of preparer.batches(crops.of(samples), how)) {
      const [first, second] = pair as CropSample[];
      expect(first!.place).toBe(second!.place);
      expect(first!.path).not.toBe(second!.path);
      const [a, b] = [x.subarray(0, x.length / 2), x.subarray(x.length / 2)];
      expect(windowOf(a, first!.fromFake ? fake : real)).toEqual(windowOf(b, second!.fromFake ? fake : real));
      pairs++;
      taught += labels[0]! + labels[1]!;
    }
    expect(pairs).toBe(6);
    expect(taught).toBeGreaterThan(1);
    await preparer.close();
  });

  it("are taught by their picture's label where nobody knows the cells", async () => {
    const samples = await samplesOf();
    const crops = await cutCrops(samples, options);
    const preparer = crops.open(input);
    const of = crops.of(samples.filter(({ path }) => path === "fake/unmasked.png"));
    expect(of.every(({ label }) => label === "fake")).toBe(true);
    for await (const { cells, labels } of preparer.batches(of, { size: 6, shuffle: false, dropLast: false })) {
      expect([...labels]).toEqual([1, 1, 1, 1, 1, 1]);
      expect(cells!.weights.every((weight) => weight === 0)).toBe(true);
    }
    await preparer.close();
  });

  it("are cut once, and are the same whoever cuts them; in training they move by whole blocks", async () => {
    const samples = await samplesOf();
    const first = await cutCrops(samples, options);
    let cut = 0;
    await cutCrops(samples, options, { onProgress: () => cut++ });
    expect(cut).toBe(0);
    const other = await cutCrops(samples, { ...options, folder: `${folder.root}/other`, workers: 2 });
    const batches = async (crops: typeof first) => {
      const preparer = crops.open(input, undefined);
      const rows: Float32Array[] = [];
      const how = { size: 5, shuffle: true, dropLast: true, rng: createRng("epoch"), augmentKey: "epoch/1" };
      for await (const { x } of preparer.batches(crops.of(samples), how)) rows.push(x.slice());
      await preparer.close();
      return rows;
    };
    const [a, b] = [await batches(first), await batches(other)];
    expect(a).toHaveLength(4);
    expect(b).toEqual(a);
  });

  it("end with a sentence where they are interrupted, and where a picture has changed", async () => {
    const samples = await samplesOf();
    const elsewhere = { ...options, folder: `${folder.root}/elsewhere` };
    await expect(cutCrops(samples, elsewhere, { signal: AbortSignal.abort() })).rejects.toThrow(/Interrupted after/);
    const changed = samples.map((sample) => ({ ...sample, sha256: "0".repeat(64) }));
    await expect(cutCrops(changed, elsewhere)).rejects.toThrow(/has changed since/);
  });
});

/** Where planes [3, side, side] stand in an RGB picture of 160 x 200, at multiples of 8; undefined where nowhere. */
function windowOf(planes: Float32Array, data: Uint8Array): [number, number] | undefined {
  for (let top = 0; top + side <= 200; top += 8)
    for (let left = 0; left + side <= 160; left += 8) {
      const same = [0, 17, 900, 4095].every((i) =>
        [0, 1, 2].every((c) => {
          const from = 3 * ((top + Math.floor(i / side)) * 160 + left + (i % side)) + c;
          return Math.round(planes[c * side * side + i]! * 255) === data[from];
        }),
      );
      if (same) return [left, top];
    }
  return undefined;
}
