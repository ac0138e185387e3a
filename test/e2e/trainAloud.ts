/**
 * One training run in a process of its own, told event by event on stdout, so that a test can kill it at any of them.
 * Where the test names a step (`dieAt`), the process kills itself there: a reader that is slow would come too late.
 */
import { trainRun } from "../../src/run/trainRun.ts";
import { parseRecipe } from "../../src/train/recipe.ts";

const { recipe, dieAt, ...input } = JSON.parse(process.argv[2]!);
let member = -1;
await trainRun(
  { ...input, recipe: parseRecipe("test", recipe), command: "test", signal: new AbortController().signal },
  (event) => {
    process.stdout.write(`${JSON.stringify(event)}\n`);
    if (event.type === "stage" && event.name.startsWith("Member")) member++;
    if (dieAt === undefined || event.type !== "step") return;
    if (member === dieAt.member && event.epoch === dieAt.epoch && event.step === dieAt.step)
      process.kill(process.pid, "SIGKILL");
  },
);
