import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { UserError, unknownName } from "../core/errors.ts";
import { parseRecipe, type Recipe } from "../train/recipe.ts";

/** The recipes that come with assay: recipes/*.json beside the package. */
const shelf = join(import.meta.dirname, "..", "..", "recipes");

/** What the command line may change in a recipe. */
export interface RecipeChanges {
  /** Name of a strategy, with its default options; a recipe's own options of it stay. */
  readonly imbalance?: string;
  readonly patience?: number;
  /** Decay of the average of the weights. */
  readonly average?: number;
  /** Name of a rule, with costs where it is cost. */
  readonly operatingPoint?: string;
  readonly costMissedFake?: number;
  readonly costFalseAlarm?: number;
  /** Alarms that reviewers look at among `volume` pictures. */
  readonly budget?: number;
  readonly volume?: number;
  readonly [key: string]: unknown;
}

/** A recipe by its name or its file, with the command line's changes on top. */
export async function loadRecipe(
  nameOrFile: string,
  { patience, average, imbalance, budget, volume, ...changes }: RecipeChanges = {},
): Promise<Recipe> {
  const file = await recipeFile(nameOrFile);
  let json: Record<string, unknown>;
  try {
    json = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new UserError(
      "bad-options",
      `Recipe ${file} is no readable JSON: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
  const known = new Set([
    "protocol",
    "split",
    "epochs",
    "batchSize",
    "learningRate",
    "size",
    "seed",
    "maxFpr",
    "weights",
    "accumulate",
    "freeze",
    "features",
    "backboneRate",
    "calibration",
    "prevalence",
  ]);
  for (const [key, value] of Object.entries(changes)) if (known.has(key) && value !== undefined) json[key] = value;
  const own = json.imbalance as { name?: unknown } | undefined;
  if (imbalance !== undefined) requireOneStrategy(imbalance);
  if (imbalance !== undefined && own?.name !== imbalance) json.imbalance = { name: imbalance };
  const operatingPoint = operatingPointOf(changes, json.operatingPoint);
  if (operatingPoint !== undefined) json.operatingPoint = operatingPoint;
  for (const [flag, value] of [["--budget", budget] as const, ["--volume", volume] as const])
    if (value !== undefined && value <= 0)
      throw new UserError("usage", `${flag} ${value}: pass a number above 0, such as --budget 10 --volume 1000.`);
  if (budget !== undefined) json.budget = { ...(json.budget as object | undefined), alarms: budget };
  if (volume !== undefined) json.budget = { ...(json.budget as object | undefined), pictures: volume };
  if (average !== undefined) json.average = { decay: average };
  if (patience !== undefined) json.earlyStopping = { ...(json.earlyStopping as object | undefined), patience };
  return parseRecipe(file, { name: basename(file, ".json"), ...json });
}

/** A comparison takes a list; training takes one. Throws UserError where more are named. */
function requireOneStrategy(names: string): void {
  if (!names.includes(",")) return;
  throw new UserError(
    "usage",
    `--imbalance ${names}: training takes one strategy, because what two did to the prior together cannot be corrected exactly. Name one, or hold them against each other with "assay compare <dataset> --imbalance ${names}".`,
  );
}

/** The rule that flags name, on top of the recipe's own. Throws UserError where a flag is of another rule. */
function operatingPointOf(
  { operatingPoint: asked, costMissedFake, costFalseAlarm, maxFpr }: RecipeChanges,
  written: unknown,
): object | undefined {
  const own = written as { name?: unknown; options?: object } | undefined;
  const name = asked ?? own?.name ?? "falseAlarmRate";
  const costs = {
    ...(costMissedFake !== undefined && { missedFake: costMissedFake }),
    ...(costFalseAlarm !== undefined && { falseAlarm: costFalseAlarm }),
  };
  if (Object.keys(costs).length > 0 && name !== "cost")
    throw new UserError(
      "usage",
      `--cost-missed-fake and --cost-false-alarm are of --operating-point cost; this one is ${name}.`,
    );
  for (const [flag, cost] of [
    ["--cost-missed-fake", costMissedFake] as const,
    ["--cost-false-alarm", costFalseAlarm] as const,
  ])
    if (cost !== undefined && cost <= 0)
      throw new UserError(
        "usage",
        `${flag} ${cost}: a cost is a number above 0, such as 10 for a fake that is not found.`,
      );
  if (maxFpr !== undefined && name !== "falseAlarmRate")
    throw new UserError("usage", `--max-fpr is of --operating-point falseAlarmRate; this one is ${name}.`);
  if (asked === undefined && Object.keys(costs).length === 0) return undefined;
  const kept = own?.name === name ? own.options : undefined;
  return { name, options: { ...kept, ...costs } };
}

async function recipeFile(nameOrFile: string): Promise<string> {
  if (nameOrFile.endsWith(".json")) {
    if (!existsSync(nameOrFile)) throw new UserError("not-found", `There is no recipe file ${nameOrFile}.`);
    return nameOrFile;
  }
  const names = (await readdir(shelf)).filter((name) => name.endsWith(".json")).map((name) => basename(name, ".json"));
  if (!names.includes(nameOrFile)) throw unknownName("recipe", nameOrFile, names);
  return join(shelf, `${nameOrFile}.json`);
}
