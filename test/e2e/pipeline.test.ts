import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createRng } from "../../src/core/rng.ts";
import { openDetector } from "../../src/detect/detector.ts";
import { sharpCodec } from "../../src/image/sharpCodec.ts";
import { modelTensors, readModelFile, saveModel } from "../../src/model/modelFile.ts";
import { type Checkpoint, readCheckpoint } from "../../src/run/checkpoint.ts";
import { evaluateRun } from "../../src/run/evaluateRun.ts";
import { newestRun } from "../../src/run/newestRun.ts";
import type { RunEvent } from "../../src/run/runEvents.ts";
import { type TrainRunResult, trainRun } from "../../src/run/trainRun.ts";
import { parseRecipe } from "../../src/train/recipe.ts";

/** The whole way on pictures that the test draws: a fake is a gradient with a square of noise in it. */

const recipe = (changes: object = {}) =>
  parseRecipe("test", {
    name: "tiny",
    representation: { name: "residual" },
    size: 32,
    kernel: "box",
    architecture: { name: "smallcnn", options: { width: 0.25, headUnits: 8 } },
    learningRate: 0.003,
    batchSize: 8,
    epochs: 3,
    augment: { horizontalFlip: true },
    protocol: "raw",
    ...changes,
  });

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let home = "";
let back = "";

beforeAll(async () => {
  back = process.cwd();
  home = await mkdtemp(join(tmpdir(), "assay-e2e-"));
  process.chdir(home); // runs/ and the splits' ledger stand in the working folder
  for (const label of ["real", "fake"]) {
    await mkdir(join(home, "set", label), { recursive: true });
    for (let k = 0; k < 60; k++) await writeFile(join(home, "set", label, `${k}.png`), await draw(label === "fake", k));
  }
});

afterAll(async () => {
  process.chdir(back);
  await rm(home, { recursive: true });
});

async function draw(isFake: boolean, k: number): Promise<Buffer> {
  const rng = createRng(`${isFake}/${k}`);
  const side = 48;
  const [right, down, base] = [rng.between(-2, 2), rng.between(-2, 2), rng.between(90, 160)];
  const [left, top] = [rng.integer(24), rng.integer(24)];
  const data = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const inSquare = isFake && x >= left && x < left + 24 && y >= top && y < top + 24;
      const level = base + right * x * 0.5 + down * y * 0.5 + (inSquare ? 12 : 1.5) * rng.normal();
      data.fill(Math.min(255, Math.max(0, level)), 3 * (y * side + x), 3 * (y * side + x) + 3);
    }
  return sharp(data, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
}

/** Trains; `stopAfter` epochs the user presses Ctrl-C. */
async function train(
  out: string,
  more: { stopAfter?: number; resume?: boolean; changes?: object } = {},
): Promise<TrainRunResult & { events: RunEvent[] }> {
  const events: RunEvent[] = [];
  const interrupt = new AbortController();
  const result = await trainRun(
    {
      dataset: join(home, "set"),
      recipe: recipe(more.changes),
      command: "test",
      out: join(home, "runs", out),
      resume: more.resume === true,
      groupBy: "(.*)", // every picture is its own source
      workers: 1,
      threads: 1,
      signal: interrupt.signal,
    },
    (event) => {
      events.push(event);
      if (event.type === "epoch" && event.epoch + 1 === more.stopAfter) interrupt.abort();
    },
  );
  return { ...result, events };
}

const checkpoint = (out: string) =>
  readCheckpoint(join(home, "runs", out, "weights", "last", "checkpoint.safetensors"));

describe("from a folder of pictures to a verdict", () => {
  let whole: Awaited<ReturnType<typeof train>>;

  beforeAll(async () => {
    whole = await train("whole");
  });

  it("tells its story in events", () => {
    expect(whole.events.find(({ type }) => type === "start")).toMatchObject({ epochs: 3, batchSize: 8, epoch: 0 });
    expect(whole.events.filter(({ type }) => type === "epoch")).toHaveLength(3);
    expect(whole.stop).toBe("finished");
  });

  it("writes the folder of a run", async () => {
    const read = (name: string) => readFile(join(whole.folder.path, name), "utf8");
    expect((await read("results.csv")).trim().split("\n")).toHaveLength(4);
    const metrics = JSON.parse(await read("metrics.json"));
    expect(Object.keys(metrics.test)).toEqual(["raw", "reencoded", "rescaled"]);
    expect(metrics.test.raw.n).toEqual({ real: 9, fake: 9 });
    expect(metrics.test.raw.floors.file.rocAuc).toBeDefined();
    expect(await read("report.html")).toMatch(/tiny on set/);
    expect(await read("MODEL_CARD.md")).toMatch(/tiny/);
    for (const plot of ["loss", "accuracy", "confusion", "roc", "pr", "calibration", "scores"])
      expect(await sizeOf(join(whole.folder.path, "plots", `${plot}.png`))).toMatchObject([760, expect.any(Number)]);
    expect((await sizeOf(join(whole.folder.path, "augmentation.png")))[0]).toBeGreaterThan(100);
  });

  it("learns what is there to learn", () => {
    const { rocAuc } = whole.report.results[0]!.atFake.metrics;
    expect(rocAuc).toMatchObject({ value: expect.any(Number) });
    expect("value" in rocAuc && rocAuc.value).toBeGreaterThan(0.8);
  });

  it("evaluates to the same figures, and counts every look at test", async () => {
    const again = () =>
      evaluateRun({ model: whole.folder.bestModel, dataset: join(home, "set"), groupBy: "(.*)", workers: 1 });
    const first = await again();
    expect(first.part).toBe("test");
    expect(first.testLooks).toBe(2);
    const { atFake } = whole.report.results[0]!;
    expect(first.confusionMatrix).toEqual(atFake.confusionMatrix);
    expect("value" in first.metrics.rocAuc && first.metrics.rocAuc.value).toBe(
      "value" in atFake.metrics.rocAuc && atFake.metrics.rocAuc.value,
    );
    expect(first.seenInTraining.samples).toBe(0);
    expect((await again()).testLooks).toBe(3);

    const all = await evaluateRun({
      model: whole.folder.bestModel,
      dataset: join(home, "set"),
      groupBy: "(.*)",
      part: "all",
      workers: 1,
    });
    expect(all.seenInTraining.samples).toBe(102);
    expect(all.warnings[0]).toMatch(/learnt from 102 of these 120 pictures/);
  });

  it("goes on after an interruption to the very same weights", async () => {
    const stopped = await train("resumed", { stopAfter: 1 });
    expect(stopped.stop).toBe("interrupted");
    expect(await readFile(stopped.folder.report, "utf8")).toMatch(/Interrupted/);
    const resumed = await train("resumed", { resume: true });
    expect(resumed.events.filter(({ type }) => type === "epoch")).toHaveLength(2);
    const [a, b] = [await checkpoint("whole"), await checkpoint("resumed")];
    expect(b.trainer).toEqual(a.trainer);
    const figures = ({ loop }: Checkpoint) => loop.history.map(({ seconds: _, stepSeconds: __, ...rest }) => rest);
    expect(figures(b)).toEqual(figures(a));
  });

  it("refuses to mix runs, and to write over one", async () => {
    await expect(train("whole")).rejects.toThrow(/holds a run already.*--resume.*--force/);
    const config = () => readFile(join(home, "runs", "whole", "config.json"), "utf8");
    const before = await config();
    await expect(train("whole", { resume: true, changes: { learningRate: 0.1 } })).rejects.toThrow(
      /another recipe: learningRate/,
    );
    expect(await config()).toBe(before);
    await expect(train("never", { resume: true })).rejects.toThrow(/no run to resume/);
  });

  it("stops with the likely cause where training diverges", async () => {
    await expect(train("diverged", { changes: { learningRate: 1e30 } })).rejects.toThrow(
      /diverged in epoch 1, step \d+.*--learning-rate/,
    );
  });

  it("gives no verdict with a model whose run has not ended", async () => {
    const { metadata, ...file } = await readModelFile(whole.folder.bestModel);
    const unmeasured = { undefinedBecause: "training has not ended" };
    const draft = { ...metadata, operatingPoint: { ...metadata.operatingPoint, falseAlarmRate: unmeasured } };
    const path = join(home, "runs", "unfinished", "weights", "best.onnx");
    await saveModel(path, modelTensors({ ...file, metadata }), draft);
    await expect(openDetector({ model: path, codec: sharpCodec })).rejects.toThrow(/training has not ended.*--resume/);
    expect(newestRun(join(home, "runs"))).not.toBe(path);
  });

  it("stops early where nothing improves any more", async () => {
    const { stop, report } = await train("early", {
      changes: {
        learningRate: 1e-12,
        epochs: 9,
        earlyStopping: { monitor: "validationLoss", patience: 1, minDelta: 1 },
      },
    });
    expect(stop).toBe("early-stopping");
    expect(report.training!.epochs).toHaveLength(2);
  });

  it("answers on the command line: one JSON object a picture, errors beside answers", async () => {
    await writeFile(join(home, "text.jpg"), "no picture");
    const { code, stdout } = await assay(
      "detect",
      "set/fake/1.png",
      "text.jpg",
      "--model",
      whole.folder.bestModel,
      "--heat-map",
      "maps",
      "--json",
    );
    expect(code).toBe(3);
    const [answer, error] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(answer).toMatchObject({
      schemaVersion: 1,
      file: "set/fake/1.png",
      model: { name: "tiny" },
      warnings: expect.any(Array),
    });
    expect(answer.probability).toBeGreaterThanOrEqual(0);
    expect(await sizeOf(join(home, answer.heatMap))).toEqual([48, 48]);
    expect(error).toMatchObject({ file: "text.jpg", error: { code: "unsupported-format" } });
  });

  it("answers with the model that ships where none is given, which knows what it was not made for", async () => {
    const slip = join(back, "examples", "slip.png");
    const { code, stdout, stderr } = await assay("detect", slip, "set/fake/1.png", "--json");
    expect(code).toBe(0);
    expect(stderr).toContain("No --model: slips answers, which ships with assay.");
    const [altered, tiny] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(altered).toMatchObject({ verdict: "fake", model: { name: "slips" } });
    // The reference number was replaced: its box, as the forge wrote it down, in the first region.
    const [{ x, y, width, height }] = altered.regions;
    expect(x <= 56 && y <= 1155 && x + width >= 56 + 227 && y + height >= 1155 + 20).toBe(true);
    expect(tiny).toMatchObject({ verdict: "inconclusive", outside: expect.any(String) });
  });
});

async function sizeOf(path: string): Promise<[width: number, height: number]> {
  const { pixels } = await sharpCodec.decode(await readFile(path));
  return [pixels.width, pixels.height];
}

function assay(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const main = join(back, "src", "cli", "main.ts");
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--import", join(back, "node_modules", "tsx", "dist", "loader.mjs"), main, ...args],
      { cwd: home },
      (error, stdout, stderr) => resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
  });
}
