import { readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { UserError } from "../core/errors.ts";
import type { Dataset } from "../data/manifest.ts";
import { writeAtomic } from "../data/writeAtomic.ts";
import { someOf } from "../evaluate/someOf.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { imbalance } from "../imbalance/index.ts";
import type { calibrators } from "../metrics/calibrators/index.ts";
import { compareHtml } from "../report/compare/compareHtml.ts";
import type { ComparisonData } from "../report/compare/comparisonData.ts";
import { freeRunPath } from "../run/folder.ts";
import { readKnown } from "../run/knownFacts.ts";
import { countOf } from "./design.ts";
import { type CompareFolder, openCompareFolder } from "./folder.ts";
import { chooseStrategy } from "./job.ts";
import { openJournal } from "./journal.ts";
import { type LearnerRequest, readyLearner } from "./openLearner.ts";
import { requireStudy } from "./requireStudy.ts";
import { control, runStudy, type StudyOptions, withControl } from "./study.ts";

export interface CompareInput extends LearnerRequest {
  /** Folder, CSV or JSONL. */
  readonly dataset: string;
  /** Strategies by name, with options of their own where given; default: all. `none` is always among them. */
  readonly imbalance?: readonly (string | { readonly name: string; readonly options: unknown })[];
  /** Genuine pictures for each fake. */
  readonly ratios: readonly number[];
  /** How many; they are 1, 2, … */
  readonly seeds: number;
  readonly folds: number;
  readonly calibration?: keyof typeof calibrators;
  /** Highest false-alarm rate of the verdict fake. */
  readonly maxFpr?: number;
  /** Alarms of a thousand pictures that reviewers can look at. */
  readonly budget?: number;
  readonly groupBy?: string;
  /** At most so many pictures of each class, always the same ones. */
  readonly limit?: number;
  /** Default: runs/compare-<dataset>, numbered where that is taken. */
  readonly out?: string;
  readonly force?: boolean;
  readonly resume?: boolean;
  /** As the user typed it, for the report. */
  readonly command?: string;
}

export interface CompareEvents {
  readonly onProgress?: (stage: string, done: number, of: number) => void;
  readonly onNote?: (sentence: string) => void;
}

export interface CompareResult {
  readonly folder: CompareFolder;
  readonly data: ComparisonData;
}

/**
 * Every strategy on the same pictures, folds and first weights, at every ratio; one recommended, or none. Writes
 * compare.json and compare.html; what is trained is written down at once, so that `resume` repeats nothing.
 * Throws UserError, before anything is trained, where the data, the backbone or the options allow no comparison.
 */
export async function compare(input: CompareInput, { onProgress, onNote }: CompareEvents = {}): Promise<CompareResult> {
  const started = performance.now();
  const options = optionsOf(input);
  const { strategies } = options;
  const note = (sentence: string) => onNote?.(sentence);
  if (!strategies.some(({ name }) => name === control))
    note(`"${control}" is compared, too: every other strategy is held against it.`);
  if (input.resume === true && input.out === undefined)
    throw new UserError("usage", "Which comparison goes on? Name its folder: --resume --out runs/<name>.");

  const dataset = await readKnown(input.dataset, {
    codec: sharpCodec,
    onProgress: (done, of) => onProgress?.("Reading pictures", done, of),
    ...(input.groupBy === undefined ? {} : { groupBy: input.groupBy }),
  });
  requireWhole(dataset);
  const samples = input.limit === undefined ? dataset.samples : someOf(dataset.samples, input.limit);
  const ready = await readyLearner(input, dataset, samples);
  for (const sentence of [...dataset.warnings, ...ready.notes]) note(sentence);
  requireStudy(samples, { ...options, strategies: withControl(strategies) });

  const folder = await openCompareFolder(input.out ?? (await freeRunPath(`compare-${dataset.name}`)), input);
  const { learner, fingerprint, described } = await ready.open(folder, options.folds, {
    onProgress: (stage, done, of) => onProgress?.(stage, done, of),
    onNote: note,
  });
  const journal = await openJournal(folder.jobs, fingerprint);
  try {
    const { ratios } = await runStudy(samples, learner, { ...options, onProgress }, journal);
    const data: ComparisonData = {
      schemaVersion: 1,
      createdAt: new Date().toISOString(),
      assay: version(),
      command: input.command ?? "compare()",
      machine: `${cpus()[0]?.model ?? "unknown"}, ${availableParallelism()} cores, node ${process.versions.node}`,
      dataset: {
        name: dataset.name,
        manifestSha256: dataset.manifestSha256,
        counts: { real: countOf(samples, "real"), fake: countOf(samples, "fake") },
        groups: new Set(samples.map(({ group }) => group)).size,
      },
      learner: described,
      calibration: options.calibration,
      budget: options.budget,
      maxFpr: options.maxFpr,
      seeds: options.seeds,
      folds: options.folds,
      control,
      seconds: (performance.now() - started) / 1000,
      ratios,
    };
    await writeAtomic(folder.data, `${JSON.stringify(data, null, 1)}\n`);
    await writeAtomic(folder.report, compareHtml(data));
    return { folder, data };
  } finally {
    await journal.close();
  }
}

/** A thinned dataset kept the fakes of its test part: dealt to folds they would be more than the ratio has. */
function requireWhole({ name, realPerFake }: Pick<Dataset, "name" | "realPerFake">): void {
  if (realPerFake === undefined) return;
  throw new UserError(
    "bad-dataset",
    `${name} was thinned to 1:${realPerFake} by "assay data imbalance" and kept all fakes of its test part. A comparison makes the imbalance itself, after its own split: pass the dataset that ${name} was made of (dataset.json names it), with --ratios 1:${realPerFake}.`,
  );
}

/** Throws UserError for unknown strategies and for numbers that cannot be. */
function optionsOf(input: CompareInput): StudyOptions {
  const { ratios, seeds, folds, calibration = "temperature", maxFpr = 0.01, budget = 10 } = input;
  const named = input.imbalance ?? Object.keys(imbalance);
  const strategies = named.map((one) =>
    typeof one === "string" ? chooseStrategy(one) : chooseStrategy(one.name, one.options),
  );
  const twice = strategies.find(({ name }, i) => strategies.findIndex((other) => other.name === name) !== i);
  if (twice !== undefined)
    throw new UserError("bad-options", `${twice.name} stands twice in --imbalance. Name each strategy once.`);
  if (ratios.length === 0) throw new UserError("bad-options", "No --ratios were given. Pass such as 1:10,1:100.");
  if (!(maxFpr > 0 && maxFpr < 1))
    throw new UserError("bad-options", `--max-fpr ${maxFpr}: a share of genuine pictures, above 0 and below 1.`);
  if (!(budget > 0 && budget < 1000))
    throw new UserError("bad-options", `--budget ${budget}: alarms of a thousand pictures, above 0 and below 1000.`);
  return {
    strategies,
    ratios,
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
    folds,
    calibration,
    maxFpr,
    budget,
    signal: input.signal,
  };
}

function version(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
}
