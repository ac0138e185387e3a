import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../core/errors.ts";
import { createRng } from "../core/rng.ts";
import type { ProtocolName } from "../data/protocols.ts";
import { countLooks } from "../data/splitFile.ts";
import { writeAtomic } from "../data/writeAtomic.ts";
import { ladder, type Rung, type RungFigures, rungFigures } from "../evaluate/robustness.ts";
import { seenInTraining } from "../evaluate/seen.ts";
import { trainedLogits } from "../imbalance/posterior.ts";
import { scoresOf } from "../metrics/scores.ts";
import { probabilitiesOf } from "../model/calibration.ts";
import { chartPng } from "../report/charts/files.ts";
import { robustnessChart } from "../report/charts/forestChart.ts";
import { warningsOf } from "./evaluateRun.ts";
import { type EvaluatedPart, type EvaluationRequest, type LimitedTo, openEvaluation } from "./openEvaluation.ts";

export interface RobustnessRunInput extends EvaluationRequest {
  /** Folder for robustness.json and robustness.png; default: the model's run folder. */
  readonly out?: string;
  readonly force?: boolean;
  /** The first is the picture as it is; default: the whole ladder. */
  readonly rungs?: readonly Rung[];
}

/** What `assay evaluate --robustness --json` prints. */
export interface RobustnessBody {
  readonly schemaVersion: 1;
  readonly model: string;
  readonly dataset: string;
  readonly protocol: ProtocolName;
  readonly part: EvaluatedPart;
  readonly split?: { readonly kind: string; readonly naive: boolean };
  readonly n: { readonly real: number; readonly fake: number };
  readonly limited?: LimitedTo;
  /** Called fake where probability >= threshold, as in validation. */
  readonly threshold: number;
  /** The first is the picture as it is. */
  readonly robustness: readonly RungFigures[];
  readonly files: readonly string[];
  readonly testLooks: number;
  readonly warnings: readonly string[];
}

/** Pictures of each class where no limit is given: 27 rungs make 5,400 answers. */
const usualLimit = 100;

/**
 * The model on every rung of the ladder, on the same pictures; one look at test, however many rungs. Writes
 * robustness.json and robustness.png.
 * Errors: exists; bad-options without a folder to write to; bad-dataset where the part has one class only.
 */
export async function robustnessRun(input: RobustnessRunInput): Promise<RobustnessBody> {
  const { onProgress = () => {}, rungs: climbed = ladder } = input;
  const folder = folderOf(input);
  const opened = await openEvaluation({ ...input, limit: input.limit ?? usualLimit });
  const { model, dataset, samples, protocol, part, n, splitFile } = opened;
  const { metadata } = model.file;
  const threshold = metadata.thresholds.fake;
  try {
    if (n.real === 0 || n.fake === 0)
      throw new UserError(
        "bad-dataset",
        `Robustness compares both classes, and ${part === "all" ? "this dataset" : `the ${part} part`} has ${n.real} real and ${n.fake} fake pictures. Pass another --part, or a dataset with both.`,
      );
    const scorer = opened.openScorer();
    const rungs: RungFigures[] = [];
    try {
      for (const [i, rung] of climbed.entries()) {
        const { perturbation } = rung;
        const answers = await scorer.score(samples, {
          protocol,
          ...(perturbation === undefined ? {} : { perturbation }),
          onProgress: (done) =>
            onProgress(`${rung.family}, ${rung.name}:`, i * samples.length + done, climbed.length * samples.length),
        });
        const logits = trainedLogits(answers.map(({ logit }) => logit));
        // One stream for all rungs: the same groups are drawn, so that rungs differ by their pictures alone.
        const rng = createRng(`robustness/${protocol}`);
        const scores = scoresOf(samples, probabilitiesOf(logits, metadata.calibration));
        rungs.push(rungFigures(rung, scores, { threshold, rng, first: rungs[0] }));
      }
    } finally {
      await scorer.close();
    }
    await opened.countLook();
    const files = [join(folder, "robustness.json"), join(folder, "robustness.png")] as const;
    const body: RobustnessBody = {
      schemaVersion: 1,
      model: input.model,
      dataset: dataset.name,
      protocol,
      part,
      ...(opened.split === undefined ? {} : { split: opened.split }),
      n,
      ...(opened.limited === undefined ? {} : { limited: opened.limited }),
      threshold,
      robustness: rungs,
      files,
      testLooks: countLooks(splitFile?.looks ?? []),
      warnings: warningsOf(seenInTraining(metadata, samples, dataset), samples.length),
    };
    await writeAtomic(files[0], `${JSON.stringify(body, null, 2)}\n`);
    await writeAtomic(files[1], await chartPng("What a picture's way does to the detector", robustnessChart(rungs)));
    return body;
  } finally {
    await opened.close();
  }
}

/** `--out`, or the run folder of `<run>/weights/best.onnx`; refused before any work where a file would be lost. */
function folderOf({ model, out, force = false }: RobustnessRunInput): string {
  const weights = dirname(model);
  const run = basename(weights) === "weights" ? dirname(weights) : undefined;
  const folder = out ?? run;
  if (folder === undefined)
    throw new UserError(
      "bad-options",
      `${model} stands in no run folder, so robustness.json has no place of its own. Pass --out <folder>.`,
    );
  const there = join(folder, "robustness.json");
  if (existsSync(there) && !force)
    throw new UserError("exists", `${there} is there already. Pass another --out, or --force to write over it.`);
  return folder;
}
