import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readDataset } from "../data/manifest.ts";
import { smallSet, temporaryFolder } from "../data/testPictures.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { parseRecipe } from "../train/recipe.ts";
import { createDesign } from "./design.ts";
import { chooseStrategy, keyOf } from "./job.ts";
import { openJournal } from "./journal.ts";
import { wholeLearner } from "./wholeLearner.ts";

it("trains a network on the train part of a fold, keeps its logits, and trains none twice", {
  timeout: 180_000,
}, async () => {
  await using set = await temporaryFolder(await smallSet(24, { quality: { real: 95, fake: 40 } }));
  await using home = await temporaryFolder();
  const before = process.cwd();
  process.chdir(home.root);
  try {
    const dataset = await readDataset(set.root, { codec: sharpCodec });
    const recipe = parseRecipe("tiny.json", {
      name: "tiny",
      representation: { name: "ela" },
      size: 16,
      architecture: { name: "smallcnn", options: { width: 0.25 } },
      batchSize: 4,
      epochs: 1,
      protocol: "raw",
    });
    await mkdir("out");
    const stages: string[] = [];
    const learner = wholeLearner({
      dataset,
      folds: 2,
      recipe,
      folder: "out",
      workers: 1,
      onStage: (text) => stages.push(text),
    });
    const design = createDesign(dataset.samples, 2);
    const asked = { strategy: chooseStrategy("classWeights"), ratio: 2, seed: 1 };
    const [job] = learner.jobsOf(asked, design);
    const run = async (name: string) => {
      const journal = await openJournal(join("out", name), "test");
      await learner.run([job!], journal, { onProgress: () => {} });
      await journal.close();
      return journal;
    };
    const journal = await run("jobs.jsonl");
    expect(stages).toEqual(["classWeights-1-2-seed-1-fold-1: epoch 1 of 1"]);
    const answers = learner.answers(asked, 0, design, journal);
    const { test, train } = design.partsOf(1, 0, 2);
    const { trained, corrected } = answers.of(test);
    expect(trained).toHaveLength(test.length);
    // Inverse frequency: the log odds that the weights moved are those of the train part.
    const fakes = train.filter(({ label }) => label === "fake").length;
    const moved = Math.log((train.length - fakes) / fakes);
    for (const [i, logit] of trained.entries()) expect(corrected[i]).toBeCloseTo(logit - moved, 5);
    expect(answers.cost).toMatchObject({ members: 1, rowsSeen: train.length });

    // A journal that was lost: the network's own run folder says that it has ended.
    const again = await run("other.jsonl");
    expect(stages).toHaveLength(1);
    const { seconds: _, ...first } = journal.done.get(keyOf(job!)) as { seconds: number };
    expect(again.done.get(keyOf(job!))).toMatchObject(first);
  } finally {
    process.chdir(before);
  }
});
