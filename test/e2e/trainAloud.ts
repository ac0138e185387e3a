/** One training run in a process of its own, told event by event on stdout, so that a test can kill it at any of them. */
import { trainRun } from "../../src/run/trainRun.ts";
import { parseRecipe } from "../../src/train/recipe.ts";

const { recipe, ...input } = JSON.parse(process.argv[2]!);
await trainRun(
  { ...input, recipe: parseRecipe("test", recipe), command: "test", signal: new AbortController().signal },
  (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
);
