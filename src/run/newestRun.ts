import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import { shippedModel } from "../detect/defaultModel.ts";
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

/**
 * The model that answers: the one that the user named (flag, ASSAY_MODEL, project file), else the one that ships, of
 * whose package `root` is the folder. Throws UserError where neither is there; it names the newest run's.
 */
export function chooseModel(given: string | undefined, { runs = "runs", root }: ModelPlaces = {}): string {
  const chosen = given ?? shippedModel(root);
  if (chosen !== undefined) return chosen;
  const newest = newestRun(runs);
  const next =
    newest === undefined
      ? `There is no run here yet: "npm run quickstart" trains a first model, or "assay train <dataset>" your own.`
      : `The newest run's is --model ${newest}`;
  throw new UserError("usage", `Which model? None is named, and this copy of assay has no models/slips.onnx. ${next}`);
}

/** Where models may lie; by default this folder's runs and our own package. */
export interface ModelPlaces {
  readonly runs?: string;
  readonly root?: string;
}
