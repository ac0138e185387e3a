import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isDefined } from "../core/estimate.ts";
import { temporaryFolder } from "../data/testPictures.ts";
import { headLearner } from "./headLearner.ts";
import { headRecipe } from "./headTraining.ts";
import { chooseStrategy } from "./job.ts";
import { openJournal } from "./journal.ts";
import { runStudy, type StudyOptions } from "./study.ts";
import { syntheticTable } from "./syntheticTable.ts";

const table = syntheticTable({ real: 400, fake: 160, width: 6, told: 6, distance: 2, seed: "study" });
const options: StudyOptions = {
  strategies: ["classWeights", "smote", "balancedBagging"].map((name) =>
    chooseStrategy(name, name === "balancedBagging" ? { members: 3 } : name === "smote" ? { neighbours: 2 } : {}),
  ),
  ratios: [5],
  seeds: [1, 2],
  folds: 2,
  calibration: "temperature",
  maxFpr: 0.05,
  budget: 100,
  replicates: 100,
};
const recipe = { ...headRecipe, steps: 60, batchSize: 64 };

async function run(folder: string, changes: Partial<StudyOptions> = {}, workers = 0) {
  const trained: number[] = [];
  const journal = await openJournal(join(folder, "jobs.jsonl"), "test");
  const before = journal.done.size;
  const { ratios } = await runStudy(
    table.samples,
    headLearner(table, options.folds, { recipe, workers }),
    { ...options, ...changes, onProgress: (stage, done) => stage.startsWith("Training") && trained.push(done) },
    journal,
  );
  const { size } = journal.done;
  await journal.close();
  return { ratios, jobs: size, repeated: before, fresh: size - before };
}

/** Without what a clock says. */
const timeless = (ratios: unknown) =>
  JSON.stringify(ratios, (key, value) => (/Seconds$|Microseconds$/.test(key) ? undefined : value));

it("goes on after a kill: no finished job is repeated, and the comparison is the same to the bit", async () => {
  await using folder = await temporaryFolder();
  const whole = await run(folder.root);
  const path = join(folder.root, "jobs.jsonl");
  const lines = (await readFile(path, "utf8")).split("\n");
  const [kept] = [Math.floor(lines.length / 2)];
  // What a kill -9 in the middle of a write leaves: whole lines, then a torn one.
  await writeFile(path, `${lines.slice(0, kept).join("\n")}\n${lines[kept]!.slice(0, 40)}`);
  const again = await run(folder.root);
  expect(again.repeated).toBe(kept - 1);
  expect(again.fresh).toBe(whole.jobs - (kept - 1));
  expect(timeless(again.ratios)).toBe(timeless(whole.ratios));
  const once = (await readFile(path, "utf8")).trim().split("\n");
  expect(new Set(once.map((line) => JSON.parse(line)[0])).size).toBe(once.length);

  // A third time nothing is left to do.
  expect(await run(folder.root)).toMatchObject({ fresh: 0 });
});

it("says the same whether threads share the work or not", async () => {
  await using folder = await temporaryFolder();
  await using other = await temporaryFolder();
  const few: Partial<StudyOptions> = { strategies: options.strategies.slice(0, 1), seeds: [1] };
  const [alone, shared] = [await run(folder.root, few), await run(other.root, few, 2)];
  expect(timeless(shared.ratios)).toBe(timeless(alone.ratios));
});

it("compares with the control, which is always there, on pictures that no model saw", async () => {
  await using folder = await temporaryFolder();
  const {
    ratios: [at],
  } = await run(folder.root);
  expect(at!.strategies.map(({ name }) => name)).toEqual(["none", "classWeights", "smote", "balancedBagging"]);
  expect(at!.strategies[0]!.pairedDifference).toBeUndefined();
  for (const { metrics, pairedDifference, name, cost } of at!.strategies) {
    const auc = metrics.rocAuc;
    if (!isDefined(auc)) throw new Error(auc.undefinedBecause);
    // Two deviations apart: .92.
    expect(auc.value, name).toBeGreaterThan(0.85);
    expect(auc.value, name).toBeLessThan(0.97);
    expect(cost.members).toBe(name === "balancedBagging" ? 3 : 1);
    if (name !== "none") expect(pairedDifference!.prAuc!.pAdjusted).toEqual(expect.any(Number));
  }
  // 400 genuine in two folds; of one fold's rest 70 % are trained on, at 1:5.
  const { train, test } = at!.counts;
  expect(test).toEqual({ real: 200, fake: 80 });
  expect(train.real).toBeGreaterThan(120);
  expect(train.fake / train.real).toBeCloseTo(1 / 5, 1);
  expect(at!.curves.fakes.map(({ share }) => share)).toEqual([0.25, 0.5, 1]);
  expect(at!.improve.length).toBeGreaterThan(2);
});
