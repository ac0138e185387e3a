import { expect, it } from "vitest";
import { readDataset } from "../data/manifest.ts";
import { temporaryFolder } from "../data/testPictures.ts";
import { forgeSlips } from "../forge/dataset.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { parseRecipe } from "../train/recipe.ts";
import { growLines } from "./growLines.ts";
import type { LearnerFacts } from "./learner.ts";

const tiles = {
  name: "lines",
  representation: { name: "flat" },
  fit: "tiles",
  architecture: { name: "tracenet" },
  protocol: "raw",
  lines: { trees: 6, leaves: 4 },
};

it("grows trees where masks say which lines were edited, the same with one worker as with two; else says why none", async () => {
  await using folder = await temporaryFolder();
  const out = `${folder.root}/slips`;
  await forgeSlips({ out, count: 12, ratio: "1:1", seed: 8, width: 360 });
  const dataset = await readDataset(out, { codec: sharpCodec });
  const sentences: string[] = [];
  const facts = (workers: number) =>
    ({
      recipe: parseRecipe("lines", tiles),
      dataset,
      workers,
      stage: (name: string) => {
        sentences.push(name);
        return () => {};
      },
    }) as unknown as LearnerFacts;
  const [one, two] = [await growLines(dataset.samples, facts(1)), await growLines(dataset.samples, facts(2))];
  expect(one!.trees.trees).toHaveLength(6);
  expect(two).toEqual(one);
  const blind = dataset.samples.map(({ mask: _, ...sample }) => sample);
  expect(await growLines(blind, facts(2))).toBeUndefined();
  expect(sentences.at(-1)).toMatch(/No line of text is known to be edited.*give masks, or leave out/);
});

it("is for tiles", () => {
  const recipe = { ...tiles, fit: "resize", architecture: { name: "smallcnn" } };
  expect(() => parseRecipe("lines", recipe)).toThrow(/leave out the recipe's key lines, or choose fit "tiles"/);
});
