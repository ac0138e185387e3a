import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { blobs, jpegOf, temporaryFolder } from "../data/testPictures.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { modelTensors, readModelFile, saveModel } from "../model/modelFile.ts";
import { saveUntrained } from "../model/untrained.ts";
import type { ComparisonData } from "../report/compare/comparisonData.ts";
import { type CompareInput, compare } from "../study/compareRun.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  const files: Record<string, Uint8Array> = {};
  // Fakes are coarser saves: something for a head to find.
  for (let i = 0; i < 60; i++) files[`set/real/${i}.jpg`] = await jpegOf(blobs(`real/${i}`), 95);
  for (let i = 0; i < 30; i++) files[`set/fake/${i}.jpg`] = await jpegOf(blobs(`fake/${i}`), 40);
  files["thinned/real/0.jpg"] = files["set/real/0.jpg"]!;
  files["thinned/fake/0.jpg"] = files["set/fake/0.jpg"]!;
  files["thinned/dataset.json"] = Buffer.from(JSON.stringify({ schemaVersion: 1, name: "thinned", ratio: "1:50" }));
  folder = await temporaryFolder(files);
  const side = { height: 32, width: 32 };
  await saveUntrained(join(folder.root, "backbone.onnx"), {
    network: { architecture: { name: "smallcnn", options: { width: 0.25 } }, input: { channels: 3, ...side } },
    input: {
      representation: { name: "ela", options: {} },
      ...side,
      fit: "resize",
      kernel: "box",
      mean: [0, 0, 0],
      deviation: [1, 1, 1],
    },
    decoder: sharpCodec.version,
  });
});
afterAll(() => folder[Symbol.asyncDispose]());

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const tsx = import.meta.resolve("tsx");
const asked = ["compare", "set", "--backbone", "backbone.onnx", "--imbalance", "classWeights", "--ratios", "1:4"];
const size = ["--seeds", "1", "--folds", "2", "--workers", "1", "--json"];

function start(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["--import", tsx, main, ...words], { cwd: folder.root });
}

async function end(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  let [out, err] = ["", ""];
  child.stdout!.on("data", (text) => {
    out += text;
  });
  child.stderr!.on("data", (text) => {
    err += text;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, err })));
}

const jobs = async (run: string) =>
  (await readFile(join(folder.root, run, "jobs.jsonl"), "utf8").catch(() => "")).split("\n").slice(1, -1);

/** Without what a clock says. */
const timeless = (data: ComparisonData) =>
  JSON.stringify(data, (key, value) => (/seconds$|microseconds$|^createdAt$/i.test(key) ? undefined : value));

it("compares from the command line; killed in the middle, it goes on, and says the same to the bit", {
  timeout: 180_000,
}, async () => {
  const killed = start([...asked, ...size, "--out", "run"]);
  const ended = end(killed);
  while ((await jobs("run")).length < 2 && killed.exitCode === null) await setTimeout(10);
  killed.kill("SIGKILL");
  await ended;
  const before = await jobs("run");
  expect(before.length).toBeGreaterThan(1);

  const again = await end(start([...asked, ...size, "--out", "run", "--resume"]));
  expect(again.code, again.err).toBe(0);
  const after = await jobs("run");
  expect(after.slice(0, before.length)).toEqual(before);
  expect(new Set(after.map((line) => JSON.parse(line)[0])).size).toBe(after.length);
  const data: ComparisonData = JSON.parse(again.out);
  expect(JSON.parse(await readFile(join(folder.root, "run", "compare.json"), "utf8"))).toEqual(data);
  expect(await readFile(join(folder.root, "run", "compare.html"), "utf8")).toContain("What would improve it");

  // Never interrupted, and in this thread.
  const { data: whole } = await inFolder(() => compare({ ...input, workers: 0, command: data.command }));
  expect(timeless(whole)).toBe(timeless(data));

  expect(data).toMatchObject({
    schemaVersion: 1,
    control: "none",
    folds: 2,
    learner: { kind: "heads", backbone: "backbone.onnx" },
    ratios: [
      {
        ratio: "1:4",
        strategies: [{ name: "none" }, { name: "classWeights", metrics: {}, pairedDifference: {} }],
        recommended: { why: expect.any(String) },
      },
    ],
  });
});

it("refuses in a sentence, before any training", async () => {
  const refused = (changes: Partial<CompareInput>) => inFolder(() => compare({ ...input, ...changes, out: "refused" }));
  await expect(refused({ imbalance: ["clasWeights"] })).rejects.toThrow('Did you mean "classWeights"?');
  await expect(refused({ folds: 1 })).rejects.toThrow("--folds 1: every picture is judged by a model that did not");
  await expect(refused({ imbalance: ["focal", "focal"] })).rejects.toThrow("focal stands twice");
  await expect(refused({ dataset: "thinned" })).rejects.toThrow("pass the dataset that thinned was made of");
  await expect(refused({ resume: true })).rejects.toThrow("There is no comparison to go on with in refused");
  await expect(inFolder(() => compare({ ...input, out: "set" }))).rejects.toThrow("set is not empty");
});

it("refuses a backbone that has seen a picture that judges here, before anything is trained", async () => {
  const picture = await readFile(join(folder.root, "set/fake/7.jpg"));
  const file = await readModelFile(join(folder.root, "backbone.onnx"));
  const seen = {
    sha256: createHash("sha256").update(picture).digest("hex"),
    group: "anything",
    part: "train",
  } as const;
  await saveModel(join(folder.root, "seen.onnx"), modelTensors(file), {
    ...file.metadata,
    training: { ...file.metadata.training, samples: [seen] },
  });
  const asked = inFolder(() => compare({ ...input, backbone: "seen.onnx", out: "leak" }));
  await expect(asked).rejects.toThrow("1 of the 90 pictures and 0 groups of set were in that training");
  expect(await readdir(folder.root)).not.toContain("leak");
});

const input: CompareInput = {
  dataset: "set",
  backbone: "backbone.onnx",
  imbalance: ["classWeights"],
  ratios: [4],
  seeds: 1,
  folds: 2,
  out: "other",
};

/** runs/ and relative paths stand in the working folder. */
async function inFolder<T>(work: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  process.chdir(folder.root);
  try {
    return await work();
  } finally {
    process.chdir(before);
  }
}
