import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createRng } from "../../src/core/rng.ts";
import { makeImbalanced } from "../../src/data/makeImbalanced.ts";
import { readDataset } from "../../src/data/manifest.ts";
import { splitDataset } from "../../src/data/split.ts";
import { temporaryFolder } from "../../src/data/testPictures.ts";
import { sharpCodec as codec } from "../../src/image/sharpCodec.ts";
import { readModelFile } from "../../src/model/modelFile.ts";
import { evaluateRun } from "../../src/run/evaluateRun.ts";
import { trainRun } from "../../src/run/trainRun.ts";
import { parseRecipe } from "../../src/train/recipe.ts";

/** From plentiful fakes to a model of rare ones: thinned, trained, chosen by cost, reported at the user's own share. */

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let home = "";
let back = "";
let set: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  back = process.cwd();
  home = await mkdtemp(join(tmpdir(), "assay-rare-"));
  process.chdir(home); // runs/ stands in the working folder
  const files: Record<string, Uint8Array> = {};
  for (const [label, n] of [
    ["real", 80],
    ["fake", 40],
  ] as const)
    for (let k = 0; k < n; k++) files[`${label}/${k}.png`] = await draw(label, k);
  set = await temporaryFolder(files);
});

afterAll(async () => {
  process.chdir(back);
  await Promise.all([rm(home, { recursive: true }), set[Symbol.asyncDispose]()]);
});

/** A fake is flat, a genuine one noisy, and some of both are between. */
function draw(label: string, k: number): Promise<Buffer> {
  const rng = createRng(`rare/${label}/${k}`);
  const strength = (label === "fake" ? 3 : 8) + 6 * rng.uniform();
  const data = Uint8Array.from(
    { length: 16 * 16 * 3 },
    () => 128 + Math.max(-99, Math.min(99, strength * rng.normal())),
  );
  return sharp(data, { raw: { width: 16, height: 16, channels: 3 } })
    .png()
    .toBuffer();
}

const recipe = (changes: object) =>
  parseRecipe("test", {
    name: "rare",
    representation: { name: "residual" },
    size: 16,
    kernel: "box",
    architecture: { name: "smallcnn", options: { width: 0.25, headUnits: 8 } },
    learningRate: 0.01,
    batchSize: 8,
    epochs: 2,
    protocol: "raw",
    testProtocols: ["raw"],
    ...changes,
  });

const train = (dataset: string, changes: object) =>
  trainRun(
    {
      ...{ dataset, out: join(home, "runs", "rare"), recipe: recipe(changes), command: "test" },
      ...{ workers: 1, threads: 1, signal: new AbortController().signal },
    },
    () => {},
  );

it("goes from plentiful fakes to a report at one in 500", async () => {
  const dataset = await readDataset(set.root, { codec, groupBy: "(.*)" });
  const thin = join(home, "thin");
  const { after } = await makeImbalanced(dataset, splitDataset(dataset, { kind: "grouped", seed: 1 }), {
    ...{ out: thin, ratio: "1:5", seed: 1 },
  });
  await expect(train(thin, {})).rejects.toThrow(/thinned to 1:5 .* Pass --split given\./);

  const operatingPoint = { name: "cost", options: { missedFake: 50, falseAlarm: 1 } };
  const { report, folder } = await train(thin, { split: "given", prevalence: "1:500", operatingPoint });
  const { metadata } = await readModelFile(folder.bestModel);
  const share = after.train.fake / (after.train.fake + after.train.real);
  expect(metadata.training.prevalence).toBeCloseTo(share, 12);
  expect(metadata.operatingPoint.rule).toEqual({ ...operatingPoint, prevalence: 1 / 501 });

  const main = report.results[0]!;
  expect(main.prevalence).toMatchObject({ ratio: "1:500", from: "asked", movedFrom: share });
  // Elkan's threshold, where the probabilities are moved to.
  expect(main.atFake.threshold).toBeCloseTo(1 / 51, 9);
  expect(report.thresholds.fake).toBeGreaterThan(1 / 51);
  const metrics = JSON.parse(await readFile(join(folder.path, "metrics.json"), "utf8"));
  expect(metrics.test.raw).toMatchObject({
    n: after.test,
    prevalence: { ratio: "1:500" },
    baselines: { accuracy: 500 / 501 },
    proof: { real: after.test.real },
  });
  for (const name of ["report.html", "MODEL_CARD.md"]) {
    const text = (await readFile(join(folder.path, name), "utf8")).replaceAll(/base64,[^"]+/g, "");
    expect(text).toMatch(/a missed fake costs 50 and a false alarm 1, at 1:500/);
    expect(text).toMatch(/avg \/ total/);
    expect(text).not.toMatch(/NaN|undefined/);
  }

  const evaluate = (prevalence?: string) =>
    evaluateRun({ model: folder.bestModel, dataset: thin, workers: 1, ...(prevalence && { prevalence }) });
  const again = await evaluate("1:500");
  expect(again.part).toBe("test");
  expect(again.confusionMatrix).toEqual(main.atFake.confusionMatrix);
  const [here, there] = [again.metrics.brier, main.atFake.metrics.brier] as { value: number }[];
  expect(here!.value).toBeCloseTo(there!.value, 6);
  const own = await evaluate();
  expect(own.prevalence).toEqual({ share: 1 / 6, ratio: "1:5", from: "dataset" });
  expect(own.confusionMatrix).toEqual(again.confusionMatrix);
  expect(own.threshold).toBe(metadata.thresholds.fake);
});
