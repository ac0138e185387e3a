import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Sample } from "../core/sample.ts";
import { blobs, jpegOf, temporaryFolder } from "../data/testPictures.ts";
import { readPicture } from "../image/readFile.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { examineTiles } from "../model/examinePicture.ts";
import { readModelFile } from "../model/modelFile.ts";
import { pooledStatistics } from "../model/pooling.ts";
import { openModel } from "../model/predict.ts";
import { saveUntrained } from "../model/untrained.ts";
import { pictureVectors } from "./pictureVectors.ts";

const side = 64;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let samples: Sample[];
let before: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  before = process.cwd();
  process.chdir(folder.root); // runs/features stands in the working folder
  samples = await Promise.all(
    [0, 1, 2].map(async (i): Promise<Sample> => {
      const bytes = await jpegOf(blobs(`${i}`, 64 + 40 * i, 100), 92);
      await writeFile(join(folder.root, `${i}.jpg`), bytes);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return { path: `${i}.jpg`, sha256, label: i === 0 ? "fake" : "real", group: `${i}` };
    }),
  );
  const input = {
    representation: { name: "rgb" as const, options: {} },
    width: side,
    height: side,
    kernel: "box" as const,
    mean: [0.5, 0.5, 0.5],
    deviation: [0.2, 0.2, 0.2],
  };
  const shape = { channels: 3, height: side, width: side };
  await saveUntrained("tiles.onnx", {
    network: { architecture: { name: "tracenet", options: { channels: [4, 8, 16, 24] } }, input: shape },
    input: { ...input, fit: "tiles", overlap: 32 },
    decoder: codec.version,
  });
  await saveUntrained("whole.onnx", {
    network: { architecture: { name: "smallcnn", options: { width: 0.25 } }, input: shape },
    input: { ...input, fit: "resize" },
    decoder: codec.version,
  });
});
afterAll(async () => {
  process.chdir(before);
  await folder[Symbol.asyncDispose]();
});

it("of a model that sees tiles: the pooled statistics of its answers, then mean and maximum of its last maps", async () => {
  const file = await readModelFile("tiles.onnx");
  const table = await pictureVectors(samples, file, { root: folder.root, protocol: "raw", workers: 1 });
  expect(table.width).toBe(11 + 2 * 24);
  const model = await openModel("tiles.onnx", { threads: 1 });
  for (const [i, { path }] of samples.entries()) {
    const image = await codec.decode(await readPicture(join(folder.root, path)));
    const expected = pooledStatistics(await examineTiles(model, image, codec));
    const vector = table.values.subarray(i * table.width, (i + 1) * table.width);
    for (const [c, value] of expected.entries()) expect(vector[c]).toBeCloseTo(value, 3);
    const [means, most] = [vector.subarray(11, 11 + 24), vector.subarray(11 + 24)];
    for (let c = 0; c < 24; c++) expect(most[c]! + 1e-5).toBeGreaterThanOrEqual(means[c]!);
  }
  await model.release();

  // Kept: the second time no picture is read.
  await rm(join(folder.root, "2.jpg"));
  const again = await pictureVectors(samples, file, { root: folder.root, protocol: "raw", workers: 1 });
  expect(again.values).toEqual(table.values);
});

it("of another model: what its head sees", async () => {
  const file = await readModelFile("whole.onnx");
  const two = samples.slice(0, 2);
  const table = await pictureVectors(two, file, { root: folder.root, protocol: "raw", workers: 1 });
  expect(table.values).toHaveLength(2 * table.width);
  expect(table.values.some((value) => value !== 0)).toBe(true);
});
