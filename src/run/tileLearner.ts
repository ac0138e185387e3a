import { availableParallelism } from "node:os";
import { UserError } from "../core/errors.ts";
import { createRng } from "../core/rng.ts";
import type { Sample, Samples } from "../core/sample.ts";
import { labelsOf } from "../core/sample.ts";
import type { Preparer } from "../data/batches.ts";
import { openCrew } from "../data/crew.ts";
import { type Crops, cutCrops } from "../data/crops/crops.ts";
import type { ProtocolName } from "../data/protocols.ts";
import type { Split } from "../data/split.ts";
import { inOrder, iterate } from "../detect/inOrder.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { shiftOf } from "../imbalance/plan.ts";
import { fitCells } from "../model/lines/fitLines.ts";
import { fitPooling, pooledLogit } from "../model/pooling.ts";
import { openFixedNetwork } from "../nn/fixedNetwork.ts";
import { createTrainer } from "../nn/network.ts";
import { growLines } from "./growLines.ts";
import { type Learner, type LearnerFacts, openedBy, withLossOf } from "./learner.ts";
import type { StatisticsAnswer, StatisticsJob, StatisticsSettings } from "./tileStatistics.worker.ts";

/** Most pictures that the pooling head is fitted on: it has a dozen weights. */
const headPictures = 800;
/** Share of the train split's groups that the network never sees, so that the head learns from honest answers. */
const headShare = 0.12;
/** Pictures in work at a time. */
const ahead = 16;

/** The network learns from crops; its answers about all tiles of a picture become the picture's by a head of their own. */
export async function openTileLearner(facts: LearnerFacts): Promise<Learner> {
  const { recipe, dataset, input, network, options, workers, stage } = facts;
  const threading = workers === undefined ? {} : { workers };
  let preparer: Preparer | undefined;
  let forHead: readonly Sample[] = [];
  let forLines: readonly Sample[] = [];
  let given = { real: 0, fake: 0 };

  return {
    get preparer() {
      return openedBy(preparer);
    },

    // A plan is about crops: cells, most of which are genuine in every fake, learn with the recipe's own loss.
    open: (plan) =>
      createTrainer(network, {
        ...withLossOf(plan, options),
        cellLoss: options.loss,
        mapWeight: recipe.tiles.mapWeight,
      }),
    answer: (built, tensors) => openFixedNetwork(built, tensors, options),
    ready: async (samples) => samples,

    async gather({ train, validation }: Split["parts"], signal) {
      const parts = divide(train);
      const fake = labelsOf(train).reduce((sum, label) => sum + label, 0);
      given = { real: train.length - fake, fake };
      forHead = parts.head;
      forLines = parts.tiles;
      const crops: Crops = await cutCrops(
        [...parts.tiles, ...validation],
        {
          root: dataset.root,
          protocol: recipe.protocol,
          side: recipe.size,
          perPicture: recipe.tiles.perPicture,
          seed: recipe.seed,
          decoder: sharpCodec.version,
          ...threading,
        },
        { signal, onProgress: stage("Crops") },
      );
      preparer = crops.open(input, recipe.augment);
      return {
        train: crops.of(parts.tiles) as unknown as Samples<"train">,
        validation: crops.of(validation) as unknown as Samples<"validation">,
      };
    },

    async judge(_network, path) {
      const lines = recipe.lines && (await growLines(forLines, facts));
      const settings = { path, root: dataset.root, ...(lines && { lines }) };
      const open = (protocol: ProtocolName) => openStatistics({ ...settings, protocol }, workers);
      const statistics = open(recipe.protocol);
      const rows: Float32Array[] = [];
      const cells = { network: [] as number[], line: [] as number[], edited: [] as number[] };
      const progress = stage("Fitting the pooling of tiles");
      for await (const { row, cells: some } of statistics.answers(forHead, { cells: true })) {
        rows.push(row);
        for (const key of ["network", "line", "edited"] as const)
          for (const value of some?.[key] ?? []) cells[key].push(value);
        progress(rows.length, forHead.length);
      }
      await statistics.close();
      const pooling = fitPooling(rows, labelsOf(forHead), lines === undefined ? "tiles/1" : "tiles+lines/1");
      return {
        predictor: {
          async predict(x, n) {
            const width = x.length / n;
            return Float32Array.from({ length: n }, (_, i) =>
              pooledLogit(x.subarray(i * width, (i + 1) * width), pooling),
            );
          },
        },
        openInputs: async (protocol) => open(protocol),
        // Whatever a plan did to the crops, the pooling has seen pictures as they are, and weighs both classes the same.
        priorShift: shiftOf({ real: 1, fake: 1 }, given),
        metadata: {
          pooling,
          ...(lines && { lines: { statistics: "lines/2" as const, ...lines, cells: fitCells(cells) } }),
          ...(recipe.gate && { gate: recipe.gate }),
        },
      };
    },

    close: async () => preparer?.close(),
  };
}

/**
 * Whole groups stand aside for the pooling head, in an order that their names alone decide: 12 % of them, and more
 * until both classes are among them. Throws UserError where nothing would be left to train on.
 */
export function divide(train: readonly Sample[]): { tiles: readonly Sample[]; head: readonly Sample[] } {
  const groups = [...new Set(train.map(({ group }) => group))]
    .map((group) => ({ group, at: createRng(`pooling head/${group}`).uniform() }))
    .sort((a, b) => a.at - b.at);
  const aside = new Set<string>();
  const of = (label: Sample["label"]) => train.filter((sample) => sample.label === label && aside.has(sample.group));
  for (const { group } of groups) {
    if (aside.size >= headShare * groups.length && of("real").length > 0 && of("fake").length > 0) break;
    aside.add(group);
  }
  const tiles = train.filter(({ group }) => !aside.has(group));
  if (!["real", "fake"].every((label) => tiles.some((sample) => sample.label === label)))
    throw new UserError(
      "bad-dataset",
      `The train split has ${groups.length} groups, too few: with fit "tiles" some of them stand aside for the pooling of tiles, and real and fake pictures must be left on both sides. Add pictures of other sources, or pass --split random.`,
    );
  return { tiles, head: [...of("real").slice(0, headPictures / 2), ...of("fake").slice(0, headPictures / 2)] };
}

/** A crew that looks at whole pictures, which is also batches of what the pooling sees of them   // [n, statistics] */
interface Statistics extends Preparer {
  answers(samples: readonly Sample[], options: { readonly cells: boolean }): AsyncGenerator<StatisticsAnswer>;
}

function openStatistics(settings: StatisticsSettings, workers?: number): Statistics {
  const crew = openCrew<StatisticsJob, StatisticsAnswer>(
    new URL("./tileStatistics.worker", import.meta.url),
    settings,
    // This thread only waits.
    workers ?? Math.min(8, availableParallelism()),
  );
  const answers: Statistics["answers"] = (samples, { cells }) =>
    inOrder(iterate(samples), ahead, ({ path, sha256, label, mask }) =>
      crew.work({ path, sha256, label, cells, ...(mask !== undefined && { mask }) }),
    );
  return {
    close: crew.close,
    answers,
    async *batches(samples, { size }) {
      let rows: Float32Array[] = [];
      let start = 0;
      for await (const { row } of answers(samples, { cells: false })) {
        rows.push(row);
        if (rows.length < size && start + rows.length < samples.length) continue;
        const x = new Float32Array(rows.length * row.length);
        for (const [i, one] of rows.entries()) x.set(one, i * row.length);
        const batch = samples.slice(start, start + rows.length);
        yield { x, labels: Float32Array.from(labelsOf(batch)), samples: batch };
        start += rows.length;
        rows = [];
      }
    },
  };
}
