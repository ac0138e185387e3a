import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { absolutePath, readDataset } from "../data/manifest.ts";
import { openSplit } from "../data/splitFile.ts";
import type { Detection } from "../detect/detection.ts";
import { openDetector } from "../detect/detector.ts";
import { forgeSlips } from "../forge/dataset.ts";
import { quickstartSet } from "../forge/slips/quickstart.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { loadRecipe } from "./recipes.ts";
import type { RunEvent } from "./runEvents.ts";
import { type TrainRunResult, trainRun } from "./trainRun.ts";

export interface Quickstart extends TrainRunResult {
  /** A genuine and a faked slip of the test part, with the new model's answers. */
  readonly examples: readonly {
    readonly file: string;
    readonly truth: "real" | "fake";
    readonly detection: Detection;
  }[];
}

/** The whole way in a few minutes: forge a toy set, train on it, report, and look at two pictures. */
export async function quickstart(
  { folder, signal }: { folder: string; signal: AbortSignal },
  listen: (event: RunEvent) => void,
): Promise<Quickstart> {
  const slips = `${folder}-slips`;
  const onProgress = (done: number, of: number) => listen({ type: "stage", name: "Drawing transfer slips", done, of });
  await forgeSlips({ ...quickstartSet, out: slips, command: "assay quickstart", force: true, onProgress });
  const recipe = await loadRecipe("quickstart");
  const result = await trainRun(
    { dataset: slips, recipe, out: folder, force: true, command: "npm run quickstart", signal },
    listen,
  );
  const dataset = await readDataset(slips, { codec: sharpCodec });
  const { split } = await openSplit(dataset, { kind: recipe.split, seed: recipe.seed });
  const detector = await openDetector({ model: join(folder, "weights", "best.onnx"), codec: sharpCodec });
  try {
    const examples = [];
    for (const truth of ["real", "fake"] as const) {
      const sample = split.parts.test.find(({ label }) => label === truth)!;
      const file = absolutePath(dataset, sample);
      examples.push({ file, truth, detection: await detector.detect(await readFile(file)) });
    }
    return { ...result, examples };
  } finally {
    await detector.close();
  }
}
