import { availableParallelism } from "node:os";
import { createRng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import { openCrew } from "../data/crew.ts";
import { inLanes } from "../data/inLanes.ts";
import { fitLines, type KnownLines } from "../model/lines/fitLines.ts";
import type { LineHead } from "../model/lines/lineHead.ts";
import type { LearnerFacts } from "./learner.ts";
import type { LinesJob, LinesSettings } from "./lines.worker.ts";

/** Trees that compare lines, grown on pictures whose truth is known line by line; undefined, and a sentence, where there is none. */
export async function growLines(
  samples: readonly Sample[],
  { recipe, dataset, workers = Math.min(8, availableParallelism()), stage }: LearnerFacts,
): Promise<Pick<LineHead, "deviation" | "trees"> | undefined> {
  const known = samples.filter(({ label, mask }) => label === "real" || mask !== undefined);
  const settings: LinesSettings = { root: dataset.root, protocol: recipe.protocol };
  const crew = openCrew<LinesJob, KnownLines>(new URL("./lines.worker", import.meta.url), settings, workers);
  const progress = stage("Measuring lines of text");
  let done = 0;
  let pictures: KnownLines[];
  try {
    pictures = await inLanes(known, 2 * workers, async ({ path, sha256, mask }) => {
      const lines = await crew.work({ path, sha256, ...(mask !== undefined && { mask }) });
      progress(++done, known.length);
      return lines;
    });
  } finally {
    await crew.close();
  }
  const grown = await fitLines(pictures, recipe.lines!, createRng(`lines/${recipe.seed}`), stage("Growing trees"));
  if (grown === undefined)
    stage(
      "No line of text is known to be edited, so that lines are not compared: give masks, or leave out the recipe's key lines.",
    )();
  return grown;
}
