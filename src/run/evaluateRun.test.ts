import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { exampleReport } from "../../test/golden/report/exampleReport.ts";
import { isDefined } from "../core/estimate.ts";
import { readDataset } from "../data/manifest.ts";
import { countLooks, openSplit } from "../data/splitFile.ts";
import { blobs, jpegOf, temporaryFolder } from "../data/testPictures.ts";
import { ladder } from "../evaluate/robustness.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { saveUntrained } from "../model/untrained.ts";
import { reportHtml } from "../report/html.ts";
import { formatEvaluation, formatLadder } from "../report/terminal.ts";
import { inputRecipe } from "../representations/input.ts";
import { evaluateRun } from "./evaluateRun.ts";
import { robustnessRun } from "./robustnessRun.ts";

/** A network of tiles that learnt nothing, on a set with masks and facts as `forge` writes them. */

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const [width, height] = [72, 56];
let home = "";
let back = "";
let set: Awaited<ReturnType<typeof temporaryFolder>>;
const model = "tiles.onnx";
const levels = ["png", "highJpeg", "messenger"] as const;

beforeAll(async () => {
  back = process.cwd();
  home = await mkdtemp(join(tmpdir(), "assay-evaluate-"));
  process.chdir(home); // runs/ and the split's ledger stand in the working folder
  const files: Record<string, Uint8Array | string> = {};
  const rows: object[] = [];
  const mask = await codec.encodePng({
    width,
    height,
    channels: 3,
    data: Uint8Array.from({ length: width * height * 3 }, (_, i) => ((i / 3) % width < 20 ? 255 : 0)),
  });
  for (const label of ["real", "fake"] as const)
    for (let i = 0; i < 40; i++) {
      const path = `${label}/${i}.jpg`;
      files[path] = await jpegOf(blobs(path, width, height));
      if (label === "fake") files[`masks/fake-${i}.png`] = mask;
      rows.push({
        ...{ path, label, group: `${label}-${i}`, app: i % 2 === 0 ? "A" : "B", scenario: "seen", language: "en" },
        laundering: { level: levels[i % 3] },
        ...(label === "fake" ? { operation: "splice", fields: ["amount"], mask: `masks/fake-${i}.png` } : {}),
      });
    }
  files["manifest.jsonl"] = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  set = await temporaryFolder(files);
  const side = { height: 32, width: 32 };
  await saveUntrained(model, {
    network: {
      architecture: { name: "tracenet", options: { channels: [2, 4, 8, 12] } },
      input: { channels: 3, ...side },
    },
    input: inputRecipe.parse({
      representation: { name: "rgb", options: {} },
      ...side,
      fit: "tiles",
      overlap: 16,
      kernel: "box",
      mean: [0.5, 0.5, 0.5],
      deviation: [0.3, 0.3, 0.3],
    }),
    decoder: codec.version,
  });
  await openSplit(await readDataset(set.root, { codec }), { kind: "grouped", seed: 1 });
});

afterAll(async () => {
  process.chdir(back);
  await Promise.all([rm(home, { recursive: true }), set[Symbol.asyncDispose]()]);
});

describe("a set that says itself which pictures are test", () => {
  it("gives that part to a model that was not trained there, and counts the look", async () => {
    const rows = (await readFile(join(set.root, "manifest.jsonl"), "utf8")).trim().split("\n");
    const parts = ["train", "validation", "calibration", "test"];
    const own = await temporaryFolder({
      ...Object.fromEntries(
        await Promise.all(
          rows.slice(4, 76).map(async (row) => {
            const { path } = JSON.parse(row);
            return [path, await readFile(join(set.root, path))] as const;
          }),
        ),
      ),
      "manifest.jsonl": rows
        .slice(4, 76)
        .map((row, i) => `${JSON.stringify({ ...JSON.parse(row), mask: null, split: parts[i % 4] })}\n`)
        .join(""),
    });
    const ask = (part: "test" | "validation") => evaluateRun({ model, dataset: own.root, workers: 1, part });
    expect(await ask("test")).toMatchObject({ part: "test", n: { real: 9, fake: 9 }, split: { kind: "given" } });
    expect(await ask("validation")).toMatchObject({ n: { real: 9, fake: 9 }, testLooks: 1 });
    // Once its fakes were thinned, test is meant where nothing is said, and measured at the dataset's ratio.
    const nothingSaid = () => evaluateRun({ model, dataset: own.root, workers: 1 });
    expect(await nothingSaid()).toMatchObject({ part: "all", prevalence: { from: "pictures" } });
    await writeFile(join(own.root, "dataset.json"), JSON.stringify({ ratio: "1:50" }));
    expect(await nothingSaid()).toMatchObject({
      part: "test",
      prevalence: { share: 1 / 51, ratio: "1:50", from: "dataset" },
      warnings: [],
    });
    await writeFile(join(own.root, "dataset.json"), JSON.stringify({ ratio: "fifty" }));
    await expect(nothingSaid()).rejects.toThrow(/ratio of dataset\.json "fifty" is not of the form 1:k/);
    await own[Symbol.asyncDispose]();
  });
});

describe("a network of tiles on a set with masks and facts", () => {
  it("gets slices, localisation beside its floors, and a line a picture", async () => {
    const body = await evaluateRun({ model, dataset: set.root, workers: 1, scores: "scores.jsonl" });
    expect(body).toMatchObject({ part: "test", testLooks: 1 });
    const { localisation, slices } = body;
    expect(localisation!.n).toBe(body.n.fake);
    expect(localisation!.threshold, "chosen on validation").toEqual(expect.any(Number));
    // 20 of 72 columns are edited; in cells of 8 pixels or not, ones have 2 p / (1 + p).
    const share = 20 / 72;
    expect(localisation!.allOnes.pixelF1).toMatchObject({ value: expect.closeTo((2 * share) / (1 + share), 9) });
    expect(isDefined(localisation!.pixelF1)).toBe(true);
    expect(localisation!.calledEditedOnGenuine).toMatchObject({ n: body.n.real });
    expect(slices!.map(({ slice, value }) => `${slice} ${value}`)).toEqual([
      "delivery seen, clean",
      "delivery seen, messenger",
      "operation splice",
      "field amount",
      "laundering highJpeg",
      "laundering messenger",
      "laundering png",
      "app A",
      "app B",
      "scenario seen",
      "language en",
    ]);
    const lines = (await readFile("scores.jsonl", "utf8")).trim().split("\n");
    expect(lines).toHaveLength(body.n.real + body.n.fake);
    const last = JSON.parse(lines.at(-1)!);
    expect(last).toMatchObject({ label: "real", app: expect.any(String), laundering: expect.any(String) });
    expect(1 / (1 + Math.exp(-last.logit))).toBeCloseTo(last.probability, 6);
    const text = formatEvaluation(body);
    expect(text.split("\n").length, "two screens").toBeLessThan(80);
    expect(text.indexOf("seen, clean")).toBeLessThan(text.indexOf("rocAuc"));
    expect(text).toMatch(/centre prior +\.\d\d \[/);
    expect(text).not.toMatch(/NaN|undefined/);
    await expect(evaluateRun({ model, dataset: set.root, scores: "scores.jsonl" })).rejects.toThrow(
      /there already.*--force/,
    );

    // The same body in a report.
    const example = await exampleReport();
    const results = example.results.map((result) => ({ ...result, localisation: localisation!, slices: slices! }));
    const { document } = parseHTML(reportHtml({ ...example, results }));
    const headings = [...document.querySelectorAll("h2")].map(({ textContent }) => textContent);
    expect(headings).toContain("What it is worth on which pictures");
    expect(headings).toContain("Where it says that pictures were edited");
    expect(document.body.textContent).toMatch(/read it as a hint where to look/);
    expect(document.body.textContent).not.toMatch(/NaN|undefined/);
  });

  it("is measured at a prevalence that was asked for, and says that its probabilities stay", async () => {
    const ask = (more: object) =>
      evaluateRun({ model, dataset: set.root, workers: 1, part: "all", limit: 20, ...more });
    const [plain, rare] = [await ask({}), await ask({ prevalence: "1:500", budget: 20, volume: 5000 })];
    expect(plain.prevalence).toEqual({ share: 0.5, ratio: "1:1", from: "pictures" });
    expect(rare.prevalence).toEqual({ share: 1 / 501, ratio: "1:500", from: "asked" });
    expect(rare.budget).toBe(0.004);
    expect(rare.confusionMatrix).toEqual(plain.confusionMatrix);
    expect(rare.metrics.recall).toEqual(plain.metrics.recall);
    expect(rare.baselines).toMatchObject({ prAuc: 1 / 501 });
    expect(rare.precisionAt.map(({ realPerFake }) => realPerFake)).toEqual([10, 100, 500, 1000]);
    expect(rare.proof).toMatchObject({ real: 20, alarms: rare.confusionMatrix[0][1] });
    expect(rare.imbalancedReport.fake.support).toBe(20);
    expect(rare.beforeCalibration.raw.loss).toEqual(rare.metrics.loss); // it has no calibration
    expect(rare.warnings.join(" ")).toMatch(/cannot be moved to 1:500/);
    const text = formatEvaluation(rare);
    expect(text).toContain(
      "The figures are for 1:500, as --prevalence asked: fakes are weighted, and the probabilities",
    );
    expect(text).toMatch(/^avg \/ total +0\.\d\d/m);
    expect(text).toMatch(/^alarms that are right +1:10 +1:100 +1:500 +1:1,000$/m);
    expect(text).toMatch(/^recall at 4 in 1,000 +0\.\d{3} \[.*\] +0\.004$/m);
    await expect(ask({ prevalence: "500" })).rejects.toThrow(/prevalence "500" is not of the form 1:k/);
    await expect(ask({ budget: 30, volume: 20 })).rejects.toThrow(/budget of 30 alarms among 20 pictures is none/);
  });

  it("looks at some of each class where asked to, and says so", async () => {
    const body = await evaluateRun({ model, dataset: set.root, workers: 1, part: "all", limit: 9 });
    expect(body.n).toEqual({ real: 9, fake: 9 });
    expect(body.limited).toEqual({ perClass: 9, of: 80 });
    expect(formatEvaluation(body)).toContain("at most 9 of each class, of 80 pictures");
    await expect(evaluateRun({ model, dataset: set.root, limit: 0 })).rejects.toThrow(/--limit 0/);
  });
});

describe("--robustness", () => {
  it("measures its rungs on the same pictures, as one look", async () => {
    const looks = async () =>
      countLooks((await openSplit(await readDataset(set.root, { codec }), { kind: "grouped", seed: 1 })).looks);
    const before = await looks();
    const stages: string[] = [];
    const body = await robustnessRun({
      ...{
        model,
        dataset: set.root,
        out: "ladder",
        workers: 1,
        limit: 3,
        rungs: [ladder[0]!, ladder[1]!, ladder.at(-2)!],
      },
      onProgress: (stage) => stages.push(stage),
    });
    expect(body.testLooks).toBe(before + 1);
    expect(body.robustness).toHaveLength(3);
    expect(body.robustness[0]!.aucChange).toBeUndefined();
    expect(body.robustness.at(-1)!.aucChange).toEqual(expect.any(Number));
    expect(new Set(stages)).toContain("blur, k = 3:");
    expect(JSON.parse(await readFile("ladder/robustness.json", "utf8"))).toEqual(JSON.parse(JSON.stringify(body)));
    expect((await readFile("ladder/robustness.png")).subarray(1, 4).toString()).toBe("PNG");
    expect(formatLadder(body)).toMatch(/WhatsApp, 1600 q62 +\.\d\d \[/);
    await expect(robustnessRun({ model, dataset: set.root, out: "ladder" })).rejects.toThrow(/is there already/);
  });

  it("asks for a folder where the model stands in no run", async () => {
    await expect(robustnessRun({ model, dataset: set.root })).rejects.toThrow(/no run folder.*--out <folder>/);
  });

  it("needs both classes", async () => {
    const { path } = await openSplit(await readDataset(set.root, { codec }), { kind: "grouped", seed: 1 });
    const split = JSON.parse(await readFile(path, "utf8"));
    const fakes = split.parts.test.filter((name: string) => name.startsWith("fake"));
    split.parts.test = split.parts.test.filter((name: string) => name.startsWith("real"));
    split.parts.train.push(...fakes);
    await writeFile(path, JSON.stringify(split));
    await expect(robustnessRun({ model, dataset: set.root, out: "other" })).rejects.toThrow(
      /the test part has \d+ real and 0 fake pictures\. Pass another --part/,
    );
  });
});
