import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import { markOfTheEnd } from "./folder.ts";

/** The newest finished run's model below a folder, or undefined. */
export function newestRun(folder = "runs"): string | undefined {
  if (!existsSync(folder)) return undefined;
  const models = readdirSync(folder)
    // Before a run has ended its best model has no thresholds.
    .filter((name) => existsSync(join(folder, name, markOfTheEnd)))
    .map((name) => join(folder, name, "weights", "best.onnx"))
    .filter((path) => existsSync(path));
  return models.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** The model that the user named; no model ships yet, so without a name the error tells which one to name. */
export async function chooseModel(given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const newest = newestRun();
  const next =
    newest === undefined
      ? `There is no run here yet: "npm run quickstart" trains a first model, or "assay train <dataset>" your own.`
      : `The newest run's is --model ${newest}`;
  throw new UserError("usage", `Which model? None ships with assay yet. ${next}`);
}
