import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createRng } from "../../src/core/rng.ts";
import { openDetector } from "../../src/detect/detector.ts";
import { imbalance } from "../../src/imbalance/index.ts";
import { modelTensors, readModelFile } from "../../src/model/modelFile.ts";
import type { RunEvent } from "../../src/run/runEvents.ts";
import { trainRun } from "../../src/run/trainRun.ts";
import { parseRecipe } from "../../src/train/recipe.ts";

/** Every strategy from recipe to verdict, on pictures that the test draws: a fake is flat, a genuine one noisy. */

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let home = "";
let back = "";
const counts = { real: 60, fake: 24 };

beforeAll(async () => {
  back = process.cwd();
  home = await mkdtemp(join(tmpdir(), "assay-imbalance-"));
  process.chdir(home); // runs/ stands in the working folder
  for (const label of ["real", "fake"] as const) {
    await mkdir(join(home, "set", label), { recursive: true });
    for (let k = 0; k < counts[label]; k++) await writeFile(join(home, "set", label, `${k}.png`), await draw(label, k));
  }
});

afterAll(async () => {
  process.chdir(back);
  await rm(home, { recursive: true });
});

function draw(label: string, k: number): Promise<Buffer> {
  const rng = createRng(`${label}/${k}`);
  const strength = (label === "fake" ? 2 : 8) + 3 * rng.uniform();
  const data = Uint8Array.from(
    { length: 24 * 24 * 3 },
    () => 128 + Math.max(-99, Math.min(99, strength * rng.normal())),
  );
  return sharp(data, { raw: { width: 24, height: 24, channels: 3 } })
    .png()
    .toBuffer();
}

const base = {
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
  freeze: "backbone",
};

interface Choices {
  readonly resume?: boolean;
  /** Ctrl-C as soon as an event is told of that this accepts. */
  readonly stopAt?: (event: RunEvent, member: number) => boolean;
}

const inputOf = (out: string) => ({
  dataset: join(home, "set"),
  out: join(home, "runs", out),
  groupBy: "(.*)", // every picture is its own source
  workers: 1,
  threads: 1,
});

async function train(out: string, changes: object, { resume = false, stopAt = () => false }: Choices = {}) {
  const events: RunEvent[] = [];
  const interrupt = new AbortController();
  let member = -1;
  const result = await trainRun(
    {
      ...inputOf(out),
      recipe: parseRecipe("test", { ...base, ...changes }),
      command: "test",
      resume,
      signal: interrupt.signal,
    },
    (event) => {
      events.push(event);
      if (event.type === "stage" && event.name.startsWith("Member")) member++;
      if (stopAt(event, member)) interrupt.abort();
    },
  );
  const file = await readModelFile(result.folder.bestModel);
  return { ...result, metadata: file.metadata, events };
}

/** Name and numbers of every tensor of a model. */
const weightsOf = async (model: string) =>
  Object.entries(modelTensors(await readModelFile(model))).map(([name, { data }]) => [
    name,
    createHash("sha256")
      .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
      .digest("hex"),
  ]);

const hasMembers = (name: string) => ["balancedEnsemble", "balancedBagging"].includes(name);
/** Few members of the bagging, of which the other one has as many as genuine pictures outnumber fakes. */
const remedy = (name: string) => ({ imbalance: { name, options: name === "balancedBagging" ? { members: 3 } : {} } });

describe.each(Object.keys(imbalance))("--imbalance %s", (name) => {
  it("trains, says what it did, and answers", async () => {
    const { metadata, report, events, folder } = await train(name, remedy(name));
    const { prevalence, imbalance: done, samples } = metadata.training;
    expect(done?.name).toBe(name);
    expect(done?.inexact !== undefined).toBe(["focal", "smote"].includes(name));
    const { rocAuc } = report.results[0]!.atFake.metrics;
    expect("value" in rocAuc && rocAuc.value).toBeGreaterThan(0.6);

    const all = samples.filter(({ part }) => part === "train").length;
    const fakes = Math.round(prevalence! * all);
    expect(prevalence).toBe(fakes / all);
    const moved = hasMembers(name) || ["none", "focal"].includes(name) ? 0 : Math.log((all - fakes) / fakes);
    expect(metadata.calibration.priorShift).toBeCloseTo(moved, 9);
    const rows: Record<string, number> = {
      undersample: 2 * fakes,
      oversample: 2 * (all - fakes),
      smote: 2 * (all - fakes),
    };
    const steps = events.flatMap((event) => (event.type === "start" ? event.stepsPerEpoch : []));
    if (!hasMembers(name)) expect(steps).toEqual([Math.floor((rows[name] ?? all) / base.batchSize)]);
    else expect(metadata.network.architecture).toMatchObject({ name: "ensemble", options: { members: steps.length } });

    const detector = await openDetector({ model: folder.bestModel });
    const picture = await readFile(join(home, "set", "fake", "0.png"));
    const { probability, heatMap } = await detector.detect(picture, { heatMap: true });
    expect(probability).toBeGreaterThan(0);
    expect(heatMap).toBeDefined();
    await detector.close();
  });

  it("goes on after an interruption to the same bits", async () => {
    const stopAt = (event: RunEvent, member: number) =>
      event.type === "epoch" && event.epoch === 0 && member === (hasMembers(name) ? 1 : -1);
    const out = `${name}-resumed`;
    const stopped = train(out, remedy(name), { stopAt });
    if (hasMembers(name)) await expect(stopped).rejects.toThrow("Member 2 of 3: Interrupted after epoch 1");
    else expect((await stopped).stop).toBe("interrupted");
    const { folder, events } = await train(out, remedy(name), { resume: true });
    expect(await weightsOf(folder.bestModel)).toEqual(
      await weightsOf(join(home, "runs", name, "weights", "best.onnx")),
    );
    if (hasMembers(name)) {
      const started = events.flatMap((event) => (event.type === "start" ? event.epoch : []));
      expect(started).toEqual([1, 0]); // the second goes on, the first is not repeated
      await expect(train(out, { ...remedy(name), epochs: 3 }, { resume: true })).rejects.toThrow(
        "Resume with --epochs 2",
      );
      await expect(train(out, remedy(name), { resume: true })).rejects.toThrow("all members of the run");
    }
  });
});

describe("an ensemble", () => {
  it("that is killed with -9 repeats no finished member and ends in the same bits", async () => {
    const recipe = { ...base, ...remedy("balancedBagging") };
    const script = join(back, "test", "e2e", "trainAloud.ts");
    const loader = join(back, "node_modules", "tsx", "dist", "loader.mjs");
    const given = { ...inputOf("killed"), checkpointEvery: 0, recipe, dieAt: { member: 1, epoch: 1, step: 1 } };
    const child = spawn(process.execPath, ["--import", loader, script, JSON.stringify(given)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise((resolve) => child.once("close", (_, signal) => resolve(signal)));
    child.stdout.resume();
    expect(await ended).toBe("SIGKILL");
    const members = join(home, "runs", "killed", "weights", "members");
    expect(await readdir(join(members, "0"))).toEqual(["member.safetensors"]);
    expect((await readdir(join(members, "1"))).sort()).toEqual(["best.safetensors", "checkpoint.safetensors"]);
    const { folder, events } = await train("killed", remedy("balancedBagging"), { resume: true });
    expect(events.flatMap((event) => (event.type === "start" ? [[event.epoch, event.step]] : []))).toEqual([
      [1, expect.toSatisfy((step: number) => step === 1 || step === 2)],
      [0, 0],
    ]);
    const whole = await weightsOf(join(home, "runs", "balancedBagging", "weights", "best.onnx"));
    expect(await weightsOf(folder.bestModel)).toEqual(whole);

    // Killed once more, between the last member and the end: nothing is trained again.
    await rm(join(folder.path, "threshold.json"));
    const again = await train("killed", remedy("balancedBagging"), { resume: true });
    expect(again.events.some((event) => event.type === "start")).toBe(false);
    expect(await weightsOf(folder.bestModel)).toEqual(whole);
  });

  it("does not go on with members that begin with other weights", async () => {
    const weights = join(home, "weights.onnx");
    const best = (run: string) => join(home, "runs", run, "weights", "best.onnx");
    const changes = { ...remedy("balancedBagging"), weights };
    await copyFile(best("none"), weights);
    const stopAt = (event: RunEvent, member: number) => member === 1 && event.type === "start";
    await expect(train("mixed", changes, { stopAt })).rejects.toThrow("Member 2 of 3: Interrupted in epoch 1");
    await copyFile(best("oversample"), weights);
    await expect(train("mixed", changes, { resume: true })).rejects.toThrow(
      "finished members began with other weights",
    );
  });

  it("lends its backbone to another run", async () => {
    const weights = join(home, "runs", "balancedBagging", "weights", "best.onnx");
    const { events } = await train("lent", { weights, epochs: 1 });
    const said = events.flatMap((event) => (event.type === "stage" ? event.name : []));
    expect(said).toContainEqual(expect.stringMatching(/^Weights: .* tensors from best\.onnx; the head starts afresh$/));
    expect(said.some((sentence) => sentence.startsWith("Features, "))).toBe(false); // the backbone's own are kept
  });

  it("whose members have backbones of their own is one file, with a heat map, even where it votes", async () => {
    const { freeze: _, ...whole } = base;
    const options = { members: 2, combine: "vote" };
    const { folder, metadata } = await train("own backbones", {
      ...whole,
      freeze: undefined,
      epochs: 1,
      imbalance: { name: "balancedBagging", options },
    });
    expect(metadata.network.architecture.options).toMatchObject({ sharedBackbone: false, combine: "vote" });
    expect((await weightsOf(folder.bestModel)).map(([name]) => name)).toContain("member1.conv1.weight");
    const detector = await openDetector({ model: folder.bestModel });
    const picture = await readFile(join(home, "set", "real", "0.png"));
    expect((await detector.detect(picture, { heatMap: true })).heatMap).toBeDefined();
    await detector.close();
  });
});

describe("a run", () => {
  it("gives detect the probabilities of its report, by any calibration, the prior put back once", async () => {
    const changes = { ...remedy("undersample"), calibration: "beta" };
    const { folder, metadata, report } = await train("beta", changes);
    expect(metadata.calibration).toMatchObject({ kind: "beta", priorShift: expect.toSatisfy((z: number) => z > 0.5) });
    const test = metadata.training.samples.filter(({ part }) => part === "test").map(({ sha256 }) => sha256);
    const detector = await openDetector({ model: folder.bestModel });
    for (const label of ["real", "fake"])
      for (const name of await readdir(join(home, "set", label))) {
        const { sha256, probability } = await detector.detect(await readFile(join(home, "set", label, name)));
        const at = test.indexOf(sha256);
        if (at >= 0) expect(probability).toBeCloseTo(report.results[0]!.scores.probabilities[at]!, 5);
      }
    await detector.close();
  });

  it("that cannot be carried out is refused before anything is prepared or written", async () => {
    await expect(train("refused", { freeze: undefined, ...remedy("smote") })).rejects.toThrow("--freeze backbone");
    await expect(train("refused", { imbalance: { name: "smote", options: { neighbours: 40 } } })).rejects.toThrow(
      "Add fakes, or repeat those that there are with oversample.",
    );
    expect(existsSync(join(home, "runs", "refused"))).toBe(false);
  });
});
