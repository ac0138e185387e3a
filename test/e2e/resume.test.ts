import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { smallSet, temporaryFolder } from "../../src/data/testPictures.ts";
import { modelTensors, readModelFile } from "../../src/model/modelFile.ts";
import { readCheckpoint } from "../../src/run/checkpoint.ts";
import { circumstancesOf, otherBits } from "../../src/run/circumstances.ts";
import type { RunEvent } from "../../src/run/runEvents.ts";
import { trainRun } from "../../src/run/trainRun.ts";
import { parseRecipe } from "../../src/train/recipe.ts";

/**
 * A run that is killed and goes on ends with the same bits as one that never was: weights, running statistics,
 * optimizer, early stopping, results.csv, best model, metrics. With everything in it that draws random numbers or
 * remembers: dropout, augmentation of planes and of pixels, Adam, an average of the weights, a schedule that reads the
 * history.
 */
const recipe = {
  name: "tiny",
  representation: { name: "residual" },
  size: 32,
  kernel: "box",
  architecture: { name: "smallcnn", options: { width: 0.25, headUnits: 8, dropout: 0.3 } },
  optimizer: { name: "adam" },
  schedule: { name: "reduceOnPlateau", options: { patience: 0 } },
  learningRate: 0.01,
  clipNorm: 5,
  average: { decay: 0.9 },
  batchSize: 6,
  accumulate: 2,
  epochs: 3,
  augment: { horizontalFlip: true, rotation: 10, noise: { probability: 0.5 } },
  protocol: "raw",
};
const stepsPerEpoch = 8;

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let home: Awaited<ReturnType<typeof temporaryFolder>>;
let back = "";
const pathOf = (...names: string[]) => join(home.root, ...names);
const checkpointOf = (out: string) => pathOf("runs", out, "weights", "last", "checkpoint.safetensors");

beforeAll(async () => {
  back = process.cwd();
  const pictures = await smallSet(40, { quality: { real: 90, fake: 60 } });
  home = await temporaryFolder({
    ...Object.fromEntries(Object.entries(pictures).map(([path, bytes]) => [`set/${path}`, bytes])),
    "tiny.json": JSON.stringify(recipe),
  });
  process.chdir(home.root); // runs/ and the splits' ledger stand in the working folder
  await ranAloud("whole");
});

afterAll(async () => {
  process.chdir(back);
  await home[Symbol.asyncDispose]();
});

const tsx = () => ["--import", join(back, "node_modules", "tsx", "dist", "loader.mjs")];

const inputOf = (out: string) => ({
  dataset: pathOf("set"),
  out: pathOf("runs", out),
  groupBy: "(.*)", // every picture is its own source
  workers: 1,
  threads: 2,
});

/** A run in a process of its own; killed with SIGKILL as soon as it tells of the event that `last` accepts. */
async function ranAloud(
  out: string,
  more: { resume?: boolean; checkpointEvery?: number; last?: (event: RunEvent) => boolean } = {},
): Promise<RunEvent[]> {
  const { last = () => false, ...input } = more;
  const script = join(back, "test", "e2e", "trainAloud.ts");
  const child = spawn(process.execPath, [...tsx(), script, JSON.stringify({ ...inputOf(out), ...input, recipe })], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  const ended = new Promise<string | number | null>((resolve) => {
    child.once("close", (code, signal) => resolve(signal ?? code));
  });
  const events: RunEvent[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as RunEvent;
    events.push(event);
    if (last(event)) child.kill("SIGKILL");
  }
  expect(await ended, complaints).toBe(more.last === undefined ? 0 : "SIGKILL");
  return events;
}

const isStep = (epoch: number, step: number) => (event: RunEvent) =>
  event.type === "step" && event.epoch === epoch && event.step === step;

const startOf = (events: readonly RunEvent[]) => events.find((event) => event.type === "start");

/** Everything that a run ends with, without the time that it took. */
async function endOf(out: string) {
  const { trainer, loop, identity, input } = await readCheckpoint(checkpointOf(out));
  const bits = (tensors: Readonly<Record<string, { data: Float32Array }>>) =>
    Object.entries(tensors).map(([name, { data }]) => [
      name,
      createHash("sha256")
        .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
        .digest("hex"),
    ]);
  const results = await readFile(pathOf("runs", out, "results.csv"), "utf8");
  return {
    step: trainer.step,
    last: bits(trainer.tensors),
    best: bits(modelTensors(await readModelFile(pathOf("runs", out, "weights", "best.onnx")))),
    loop: { ...loop, history: loop.history.map(({ seconds: _, stepSeconds: __, ...figures }) => figures) },
    identity,
    input,
    results: results.split("\n").map((line) => line.split(",").slice(0, -2)),
    metrics: JSON.parse(await readFile(pathOf("runs", out, "metrics.json"), "utf8")),
    thresholds: JSON.parse(await readFile(pathOf("runs", out, "threshold.json"), "utf8")),
  };
}

describe("a run that was killed in the middle of an epoch", () => {
  it("ends with the same bits as one that never was", async () => {
    await ranAloud("killed", { checkpointEvery: 0, last: isStep(0, 4) });
    const first = await ranAloud("killed", { resume: true, checkpointEvery: 60, last: isStep(1, 2) });
    const start = startOf(first)!;
    expect(start.epoch).toBe(0);
    expect(start.step).toBeGreaterThanOrEqual(4); // what the last checkpoint held: at most the step in progress is lost
    expect(start.step).toBeLessThan(stepsPerEpoch);
    const second = await ranAloud("killed", { resume: true });
    // No checkpoint within that epoch: its steps are done again, to the same numbers.
    expect(startOf(second)).toMatchObject({ epoch: 1, step: 0, stepsPerEpoch });
    expect(await endOf("killed")).toEqual(await endOf("whole"));
  });

  it("loses nothing where Ctrl-C came before the first epoch's end", async () => {
    const interrupt = new AbortController();
    const run = trainRun(
      { ...inputOf("stopped"), recipe: parseRecipe("test", recipe), command: "test", signal: interrupt.signal },
      (event) => {
        if (isStep(0, 2)(event)) interrupt.abort();
      },
    );
    await expect(run).rejects.toThrow(/Interrupted in epoch 1 after step 3.*--resume.*no model yet/);
    expect(startOf(await ranAloud("stopped", { resume: true }))).toMatchObject({ epoch: 0, step: 3 });
    expect(await endOf("stopped")).toEqual(await endOf("whole"));
  });
});

describe("assay train", () => {
  const flags = ["--group-by", "(.*)", "--workers", "1", "--threads", "2", "--recipe", "tiny.json", "--quiet"];

  it("answers Ctrl-C with exit code 130 and goes on with --resume", async () => {
    const interrupted = assay("train", "set", "--out", "runs/cli", "--checkpoint-every", "0", ...flags);
    while (!existsSync(checkpointOf("cli"))) await pause(5);
    interrupted.child.kill("SIGINT");
    expect(await interrupted.ended).toBe(130);
    const { loop } = await readCheckpoint(checkpointOf("cli"));
    expect(loop.epoch).toBeLessThan(recipe.epochs);
    expect(await assay("train", "set", "--out", "runs/cli", "--resume", ...flags).ended).toBe(0);
    expect(await endOf("cli")).toEqual(await endOf("whole"));
  });

  it("says what stands in the way of --resume before it reads a picture", async () => {
    const resume = async (changes: object, more: object = {}) => {
      const stages: string[] = [];
      const input = { ...inputOf("copy"), command: "test", signal: new AbortController().signal, resume: true };
      const run = trainRun({ ...input, recipe: parseRecipe("test", { ...recipe, ...changes }), ...more }, (event) => {
        if (event.type === "stage") stages.push(event.name);
      });
      const message = await run.then(
        () => "went on",
        (error: Error) => error.message,
      );
      return [message, stages[0]];
    };
    await cp(pathOf("runs", "whole"), pathOf("runs", "copy"), { recursive: true });
    expect(await resume({})).toEqual([
      expect.stringMatching(/nothing to resume: the run in .* has done all 3 epochs.*--epochs/),
      undefined,
    ]);
    expect(await resume({ learningRate: 0.1 })).toEqual([
      expect.stringMatching(/another recipe: learningRate differ/),
      undefined,
    ]);
    expect(await resume({ architecture: { name: "smallcnn", options: {} } })).toEqual([
      expect.stringMatching(/another recipe: architecture differ/),
      undefined,
    ]);
    expect(await resume({ clipNorm: undefined })).toEqual([
      expect.stringMatching(/another recipe: clipNorm differ/),
      undefined,
    ]);
    const [other] = await resume({ epochs: 4 }, { groupBy: "(.)" });
    expect(other).toMatch(/another dataset.*--group-by/);
    expect((await resume({}, { out: undefined }))[0]).toMatch(/Which run goes on.*--out/);

    await truncate(checkpointOf("copy"), 5000);
    expect(await resume({})).toEqual([expect.stringMatching(/damaged or cut short.*--force/), undefined]);
    await writeFile(checkpointOf("copy"), "");
    expect((await resume({}))[0]).toMatch(/damaged or cut short/);
    await rm(checkpointOf("copy"));
    expect((await resume({}))[0]).toMatch(/no checkpoint.*--force/);
  });

  it("warns where the numbers will round otherwise", async () => {
    const here = circumstancesOf({ threads: 2, layout: "portable" });
    expect(otherBits(here, here)).toBeUndefined();
    expect(otherBits(here, { ...here, threads: 4, layout: "blocked" })).toMatch(
      /not end in the very same bits: --threads was 2 and is 4; --layout was portable and is blocked/,
    );
  });
});

function assay(...args: string[]) {
  const child = spawn(process.execPath, [...tsx(), join(back, "src", "cli", "main.ts"), ...args], { stdio: "ignore" });
  return { child, ended: new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code))) };
}
