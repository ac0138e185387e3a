import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { UserError } from "../core/errors.ts";
import { createRng } from "../core/rng.ts";
import type { Sample, Samples } from "../core/sample.ts";
import { writeAtomic } from "../data/writeAtomic.ts";
import { openScorer } from "../evaluate/scorePictures.ts";
import { correctPrior, trainedLogits } from "../imbalance/posterior.ts";
import { readModelFile } from "../model/modelFile.ts";
import { markOfTheEnd } from "../run/folder.ts";
import { planRun } from "../run/planRun.ts";
import { trainRun } from "../run/trainRun.ts";
import { rowsOf } from "../train/loop.ts";
import type { Recipe } from "../train/recipe.ts";
import { countOf, createDesign, type Design, type FoldParts, oddsOf } from "./design.ts";
import { balanced, type Job, keyOf } from "./job.ts";
import type { StudyLearner } from "./learner.ts";

export interface WholeOptions {
  readonly dataset: { readonly root: string; readonly samples: readonly Sample[] };
  readonly folds: number;
  readonly recipe: Recipe;
  /** Holds a folder for each network. */
  readonly folder: string;
  readonly workers?: number | undefined;
  readonly onStage?: ((sentence: string) => void) | undefined;
}

/** What a training left behind, beside its run folder. */
interface WholeResult {
  /** Of validation, calibration and test, in this order: float32, little-endian, base64. */
  readonly logits: string;
  readonly logOdds: number;
  readonly members: number;
  readonly seconds: number;
  readonly rowsSeen: number;
  readonly weights: number;
}

/**
 * Whole networks, one a strategy, ratio, seed and fold: each a run of its own (run/trainRun.ts) on a manifest that
 * says which picture stands where, resumable as every run is. One at a time, since a run uses all cores.
 */
export function wholeLearner({ dataset, folds, recipe, folder, workers, onStage }: WholeOptions): StudyLearner {
  const design = createDesign(dataset.samples, folds);
  const recipeOf = ({ strategy, seed, fold }: Pick<Job, "strategy" | "seed" | "fold">): Recipe => ({
    ...recipe,
    split: "given",
    // Of seed and fold alone: every strategy starts from the same weights.
    seed: 1000 * seed + fold,
    imbalance: strategy.name === balanced.name ? { name: "none", options: {} } : { ...strategy },
  });

  async function train(job: Job, signal: AbortSignal | undefined): Promise<WholeResult> {
    const started = performance.now();
    const home = join(folder, "networks", nameOf(job));
    const out = join(home, "run");
    const own = recipeOf(job);
    const parts = partsOf(job, design);
    const model = join(out, "weights", "best.onnx");
    if (!existsSync(join(out, markOfTheEnd))) {
      const manifest = join(home, "manifest.jsonl");
      await writeAtomic(manifest, manifestOf(parts, dataset.root, home));
      const resume = existsSync(join(out, "weights", "last", "checkpoint.safetensors"));
      if (!resume) await rm(out, { recursive: true, force: true });
      const { stop } = await trainRun(
        {
          dataset: manifest,
          recipe: own,
          command: "assay compare --full",
          out,
          resume,
          groupBy: "column:group",
          signal: signal ?? new AbortController().signal,
          ...(workers === undefined ? {} : { workers }),
        },
        (event) => {
          if (event.type === "epoch") onStage?.(`${nameOf(job)}: epoch ${event.epoch + 1} of ${own.epochs}`);
        },
      );
      if (stop === "interrupted") throw interrupted();
    }
    const { sha256, bytes, metadata } = await readModelFile(model);
    const scorer = openScorer({ model, sha256, root: dataset.root }, workers);
    try {
      const judged = [...parts.validation, ...parts.calibration, ...parts.test];
      const answers = await scorer.score(judged, { protocol: own.protocol });
      const logits = Float32Array.from(answers, ({ logit }) => logit);
      const plan = planOf(job, parts.train);
      return {
        logits: Buffer.from(logits.buffer).toString("base64"),
        logOdds: metadata.calibration.priorShift,
        members: plan.members?.each.length ?? 1,
        seconds: (performance.now() - started) / 1000,
        rowsSeen: own.epochs * rowsOf(parts.train, plan),
        weights: bytes.length / 4,
      };
    } finally {
      await scorer.close();
    }
  }

  const planOf = (job: Pick<Job, "strategy" | "seed" | "fold">, train: Samples<"train">) =>
    planRun(recipeOf(job), train, createRng(`train/${recipeOf(job).seed}`));

  return {
    withoutCurves: "with --full each network is trained once, on all of its train part",

    jobsOf: ({ strategy, ratio, seed }, asked) =>
      Array.from({ length: folds }, (_, fold): Job => {
        const job = { strategy, seed, fold, member: 0, ...(strategy.name === balanced.name ? {} : { ratio }) };
        planOf(job, partsOf(job, asked).train);
        return job;
      }),

    async run(jobs, journal, { signal, onProgress }) {
      const missing = jobs.filter((job) => !journal.done.has(keyOf(job)));
      let done = jobs.length - missing.length;
      onProgress(done, jobs.length);
      for (const job of missing) {
        if (signal?.aborted) throw interrupted();
        await journal.keep(keyOf(job), await train(job, signal));
        onProgress(++done, jobs.length);
      }
    },

    answers({ strategy, ratio, seed }, fold, asked, { done }) {
      const isReference = strategy.name === balanced.name;
      const job = { strategy, seed, fold, member: 0, ...(isReference ? {} : { ratio }) };
      const result = done.get(keyOf(job)) as WholeResult | undefined;
      if (result === undefined) throw new RangeError(`The job ${keyOf(job)} was not done.`);
      const { train, validation, calibration, test } = partsOf(job, asked);
      const logits = new Float32Array(Uint8Array.from(Buffer.from(result.logits, "base64")).buffer);
      const logitOf = new Map([...validation, ...calibration, ...test].map((sample, i) => [sample, logits[i]!]));
      // The reference is trained at the odds of its own train part, and answers at those of the ratio.
      const moved = isReference ? Math.log(1 / ratio) - Math.log(oddsOf(train)) : 0;
      const { members, seconds, rowsSeen, weights } = result;
      return {
        cost: { members, seconds, rowsSeen, weights, numbersHeld: 3 * weights },
        of(part) {
          const trained = Float64Array.from(part, (sample) => logitOf.get(sample)!);
          return {
            trained,
            corrected: correctPrior(trainedLogits(trained), { logOdds: result.logOdds - moved, exact: true }),
          };
        },
      };
    },
  };
}

/** The reference learns from as many genuine pictures as there are fakes, and all of these; it tunes on all. */
function partsOf({ strategy, ratio, seed, fold }: Pick<Job, "strategy" | "ratio" | "seed" | "fold">, design: Design) {
  const parts: FoldParts = design.partsOf(seed, fold, ratio);
  if (strategy.name !== balanced.name) return parts;
  const each = Math.min(countOf(parts.train, "real"), countOf(parts.train, "fake"));
  const kept = new Set(
    (["real", "fake"] as const).flatMap((label) =>
      createRng(`study/balanced/${seed}/${fold}`)
        .shuffle(parts.train.filter((sample) => sample.label === label))
        .slice(0, each),
    ),
  );
  return { ...parts, train: parts.train.filter((sample) => kept.has(sample)) as unknown as Samples<"train"> };
}

/** A line a picture, its path from the manifest's folder. */
function manifestOf(parts: FoldParts, root: string, home: string): string {
  const pathFrom = (path: string) => relative(resolve(home), resolve(root, path)).replaceAll("\\", "/");
  const lines = (["train", "validation", "calibration", "test"] as const).flatMap((split) =>
    parts[split].map(({ path, label, group, mask, boxes }) =>
      JSON.stringify({
        path: pathFrom(path),
        label,
        group,
        split,
        ...(mask === undefined ? {} : { mask: pathFrom(mask) }),
        ...(boxes === undefined ? {} : { boxes }),
      }),
    ),
  );
  return `${lines.join("\n")}\n`;
}

/** The folder of a network: what it is, in words. */
function nameOf({ strategy, ratio, seed, fold }: Job): string {
  const at = ratio === undefined ? "" : `-1-${ratio}`;
  return `${strategy.name}${at}-seed-${seed}-fold-${fold + 1}`;
}

function interrupted(): UserError {
  return new UserError(
    "interrupted",
    "Interrupted. Networks that were trained are kept, and the last checkpoint of the one in work: the same command with --resume goes on from there.",
  );
}
