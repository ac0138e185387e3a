import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { UserError } from "../../src/core/errors.ts";
import { parseRatio, showRatio } from "../../src/core/ratio.ts";
import { shippedModel } from "../../src/detect/defaultModel.ts";
import { someOf } from "../../src/evaluate/someOf.ts";
import { sharpCodec as codec } from "../../src/image/sharpCodec.ts";
import { readModelFile } from "../../src/model/modelFile.ts";
import { readKnown } from "../../src/run/knownFacts.ts";
import { countOf } from "../../src/study/design.ts";
import { headRecipe } from "../../src/study/headTraining.ts";
import { pictureVectors } from "../../src/study/pictureVectors.ts";
import { requireUnseen } from "../../src/study/requireUnseen.ts";
import type { VectorTable } from "../../src/study/vectorTable.ts";
import { measurePitfalls, type ShownPitfall, type Spread } from "./measure.ts";
import { drawMixture } from "./mixture.ts";
import { syntheticSources, usualSources } from "./sources.ts";
import { pitfallNames, pitfalls } from "./table.ts";

interface PitfallOptions {
  readonly json: boolean;
  readonly markdown: boolean;
  readonly data?: string;
  readonly backbone?: string;
  readonly limit?: number;
  /** 1:k */
  readonly ratio?: string;
  readonly seeds: number;
  /** Where the picture of docs/pitfalls.md goes, and nothing else is done. */
  readonly picture?: string;
}

/** What the mistakes are made on. */
interface Ground {
  readonly words: string;
  readonly tableOf: (seed: number) => VectorTable;
  /** Genuine pictures for each fake, where --ratio says nothing. */
  readonly realPerFake: number;
}

/** Every classic mistake made on purpose, beside what is right; the figures of docs/pitfalls.md. */
export async function benchPitfalls({ json, markdown, seeds, ratio, ...where }: PitfallOptions): Promise<void> {
  if (where.picture !== undefined) return writeFile(where.picture, await drawMixture());
  const started = performance.now();
  const ground = where.data === undefined ? madeUp : await pictures({ ...where, data: where.data });
  const realPerFake = ratio === undefined ? ground.realPerFake : parseRatio(ratio);
  const shown = await measurePitfalls({
    tableOf: ground.tableOf,
    realPerFake,
    seeds,
    // Pictures of others change nothing about a mistake that draws its own.
    names: pitfallNames.filter((name) => where.data === undefined || pitfalls[name].ownPictures !== true),
    recipe: headRecipe,
    onSeed: (done) => console.error(`Seed ${done} of ${seeds} is done.`),
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  if (json) {
    const on = { words: ground.words, ratio: showRatio(realPerFake), seeds, seconds };
    return console.log(JSON.stringify({ schemaVersion: 1, pitfalls: { ...on, pitfalls: shown } }));
  }
  console.log(
    `Vectors: ${ground.words}. Genuine for each fake: ${showRatio(realPerFake)}. Mean of ${seeds} seeds [lowest, highest]. ` +
      `${cpus()[0]?.model}, ${availableParallelism()} cores, node ${process.versions.node}, ${seconds} s.\n`,
  );
  for (const pitfall of shown)
    console.log(markdown ? `## ${pitfall.title}\n\n${tableOf(pitfall, seeds)}\n` : listOf(pitfall, seeds));
}

const madeUp: Ground = {
  words: `made up, in ${usualSources.real} genuine and ${usualSources.fake} forged sources of ${usualSources.pictures} pictures each`,
  tableOf: (seed) => syntheticSources({ ...usualSources, seed }),
  realPerFake: 100,
};

/** Real pictures as a model's network sees them. Throws UserError where it has learnt from any of them. */
async function pictures({
  data,
  backbone,
  limit,
}: {
  data: string;
  backbone?: string;
  limit?: number;
}): Promise<Ground> {
  const path = backbone ?? shippedModel();
  if (path === undefined)
    throw new UserError("not-found", "This copy of assay ships no model. Pass --backbone <model.onnx>.");
  const model = await readModelFile(path);
  const dataset = await readKnown(data, { codec });
  const samples = limit === undefined ? dataset.samples : someOf(dataset.samples, limit);
  for (const sentence of requireUnseen(model, { ...dataset, samples })) console.error(sentence);
  const table = await pictureVectors(samples, model, {
    root: dataset.root,
    protocol: model.metadata.training.protocol,
    onProgress: (done, of) => {
      if (done % 100 === 0 || done === of) console.error(`Vectors of ${done} of ${of} pictures.`);
    },
  });
  const counts = `${countOf(samples, "real")} genuine and ${countOf(samples, "fake")} forged pictures`;
  return { words: `${counts} of ${dataset.name}, ${table.width} numbers each`, tableOf: () => table, realPerFake: 10 };
}

/** The last column: in how many seeds the mistake misled that way. */
function tableOf({ figures }: ShownPitfall, seeds: number): string {
  const rows = figures.map(
    ({ name, wrong, right, agree }) => `| ${name} | ${show(wrong)} | ${show(right)} | ${agree} of ${seeds} |`,
  );
  return ["| | Wrong | Right | Seeds |", "|---|---|---|---|", ...rows].join("\n");
}

function listOf({ title, figures }: ShownPitfall, seeds: number): string {
  const widest = Math.max(...figures.map(({ name }) => name.length));
  const rows = figures.map(
    ({ name, wrong, right, agree }) =>
      `  ${name.padEnd(widest)}  wrong ${show(wrong)}  right ${show(right)}  ${agree} of ${seeds} seeds`,
  );
  return [title, ...rows, ""].join("\n");
}

/** `.934 [.912, .951]`; one digit more below a hundredth. */
function show({ mean, low, high }: Spread): string {
  const digits = Math.max(Math.abs(low), Math.abs(high)) < 0.1 ? 4 : 3;
  const number = (x: number) =>
    x
      .toFixed(digits)
      .replace(/^-(0\.0*)$/, "$1")
      .replace(/^(-?)0\./, "$1.");
  return `${number(mean)} [${number(low)}, ${number(high)}]`;
}
