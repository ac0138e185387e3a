import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import { temporaryFolder } from "../data/testPictures.ts";
import { openDetector } from "../detect/detector.ts";
import { forgeSlips } from "../forge/dataset.ts";
import { readModelFile } from "../model/modelFile.ts";
import { parseRecipe } from "../train/recipe.ts";
import { divide } from "./tileLearner.ts";
import { trainRun } from "./trainRun.ts";

const sampleOf = (i: number, label: "real" | "fake", group: string): Sample => ({
  path: `${i}.png`,
  sha256: `${i}`,
  label,
  group,
});

it("sets whole groups aside for the pooling head, both classes among them, the same every time", () => {
  const rng = createRng("divide");
  const train = Array.from({ length: 400 }, (_, i) => sampleOf(i, rng.chance(0.2) ? "fake" : "real", `g${i >> 2}`));
  const { tiles, head } = divide(train);
  const groups = new Set(head.map(({ group }) => group));
  expect(groups.size).toBeGreaterThanOrEqual(10);
  expect(groups.size).toBeLessThanOrEqual(14);
  expect(tiles.some(({ group }) => groups.has(group))).toBe(false);
  expect(tiles.length + head.length).toBe(400);
  expect(new Set(head.map(({ label }) => label))).toEqual(new Set(["real", "fake"]));
  expect(
    divide(rng.shuffle(train))
      .head.map(({ path }) => path)
      .sort(),
  ).toEqual(head.map(({ path }) => path).sort());
});

it("goes on until both classes stand aside, and says where too few groups are left", () => {
  const rare = Array.from({ length: 40 }, (_, i) => sampleOf(i, i < 6 ? "fake" : "real", `g${i}`));
  const { tiles, head } = divide(rare);
  for (const side of [tiles, head]) expect(new Set(side.map(({ label }) => label)).size).toBe(2);
  const lone = Array.from({ length: 40 }, (_, i) => sampleOf(i, i < 4 ? "fake" : "real", i < 4 ? "one" : `g${i}`));
  expect(() => divide(lone)).toThrow(/too few.*stand aside.*Add pictures/);
});

it("trains on tiles from end to end: a model that pools, places, has a gate, and answers", {
  timeout: 300_000,
}, async () => {
  await using folder = await temporaryFolder();
  const before = process.cwd();
  process.chdir(folder.root);
  try {
    await forgeSlips({ out: "slips", count: 64, ratio: "1:1", seed: 4, width: 240, options: { unseenShare: 0.05 } });
    const recipe = parseRecipe("tiny", {
      name: "tiny",
      representation: { name: "flat" },
      size: 64,
      fit: "tiles",
      tiles: { perPicture: 2 },
      normalise: "train",
      architecture: { name: "tracenet", options: { channels: [4, 8, 16, 24] } },
      batchSize: 8,
      epochs: 2,
      average: { decay: 0.5 },
      protocol: "raw",
      testProtocols: ["raw"],
      split: "given",
      gate: "screenshot",
      maxInconclusive: 0.1,
      imbalance: { name: "undersample" },
      lines: { trees: 12, leaves: 4 },
    });
    const events: string[] = [];
    let steps = 0;
    const { folder: run } = await trainRun(
      { dataset: "slips", recipe, command: "test", out: "run", signal: new AbortController().signal },
      (event) => {
        events.push(event.type);
        if (event.type === "start") steps = event.stepsPerEpoch;
      },
    );
    expect(events.filter((type) => type === "epoch")).toHaveLength(2);
    const { metadata } = await readModelFile(run.bestModel);
    expect(metadata.gate).toBe("screenshot");
    expect(metadata.pooling!.weights).toHaveLength(metadata.pooling!.mean.length);
    expect(metadata.localisation).toMatchObject({ cell: 8 });
    expect(metadata.pooling).toMatchObject({ statistics: "tiles+lines/1" });
    expect(metadata.lines!.trees.trees).toHaveLength(12);
    expect(metadata.lines!.cells.every(Number.isFinite)).toBe(true);
    expect(metadata.operatingPoint.missedBelow).toBeDefined();
    // Fewer crops are fake than pictures: drawn to be alike, an epoch leaves genuine crops out. The picture's logit is
    // the pooling's, which weighs both classes the same whatever was drawn.
    const { samples, prevalence } = metadata.training;
    const crops = 2 * samples.filter(({ part }) => part === "train").length;
    expect(steps).toBeGreaterThan(0);
    expect(8 * steps).toBeLessThan(0.8 * crops);
    expect(metadata.calibration.priorShift).toBeCloseTo(Math.log((1 - prevalence!) / prevalence!), 9);
    const metrics = JSON.parse(await readFile(join("run", "metrics.json"), "utf8"));
    expect(Object.keys(metrics.test)).toEqual(["raw"]);
    const [row] = (await readFile(join("slips", "manifest.jsonl"), "utf8")).trim().split("\n");
    const detector = await openDetector({ model: run.bestModel });
    const answer = await detector.detect(await readFile(join("slips", JSON.parse(row!).path)), { heatMap: true });
    await detector.close();
    expect(answer.probability).toBeGreaterThanOrEqual(0);
    expect(answer.heatMap!.data.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(answer.outside === undefined).toBe(answer.regions !== undefined);
  } finally {
    process.chdir(before);
  }
});
