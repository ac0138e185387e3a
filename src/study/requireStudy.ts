import { UserError } from "../core/errors.ts";
import { showRatio } from "../core/ratio.ts";
import type { Label, Part, Sample } from "../core/sample.ts";
import { countOf, createDesign, type Design } from "./design.ts";
import { balanced, type Chosen, planOf } from "./job.ts";
import type { StudyOptions } from "./study.ts";

/** Everything that makes a comparison impossible, before anything is trained. Throws UserError; the design otherwise. */
export function requireStudy(
  samples: readonly Sample[],
  { strategies, ratios, seeds, folds }: Pick<StudyOptions, "strategies" | "ratios" | "seeds" | "folds">,
): Design {
  if (folds < 2 || !Number.isInteger(folds))
    throw new UserError(
      "bad-options",
      `--folds ${folds}: every picture is judged by a model that did not see it, which takes at least 2 folds. Pass --folds 5.`,
    );
  if (seeds.length === 0) throw new UserError("bad-options", "--seeds 0: at least one seed is needed. Pass --seeds 3.");
  const counts = { real: countOf(samples, "real"), fake: countOf(samples, "fake") };
  for (const label of ["real", "fake"] as const)
    if (counts[label] === 0)
      throw new UserError(
        "bad-dataset",
        `There is no ${label} picture among ${samples.length}: nothing can be compared. Add pictures of both classes.`,
      );
  const rarer: Label = counts.fake <= counts.real ? "fake" : "real";
  const groups = new Set(samples.filter(({ label }) => label === rarer).map(({ group }) => group));
  const name = rarer === "fake" ? "fakes" : "genuine pictures";
  if (groups.size === 1)
    throw new UserError(
      "bad-dataset",
      `All ${counts[rarer]} ${name} are of one group (${[...groups][0]}): a group never crosses a fold, so no model could be trained and judged on them. Add ${name} of other sources, or give finer groups with --group-by.`,
    );
  // Each fold needs some to judge by, and of the rest train, validation and calibration some each.
  const needed = Math.max(folds, 4);
  if (groups.size < needed)
    throw new UserError(
      "bad-dataset",
      `The ${counts[rarer]} ${name} stand in ${groups.size} groups, and ${folds} folds with their validation and calibration need at least ${needed}. Pass fewer --folds, or add ${name} of other sources.`,
    );
  for (const ratio of ratios)
    if (Math.round(counts.real / ratio) > counts.fake)
      throw new UserError(
        "bad-options",
        `--ratios ${showRatio(ratio)} asks for ${Math.round(counts.real / ratio)} fakes beside ${counts.real} genuine pictures, and there are ${counts.fake}. What can be had: ${showRatio(counts.real / counts.fake)}, or fewer fakes.`,
      );
  const design = createDesign(samples, folds);
  const requireRatio = (ratio: number) => {
    for (const seed of seeds)
      for (let fold = 0; fold < folds; fold++) requireFold({ seed, fold, ratio, strategies }, design);
  };
  for (const ratio of ratios)
    inWords(
      () => requireRatio(ratio),
      (message) => {
        const reached = rarestBelow(ratio, counts.real / counts.fake, requireRatio);
        return reached === undefined
          ? message
          : `${message} With all that was asked for ${showRatio(reached)} can be had.`;
      },
    );
  for (const seed of seeds) for (let fold = 0; fold < folds; fold++) planOf({ strategy: balanced, seed, fold }, design);
  return design;
}

/** The rarest of 1:1, 1:2, 1:5, 1:10, … between these that is not refused. */
function rarestBelow(ratio: number, least: number, require: (ratio: number) => void): number | undefined {
  const round = Array.from({ length: 16 }, (_, i) => [1, 2, 5][i % 3]! * 10 ** Math.floor(i / 3));
  return round.reverse().find((k) => {
    if (k >= ratio || k < least) return false;
    try {
      require(k);
      return true;
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  });
}

function requireFold(
  { seed, fold, ratio, strategies }: { seed: number; fold: number; ratio: number; strategies: readonly Chosen[] },
  design: Design,
): void {
  const parts = inWords(
    () => design.partsOf(seed, fold, ratio),
    (message) =>
      `Fold ${fold + 1} at ${showRatio(ratio)}: ${message} Its groups are of unequal size: pass fewer --folds, a rarer --ratios, or finer groups with --group-by.`,
  );
  const least: Readonly<Record<Part, number>> = { train: 2, validation: 1, calibration: 1, test: 1 };
  for (const part of ["train", "validation", "calibration", "test"] as const) {
    const fakes = countOf(parts[part], "fake");
    if (fakes >= least[part]) continue;
    throw new UserError(
      "bad-dataset",
      `At ${showRatio(ratio)} the ${part} part of fold ${fold + 1} has ${fakes} ${fakes === 1 ? "fake" : "fakes"} beside ${countOf(parts[part], "real")} genuine pictures. Add pictures of other sources, pass fewer --folds, or ask for a less rare --ratios.`,
    );
  }
  for (const strategy of strategies)
    inWords(
      () => planOf({ strategy, ratio, seed, fold }, design),
      (message) =>
        `${strategy.name} at ${showRatio(ratio)}, fold ${fold + 1}: ${message} Or ask for a less rare --ratios, or leave ${strategy.name} out of --imbalance.`,
    );
}

/** A UserError says where it was met. */
function inWords<T>(work: () => T, sentence: (message: string) => string): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.code, sentence(error.message));
  }
}
