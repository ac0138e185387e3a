import { type Estimate, isDefined } from "../core/estimate.ts";
import { createRng, type Rng } from "../core/rng.ts";
import { labelsOf, type Sample } from "../core/sample.ts";
import "../image/sharpCodec.ts"; // libvips' loaders are chosen before workers start
import { groupBootstrap } from "../metrics/bootstrap.ts";
import { accuracy, confusionAt } from "../metrics/classification.ts";
import { rocAuc } from "../metrics/curves.ts";
import { scoresOf } from "../metrics/scores.ts";
import { openCrew } from "./crew.ts";
import { factRow } from "./facts.ts";
import type { FloorAnswer, FloorItem, FloorSettings } from "./floors.worker.ts";
import type { Region } from "./history.ts";
import type { Dataset } from "./manifest.ts";
import type { ProtocolName } from "./protocols.ts";
import { crossValidate, type Rows } from "./trees.ts";

/** How well the label can be guessed without any look at an edit. */
export interface Floors {
  /** From facts about the files: format, size, tables, subsampling, quality, metadata. */
  readonly file: { readonly accuracy: Estimate; readonly rocAuc: Estimate };
  /** From regions that nobody edited, of fakes and of genuine pictures at the same place; absent without masks. */
  readonly history?: { readonly rocAuc: Estimate };
}

export interface FloorOptions {
  readonly workers?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Enough for an interval of a few hundredths; more would take longer than the training of a small network. */
const most = { pictures: 2000, pixels: 500e6, atLeast: 300 };

/**
 * Both floors under one protocol: extremely randomised trees, 5-fold by group, intervals by group-wise bootstrap.
 * Of a large dataset a sample is taken, half of it the rarer class where there are enough; `n` says how many.
 */
export async function measureFloors(
  dataset: Pick<Dataset, "root" | "samples" | "facts">,
  protocol: ProtocolName,
  { workers, onProgress }: FloorOptions = {},
): Promise<Floors> {
  const rng = createRng(`floors/${protocol}`);
  const samples = someOf(dataset, rng.fork("samples"));
  const fakes = samples.filter(({ label }) => label === "fake");
  const reals = samples.filter(({ label }) => label === "real");
  const masked = fakes.some(({ mask }) => mask !== undefined);
  if (protocol === "raw" && !masked) {
    const known = samples.map(({ sha256 }) => factRow(dataset.facts.get(sha256)!));
    return { file: guess(samples, known, rng.fork("file")) };
  }
  const settings: FloorSettings = { root: dataset.root, protocol };
  const crew = openCrew<readonly FloorItem[], readonly FloorAnswer[]>(
    new URL("./floors.worker", import.meta.url),
    settings,
    workers,
  );
  let done = 0;
  const look = async (items: readonly FloorItem[]): Promise<FloorAnswer[]> => {
    const jobs: Promise<readonly FloorAnswer[]>[] = [];
    for (let i = 0; i < items.length; i += 8) {
      const own = items.slice(i, i + 8);
      const job = crew.work(own).then((answers) => {
        done += own.length;
        onProgress?.(done, samples.length);
        return answers;
      });
      jobs.push(job);
    }
    return (await Promise.all(jobs)).flat();
  };
  try {
    const seen = await look(
      fakes.map(({ path, sha256, mask }) => ({ path, sha256, ...(mask !== undefined && { mask }) })),
    );
    const pairs = pairRegions(fakes, seen, reals, dataset, rng.fork("pairs"));
    const regionsOf = (real: Sample) => pairs.filter((pair) => pair.real === real).map(({ region }) => region);
    const matched = await look(
      reals.map((real) => ({ path: real.path, sha256: real.sha256, regions: regionsOf(real) })),
    );

    const facts = [...seen, ...matched].map((answer) => answer.facts);
    const file = guess([...fakes, ...reals], facts, rng.fork("file"));
    if (!masked) return { file };
    const { accuracy: _, ...history } = guessHistory(pairs, reals, matched, rng.fork("history"));
    return { file, history };
  } finally {
    await crew.close();
  }
}

/** A dataset passes where a floor cannot be told from chance: its interval holds .5, or its value lies in .45...55. */
export function isAtChance(floor: Estimate): boolean {
  return isDefined(floor) && ((floor.low <= 0.5 && floor.high >= 0.5) || Math.abs(floor.value - 0.5) <= 0.05);
}

function someOf({ samples, facts }: Pick<Dataset, "samples" | "facts">, rng: Rng): Sample[] {
  const shuffled = {
    real: rng.fork("real").shuffle(samples.filter(({ label }) => label === "real")),
    fake: rng.fork("fake").shuffle(samples.filter(({ label }) => label === "fake")),
  };
  const taken: Sample[] = [];
  let pixels = 0;
  // In turns, until one class is used up; then the rest of the other.
  for (let i = 0; i < samples.length; i++)
    for (const sample of [shuffled.real[i], shuffled.fake[i]]) {
      if (sample === undefined || taken.length >= most.pictures) continue;
      if (pixels > most.pixels && taken.length >= most.atLeast) continue;
      const { width, height } = facts.get(sample.sha256)!;
      pixels += width * height;
      taken.push(sample);
    }
  return taken;
}

interface Pair {
  readonly fake: Sample;
  readonly real: Sample;
  readonly region: Region;
  readonly row: readonly number[];
}

/** Each fake's region finds a genuine picture of the same size: of its own group where there is one, else any. */
function pairRegions(
  fakes: readonly Sample[],
  seen: readonly FloorAnswer[],
  reals: readonly Sample[],
  { facts }: Pick<Dataset, "facts">,
  rng: Rng,
): Pair[] {
  const sizeOf = ({ sha256 }: Sample) => `${facts.get(sha256)!.width}x${facts.get(sha256)!.height}`;
  const bySize = new Map<string, Sample[]>();
  for (const real of reals) bySize.set(sizeOf(real), [...(bySize.get(sizeOf(real)) ?? []), real]);
  return fakes.flatMap((fake, i) => {
    const found = seen[i]!.history[0];
    const alike = bySize.get(sizeOf(fake)) ?? [];
    if (found === undefined || alike.length === 0) return [];
    const related = alike.filter(({ group }) => group === fake.group);
    return [{ fake, real: rng.fork(fake.sha256).pick(related.length > 0 ? related : alike), ...found }];
  });
}

function guessHistory(pairs: readonly Pair[], reals: readonly Sample[], matched: readonly FloorAnswer[], rng: Rng) {
  const next = new Map<Sample, number>();
  const indexOf = new Map(reals.map((real, i) => [real, i]));
  const both = pairs.flatMap(({ fake, real, row }) => {
    const k = next.get(real) ?? 0;
    next.set(real, k + 1);
    const own = matched[indexOf.get(real)!]!.history[k];
    return own === undefined
      ? []
      : [
          { sample: fake, row },
          { sample: real, row: own.row },
        ];
  });
  return guess(
    both.map(({ sample }) => sample),
    both.map(({ row }) => row),
    rng,
  );
}

function guess(
  samples: readonly Sample[],
  rows: readonly (readonly number[])[],
  rng: Rng,
): { accuracy: Estimate; rocAuc: Estimate } {
  const groups = samples.map(({ group }) => group);
  if (new Set(groups).size < 10) {
    const none = { undefinedBecause: `only ${new Set(groups).size} groups to learn from` };
    return { accuracy: none, rocAuc: none };
  }
  const width = rows[0]!.length;
  const table: Rows = { width, data: Float64Array.from(rows.flat()) };
  const answers = crossValidate(table, labelsOf(samples), groups, rng.fork("trees"));
  return groupBootstrap(
    scoresOf(samples, answers),
    (sample) => ({ accuracy: accuracy(confusionAt(sample, 0.5)), rocAuc: rocAuc(sample) }),
    { rng: rng.fork("bootstrap") },
  );
}
