import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createRng } from "../../src/core/rng.ts";
import { openDetector } from "../../src/detect/detector.ts";
import { imbalance } from "../../src/imbalance/index.ts";
import { readModelFile } from "../../src/model/modelFile.ts";
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

async function train(out: string, changes: object, { resume = false, stopAt = () => false }: Choices = {}) {
  const events: RunEvent[] = [];
  const interrupt = new AbortController();
  let member = -1;
  const result = await trainRun(
    {
      dataset: join(home, "set"),
      recipe: parseRecipe("test", { ...base, ...changes }),
      command: "test",
      out: join(home, "runs", out),
      resume,
      groupBy: "(.*)", // every picture is its own source
      workers: 1,
      threads: 1,
      signal: interrupt.signal,
    },
    (event) => {
      events.push(event);
      if (event.type === "stage" && event.name.startsWith("Member")) member++;
      if (stopAt(event, member)) interrupt.abort();
    },
  );
  const file = await readModelFile(result.folder.bestModel);
  return { ...result, file, metadata: file.metadata, events, losses: lossesOf(events) };
}
const lossesOf = (events: readonly RunEvent[]) => events.flatMap((event) => (event.type === "step" ? event.loss : []));
const strategies = Object.keys(imbalance);

describe.each(strategies)("--imbalance %s", (name) => {
  it("trains, says what it did, and answers", async () => {
    const { metadata, report, events, folder } = await train(name, { imbalance: { name } });
    expect(metadata.training.imbalance?.name).toBe(name);
    const train_ = metadata.training.samples.filter(({ part }) => part === "train").length;
    const { prevalence } = metadata.training;
    expect(prevalence! * train_).toBeCloseTo(Math.round(prevalence! * train_), 9);
    const { rocAuc } = report.results[0]!.atFake.metrics;
    expect("value" in rocAuc && rocAuc.value).toBeGreaterThan(0.6);
    const odds = Math.log((1 - prevalence!) / prevalence!);
    const moves = !["none", "focal", "balancedEnsemble", "balancedBagging"].includes(name);
    expect(metadata.calibration.priorShift).toBeCloseTo(moves ? odds : 0, 9);
    expect(metadata.training.imbalance?.inexact !== undefined).toBe(["focal", "smote"].includes(name));
    const start = events.find((event) => event.type === "start");
    const rows = { undersample: 2 * prevalence! * train_, oversample: 2 * (1 - prevalence!) * train_ }[name];
    if (rows !== undefined) expect(start?.stepsPerEpoch).toBe(Math.floor(Math.round(rows) / 8));
    const detector = await openDetector({ model: folder.bestModel });
    const { probability } = await detector.detect(await readFile(join(home, "set", "fake", "0.png")));
    expect(probability).toBeGreaterThan(0);
    await detector.close();
  });
});
