import { readFile } from "node:fs/promises";
import os from "node:os";
import { parseRatio } from "../core/ratio.ts";
import type { Samples } from "../core/sample.ts";
import type { Preparer } from "../data/batches.ts";
import { contactSheet } from "../data/contactSheet.ts";
import type { Dataset } from "../data/manifest.ts";
import { absolutePath } from "../data/manifest.ts";
import { type ProtocolName, protocolNames } from "../data/protocols.ts";
import { countLooks, type SplitFile } from "../data/splitFile.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import { prevalenceOf } from "../evaluate/prevalence.ts";
import { openScorer } from "../evaluate/scorePictures.ts";
import { orient } from "../image/orientation.ts";
import { resizePixels } from "../image/perturb.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { reviewBudget } from "../metrics/reviewBudget.ts";
import type { Scores } from "../metrics/scores.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { readModelFile } from "../model/modelFile.ts";
import { plotFiles } from "../report/charts/files.ts";
import { reportHtml } from "../report/html.ts";
import { modelCard } from "../report/modelCard.ts";
import type { Mistake, ProtocolResult, ReportData } from "../report/reportData.ts";
import { shownCommand } from "../report/shownCommand.ts";
import type { EpochRecord } from "../train/events.ts";
import type { Predictor } from "../train/predictSamples.ts";
import type { Recipe } from "../train/recipe.ts";
import { version } from "./finishModel.ts";
import { markOfTheEnd, type RunFolder } from "./folder.ts";
import { knownFloors } from "./knownFloors.ts";
import { testBody } from "./metricsFile.ts";

interface ReportInput {
  readonly dataset: Dataset;
  readonly splitFile: SplitFile;
  readonly recipe: Recipe;
  readonly folder: RunFolder;
  readonly predictor: Predictor;
  /** What the predictor takes under a protocol. */
  readonly openInputs: (protocol: ProtocolName) => Promise<Preparer>;
  readonly metadata: ModelMetadata;
  readonly training: {
    readonly epochs: readonly EpochRecord[];
    readonly bestEpoch: number;
    readonly stoppedBecause: string;
    readonly seconds: number;
  };
  readonly command: string;
  readonly workers?: number;
  readonly stage: (name: string) => (done: number, of: number) => void;
}

/** Looks at test under the three protocols, counts the look, and writes what the run's folder shows people. */
export async function reportRun(input: ReportInput): Promise<ReportData> {
  const { dataset, splitFile, recipe, folder, predictor, openInputs, metadata, training, stage } = input;
  const threading = input.workers === undefined ? {} : { workers: input.workers };
  const { test, train } = splitFile.split.parts;
  const { sha256 } = await readModelFile(folder.bestModel);
  const asked = recipe.prevalence === undefined ? undefined : parseRatio(recipe.prevalence, "prevalence");
  const { prevalence } = prevalenceOf(asked, dataset, test, metadata);
  const results: ProtocolResult[] = [];
  // Maps of networks that see tiles are laid over the masks where the pictures are cut.
  const scorer =
    recipe.fit === "tiles"
      ? openScorer({ model: folder.bestModel, sha256, root: dataset.root }, input.workers)
      : undefined;
  try {
    for (const protocol of protocolNames) {
      if (protocol !== recipe.protocol && !recipe.testProtocols.includes(protocol)) continue;
      const onProgress = stage(`Test pictures, ${protocol}`);
      const evaluation = await evaluate(
        {
          predictor,
          openInputs,
          metadata,
          dataset,
          batchSize: recipe.batchSize,
          prevalence,
          budget: reviewBudget(recipe.budget.alarms, recipe.budget.pictures),
          onProgress,
          ...threading,
          ...(scorer && { scorer }),
        },
        test,
        protocol,
      );
      const floors = await knownFloors(dataset, protocol, {
        onProgress: stage(`Floors, ${protocol}`),
        ...threading,
      });
      results.push({ ...evaluation, floors });
    }
  } finally {
    await scorer?.close();
  }
  const time = new Date().toISOString();
  for (const { protocol } of results) await splitFile.countLook({ model: sha256, protocol, time });

  const main = results.find(({ protocol }) => protocol === recipe.protocol)!;
  const data: ReportData = {
    title: `${recipe.name} on ${dataset.name}`,
    createdAt: time,
    assayVersion: version,
    command: shownCommand(input.command),
    recipe,
    dataset: {
      name: dataset.name,
      counts: countLabels(dataset),
      groups: new Set(dataset.samples.map((sample) => sample.group)).size,
      groupedBy: dataset.groupedBy,
      duplicates: dataset.duplicates.reduce((sum, set) => sum + set.length, 0),
      unreadable: dataset.unreadable,
      manifestSha256: dataset.manifestSha256,
      warnings: dataset.warnings,
      ...(dataset.toy === undefined ? {} : { toy: dataset.toy }),
    },
    split: {
      kind: splitFile.split.kind,
      naive: splitFile.split.naive,
      seed: splitFile.split.seed,
      counts: splitFile.split.counts,
      looks: countLooks(splitFile.looks),
    },
    training,
    trainedOn: recipe.protocol,
    calibration: metadata.calibration,
    thresholds: { ...metadata.thresholds, ...metadata.operatingPoint },
    results,
    mistakes: await worstMistakes(dataset, test, main.scores, main.atFake.threshold),
    contactSheet: await contactSheet({
      root: dataset.root,
      samples: train,
      input: metadata.input,
      protocol: recipe.protocol,
      augment: recipe.augment,
      codec: sharpCodec,
    }),
    machine: `${os.cpus()[0]?.model ?? "unknown processor"}, ${os.availableParallelism()} cores, node ${process.versions.node}`,
  };
  await writeRun(folder, data);
  return data;
}

async function writeRun(folder: RunFolder, data: ReportData): Promise<void> {
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  await folder.write("metrics.json", json({ schemaVersion: 1, test: testBody(data) }));
  await folder.write("report.html", reportHtml(data));
  await folder.write("MODEL_CARD.md", modelCard(data));
  if (data.contactSheet !== undefined) await folder.write("augmentation.png", data.contactSheet);
  for (const [name, png] of await plotFiles(data)) await folder.write(`plots/${name}.png`, png);
  const thresholds = { schemaVersion: 1, calibration: data.calibration, ...data.thresholds };
  await folder.write(markOfTheEnd, json(thresholds));
}

/** The pictures whose probability is farthest on the wrong side, at most twelve. */
async function worstMistakes(
  dataset: Dataset,
  test: Samples<"test">,
  scores: Scores,
  threshold: number,
): Promise<Mistake[]> {
  const wrong = test
    .map((sample, i) => ({ sample, probability: scores.probabilities[i]! }))
    .filter(({ sample, probability }) => probability >= threshold !== (sample.label === "fake"))
    .sort((a, b) => Math.abs(b.probability - threshold) - Math.abs(a.probability - threshold))
    .slice(0, 12);
  return Promise.all(
    wrong.map(async ({ sample, probability }) => ({
      path: sample.path,
      label: sample.label,
      probability,
      thumbnail: await thumbnail(absolutePath(dataset, sample)),
    })),
  );
}

/** The picture as a person would see it, upright, at most 240 pixels on its longer side. */
async function thumbnail(path: string): Promise<Uint8Array> {
  const { pixels, orientation } = await sharpCodec.decode(await readFile(path));
  const upright = orient(pixels, orientation);
  const scale = Math.min(1, 240 / Math.max(upright.width, upright.height));
  const size = {
    width: Math.max(1, Math.round(upright.width * scale)),
    height: Math.max(1, Math.round(upright.height * scale)),
  };
  return sharpCodec.encodeJpeg(resizePixels(upright, { ...size, kernel: "lanczos" }), { quality: 82 });
}

function countLabels({ samples }: Dataset): { real: number; fake: number } {
  const fake = samples.filter((sample) => sample.label === "fake").length;
  return { real: samples.length - fake, fake };
}
