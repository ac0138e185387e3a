import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../src/core/errors.ts";
import { showEstimate } from "../../src/core/estimate.ts";
import { createRng } from "../../src/core/rng.ts";
import { labelsOf, type Part, type Sample } from "../../src/core/sample.ts";
import { factRow, fileFacts } from "../../src/data/facts.ts";
import { historyRow } from "../../src/data/history.ts";
import { openSample } from "../../src/data/prepare.ts";
import { listTable } from "../../src/data/tableFile.ts";
import { growForest } from "../../src/data/trees.ts";
import { headlineSlices, measureSlices } from "../../src/evaluate/slices.ts";
import { someOf } from "../../src/evaluate/someOf.ts";
import { sharpCodec as codec } from "../../src/image/sharpCodec.ts";
import { scoresOf } from "../../src/metrics/scores.ts";
import { measureSlice, type SliceFigures } from "../../src/metrics/slices.ts";
import { distanceOf, fitNormality, meanOfLargest } from "./anomaly.ts";
import { tilesOf } from "./tiles.ts";

interface BaselineOptions {
  readonly json: boolean;
  readonly train: string;
  readonly test: string;
  readonly part: Part;
  /** Pictures of each class, of either dataset. */
  readonly limit: number;
}

/** Of a genuine picture, for the fit: the mean and the covariance need no more. */
const tilesPerPicture = 64;

/** What hangs on no threshold of a model's own: a baseline has none. */
interface Figures extends Pick<SliceFigures, "n" | "rocAuc" | "recallAtFpr1" | "proof"> {
  readonly slice: string;
}

/**
 * Two detectors that never learn where an edit is, fitted on the train part of one slips dataset and measured on a part of another:
 * extremely randomised trees on file facts (the file floor's), and the distance of a picture's strangest tiles from
 * genuine pictures' tiles, fitted on genuine pictures alone.
 */
export async function benchBaselines({ json, ...options }: BaselineOptions): Promise<void> {
  const train = await someOfPart(options.train, "train", options.limit);
  const test = await someOfPart(options.test, options.part, options.limit);
  const fitted = await learn(options.train, train);
  const scored = await score(options.test, test, fitted);
  const [facts, anomaly] = [figuresOf(test, scored.facts), figuresOf(test, scored.anomaly)];
  const seconds = { facts: scored.factsSeconds / test.length, anomaly: scored.anomalySeconds / test.length };
  const result = {
    train: fitted.n,
    part: options.part,
    anomaly: { tiles: fitted.tiles, shrinkage: fitted.normality.shrinkage, withoutTiles: scored.withoutTiles },
    processorSecondsPerPicture: seconds,
    baselines: { fileFacts: facts, genuineOnly: anomaly },
  };
  if (json) return console.log(JSON.stringify({ schemaVersion: 1, baselines: result }));
  console.log(`Fitted on ${fitted.n.real} genuine and ${fitted.n.fake} fake pictures of the train part.`);
  print(`File facts (decoding and facts ${show(seconds.facts)} a picture)`, facts);
  print(
    `Genuine-only anomaly score (${fitted.tiles} tiles, shrinkage ${fitted.normality.shrinkage.toFixed(4)}; ` +
      `${show(seconds.anomaly)} a picture after decoding; ${scored.withoutTiles} pictures without a tile)`,
    anomaly,
  );
}

/** At most `limit` of each class of one part, the same ones every time; no other picture is opened. */
async function someOfPart(root: string, part: Part, limit: number): Promise<readonly Sample[]> {
  const file = join(root, "manifest.jsonl");
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new UserError("not-found", `There is no ${file}. Give a dataset that assay forge slips wrote.`, { cause });
  });
  const rows = text.split("\n").filter((line) => line.trim() !== "");
  const hashOf = new Map(rows.map((line) => JSON.parse(line) as Sample).map(({ path, sha256 }) => [path, sha256]));
  const samples = (await listTable(file)).entries.flatMap((entry): Sample[] => {
    const [sha256, group] = [hashOf.get(entry.path), entry.group];
    return entry.given !== part || sha256 === undefined || group === undefined ? [] : [{ ...entry, sha256, group }];
  });
  const chosen = someOf(samples, limit);
  for (const label of ["real", "fake"])
    if (!chosen.some((sample) => sample.label === label))
      throw new UserError(
        "bad-dataset",
        `The ${part} part of ${root} has no ${label} picture with group and sha256. Forge one with assay forge slips.`,
      );
  return chosen;
}

async function learn(root: string, samples: readonly Sample[]) {
  const rng = createRng("bench/baselines");
  const facts: number[][] = [];
  const tiles: number[][] = [];
  for (const sample of samples) {
    const image = await openSample(root, sample, codec);
    facts.push(factRow(fileFacts(image)));
    if (sample.label === "fake") continue;
    const chosen = rng.fork(sample.sha256).shuffle(tilesOf(image.pixels)).slice(0, tilesPerPicture);
    tiles.push(...chosen.map((tile) => historyRow(image.pixels, tile)));
  }
  const labels = labelsOf(samples);
  const table = { width: facts[0]!.length, data: Float64Array.from(facts.flat()) };
  const fake = labels.reduce((sum, label) => sum + label, 0);
  return {
    forest: growForest(table, labels, rng.fork("trees")),
    normality: fitNormality(tiles),
    tiles: tiles.length,
    n: { real: samples.length - fake, fake },
  };
}

async function score(
  root: string,
  samples: readonly Sample[],
  { forest, normality }: Awaited<ReturnType<typeof learn>>,
) {
  const result = {
    facts: [] as number[],
    anomaly: [] as number[],
    withoutTiles: 0,
    factsSeconds: 0,
    anomalySeconds: 0,
  };
  for (const sample of samples) {
    const start = processorSeconds();
    const image = await openSample(root, sample, codec);
    result.facts.push(forest(factRow(fileFacts(image))));
    const between = processorSeconds();
    const tiles = tilesOf(image.pixels);
    const distances = tiles.map((tile) => distanceOf(normality, historyRow(image.pixels, tile)));
    if (tiles.length === 0) result.withoutTiles++;
    // From 0..infinity to 0..1, in the same order.
    const distance = meanOfLargest(distances);
    result.anomaly.push(distance / (1 + distance));
    result.factsSeconds += between - start;
    result.anomalySeconds += processorSeconds() - between;
  }
  return result;
}

function figuresOf(samples: readonly Sample[], probabilities: readonly number[]): Figures[] {
  const scores = scoresOf(samples, probabilities);
  const threshold = 0.5; // No figure that is kept depends on it.
  const everything = measureSlice(scores, new Uint8Array(samples.length).fill(1), {
    threshold,
    rng: createRng("slice/all"),
  });
  return [...headlineSlices(measureSlices(samples, scores, { threshold })), { value: "all", ...everything }].map(
    ({ value, n, rocAuc, recallAtFpr1, proof }) => ({ slice: value, n, rocAuc, recallAtFpr1, proof }),
  );
}

function print(title: string, rows: readonly Figures[]): void {
  console.log(`\n${title}\n`);
  console.log("| Slice | Genuine | Fakes | ROC-AUC | Recall at 1 % false alarms |\n|---|---|---|---|---|");
  for (const { slice, n, rocAuc, recallAtFpr1 } of rows)
    console.log(`| ${slice} | ${n.real} | ${n.fake} | ${showEstimate(rocAuc)} | ${showEstimate(recallAtFpr1)} |`);
}

const show = (seconds: number) => `${(1000 * seconds).toFixed(0)} ms of a core`;

/** Spent by this process on all its threads: unlike the clock, it does not grow when the machine is shared. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
