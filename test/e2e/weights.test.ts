import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { modelTensors, readModelFile } from "../../src/model/modelFile.ts";
import type { RunEvent } from "../../src/run/runEvents.ts";
import { trainRun } from "../../src/run/trainRun.ts";
import { parseRecipe } from "../../src/train/recipe.ts";
import { fill } from "../golden/onnx/fill.ts";

/** A run, its export, and runs that start from it: in folders of 64 noisy pictures. */

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let home = "";
let back = "";
let first: Awaited<ReturnType<typeof train>>;

beforeAll(async () => {
  back = process.cwd();
  home = await mkdtemp(join(tmpdir(), "assay-weights-"));
  process.chdir(home); // runs/ and the splits' ledger stand in the working folder
  for (const [set, label] of ["set", "other"].flatMap((set) =>
    ["real", "fake"].map((label) => [set, label] as const),
  )) {
    await mkdir(join(home, set, label), { recursive: true });
    for (let k = 0; k < 32; k++) {
      const data = Uint8Array.from(fill(`${set}/${label}/${k}`, 3 * 32 * 32, 60, label === "fake" ? 200 : 120));
      const png = sharp(data, { raw: { width: 32, height: 32, channels: 3 } }).png();
      await writeFile(join(home, set, label, `${k}.png`), await png.toBuffer());
    }
  }
  first = await train("first");
});
afterAll(async () => {
  process.chdir(back);
  await rm(home, { recursive: true });
});

async function train(out: string, changes: object = {}, dataset = "set") {
  const recipe = parseRecipe("test", {
    name: "tiny",
    representation: { name: "rgb" },
    size: 32,
    architecture: { name: "smallcnn", options: { width: 0.25, headUnits: 8 } },
    batchSize: 8,
    epochs: 1,
    protocol: "raw",
    ...changes,
  });
  const lines: string[] = [];
  const listen = (event: RunEvent) => void (event.type === "stage" && event.of === 0 && lines.push(event.name));
  const signal = new AbortController().signal;
  const run = {
    dataset: join(home, dataset),
    recipe,
    command: "test",
    groupBy: "(.*)",
    workers: 1,
    threads: 1,
    signal,
  };
  const { folder } = await trainRun({ ...run, out: join(home, "runs", out) }, listen);
  return { folder, lines, model: await readModelFile(folder.bestModel) };
}

function assay(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const loader = join(back, "node_modules", "tsx", "dist", "loader.mjs");
  const command = ["--import", loader, join(back, "src", "cli", "main.ts"), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: home }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
  });
}

describe("weights out and in", () => {
  it("assay export prints the files that it wrote; a run starts from them", async () => {
    const { code, stdout } = await assay("export", first.folder.bestModel, "--out", "out", "--json");
    expect(code).toBe(0);
    const { schemaVersion, files } = JSON.parse(stdout);
    expect(schemaVersion).toBe(1);
    expect(files).toEqual(
      ["safetensors", "onnx"].map((end) => ({
        path: join("out", `tiny.${end}`),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        bytes: expect.any(Number),
      })),
    );
    const again = await assay("export", first.folder.bestModel, "--out", "out", "--format", "onnx");
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/^out\/tiny\.onnx stand there already\. .*--force/);

    const { lines, model } = await train("second", { weights: files[0].path, learningRate: 1e-12 });
    expect(lines[0]).toBe("Weights: 33 of 33 tensors from tiny.safetensors; the head goes on, too");
    expect(model.metadata.provenance.weights).toEqual({ file: "tiny.safetensors", sha256: files[0].sha256 });
    const start = modelTensors(first.model);
    for (const [name, { data }] of Object.entries(modelTensors(model)))
      if (name.endsWith(".weight"))
        for (const [i, value] of data.entries()) expect(value).toBeCloseTo(start[name]!.data[i]!, 6);
  });

  it("a run that starts from another's model remembers what that one has seen, and is not judged on it", async () => {
    const weights = first.folder.bestModel;
    await expect(train("leak", { weights, seed: 7 })).rejects.toThrow(
      /best\.onnx has learnt from \d+ of the 10 test pictures of this run .*--split grouped --seed 1/,
    );
    const { model } = await train("third", { weights }, "other");
    const seen = first.model.metadata.training.samples.filter(({ part }) => part !== "test");
    expect(model.metadata.training.samples).toHaveLength(64 + seen.length);
    expect(model.metadata.training.samples).toEqual(expect.arrayContaining(seen));
  });

  it("refuses before it reads a picture: there is no such dataset", async () => {
    const refused = (weights: string, changes: object = {}) => train("never", { weights, ...changes }, "no-such-set");
    await expect(refused("none.safetensors")).rejects.toThrow(/no readable file of weights at none\.safetensors/);
    const wide = { architecture: { name: "smallcnn", options: { headUnits: 8 } } };
    await expect(refused(first.folder.bestModel, wide)).rejects.toThrow(
      /best\.onnx \(smallcnn with \{"width":0\.25,.*\}\) does not fit the network: 30 have another shape .*the options that/,
    );
    const { code, stderr } = await assay("train", "no-such-set", "--weights", "none.safetensors");
    expect(code).toBe(2);
    expect(stderr).toMatch(/none\.safetensors\. Check the path/);
  });
});
