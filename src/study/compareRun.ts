import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { basename } from "node:path";
import { UserError } from "../core/errors.ts";
import type { ProtocolName } from "../data/protocols.ts";
import { writeAtomic } from "../data/writeAtomic.ts";
import { shippedModel } from "../detect/defaultModel.ts";
import { someOf } from "../evaluate/someOf.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { imbalance } from "../imbalance/index.ts";
import type { calibrators } from "../metrics/calibrators/index.ts";
import { type ModelFile, readModelFile } from "../model/modelFile.ts";
import { compareHtml } from "../report/compare/compareHtml.ts";
import type { ComparisonData } from "../report/compare/comparisonData.ts";
import { freeRunPath } from "../run/folder.ts";
import { readKnown } from "../run/knownFacts.ts";
import { countOf } from "./design.ts";
import { type CompareFolder, openCompareFolder } from "./folder.ts";
import { headRecipe } from "./headTraining.ts";
import { chooseStrategy } from "./job.ts";
import { openJournal } from "./journal.ts";
import { pictureVectors } from "./pictureVectors.ts";
import { requireStudy } from "./requireStudy.ts";
import { requireUnseen } from "./requireUnseen.ts";
import { control, runStudy, type StudyOptions, withControl } from "./study.ts";
import { fingerprintOf } from "./vectorTable.ts";

export interface CompareInput {
  /** Folder, CSV or JSONL. */
  readonly dataset: string;
  /** Strategies by name, with options of their own where given; default: all. `none` is always among them. */
  readonly imbalance?: readonly (string | { readonly name: string; readonly options: unknown })[];
  /** Genuine pictures for each fake. */
  readonly ratios: readonly number[];
  /** How many; they are 1, 2, … */
  readonly seeds: number;
  readonly folds: number;
  /** A model of assay's whose network makes the vectors; default: the one that ships. */
  readonly backbone?: string;
  readonly calibration?: keyof typeof calibrators;
  /** Highest false-alarm rate of the verdict fake. */
  readonly maxFpr?: number;
  /** Alarms of a thousand pictures that reviewers can look at. */
  readonly budget?: number;
  /** How the pictures are seen; default: as the backbone was trained. */
  readonly protocol?: ProtocolName;
  readonly groupBy?: string;
  /** At most so many pictures of each class, always the same ones. */
  readonly limit?: number;
  /** Default: runs/compare-<dataset>, numbered where that is taken. */
  readonly out?: string;
  readonly force?: boolean;
  readonly resume?: boolean;
  readonly workers?: number;
  /** As the user typed it, for the report. */
  readonly command?: string;
  readonly signal?: AbortSignal;
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

  const backbone = await openBackboneFile(input.backbone);
  const dataset = await readKnown(input.dataset, {
    codec: sharpCodec,
    onProgress: (done, of) => onProgress?.("Reading pictures", done, of),
    ...(input.groupBy === undefined ? {} : { groupBy: input.groupBy }),
  });
  const samples = input.limit === undefined ? dataset.samples : someOf(dataset.samples, input.limit);
  const learnt = requireUnseen(backbone, { ...dataset, samples });
  for (const sentence of [...dataset.warnings, ...learnt]) note(sentence);
  requireStudy(samples, { ...options, strategies: withControl(strategies) });

  const name = `compare-${dataset.name}`;
  const folder = await openCompareFolder(input.out ?? (await freeRunPath(name)), input);
  const protocol = input.protocol ?? backbone.metadata.training.protocol;
  note(`Vectors by the frozen backbone ${backbone.path} (${backbone.metadata.domain}).`);
  const vectorsStarted = performance.now();
  let computed = false;
  const table = await pictureVectors(samples, backbone, {
    root: dataset.root,
    protocol,
    workers: input.workers,
    signal: input.signal,
    onProgress: (done, of) => {
      computed = true;
      onProgress?.("Vectors of pictures", done, of);
    },
    onWarning: note,
  });
  const vectorSeconds = computed ? (performance.now() - vectorsStarted) / 1000 : 0;
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([fingerprintOf(table), options.folds, headRecipe]))
    .digest("hex");
  const journal = await openJournal(folder.jobs, fingerprint);
  try {
    const { ratios } = await runStudy(table, { ...options, onProgress }, journal);
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
      learner: {
        kind: "heads",
        backbone: basename(backbone.path),
        sha256: backbone.sha256,
        width: table.width,
        learntFrom: learntFrom(backbone, learnt, protocol),
        seconds: vectorSeconds,
      },
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
    workers: input.workers,
    signal: input.signal,
  };
}

async function openBackboneFile(path: string | undefined): Promise<ModelFile> {
  const found = path ?? shippedModel();
  if (found === undefined)
    throw new UserError(
      "not-found",
      "This copy of assay ships no model, so there is no backbone. Pass --backbone <model.onnx>, trained on other data.",
    );
  return readModelFile(found);
}

function learntFrom({ metadata }: ModelFile, sentences: readonly string[], protocol: string): string {
  const { domain } = metadata;
  return [`${domain}; pictures seen ${protocol}; none of its training pictures stands here.`, ...sentences].join(" ");
}

function version(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
}
