import { readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadImage } from "@napi-rs/canvas";
import { createRng, type Rng } from "../../src/core/rng.ts";
import { type GateFeatures, gateFeatureNames, gateFeatures } from "../../src/detect/gateFeatures.ts";
import { type GateModel, gateTerms, screenshotLogOdds } from "../../src/detect/gateModel.ts";
import { readPixels } from "../../src/forge/canvas.ts";
import type { Pixels } from "../../src/image/codec.ts";
import { sharpCodec as codec } from "../../src/image/sharpCodec.ts";
import type { PhotoSource } from "./brush.ts";
import { crop, live } from "./history.ts";
import { others } from "./others.ts";
import { screen } from "./screen.ts";

/** One picture as the gate measures it. */
export interface Measured {
  readonly kind: string;
  readonly isScreen: boolean;
  /** Left out of the fit, by its name. */
  readonly isHeldOut: boolean;
  readonly features: GateFeatures;
}

export function picturesBelow(folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      statSync(folder).isFile()
        ? [folder]
        : readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
    )
    .filter((path) => /\.(jpe?g|png|webp)$/i.test(path) && !/[/\\](masks|sources)[/\\]/.test(path))
    .sort();
}

interface FitOptions {
  readonly photos: string[];
  readonly screens: string[];
  readonly each: number;
  readonly drawn: number;
  readonly seed: number;
}

/** Fits the gate's logistic model and prints its coefficients: they are kept as data in src/detect/gateModel.ts. */
export async function fitGate({ photos, screens: screenFolders, each, drawn, seed }: FitOptions): Promise<void> {
  const rng = createRng(seed).fork("gate");
  const rows: Measured[] = [];
  const photoFiles = picturesBelow(photos);
  const add = async (kind: string, name: string, isScreen: boolean, pixels: Pixels) => {
    const own = rng.fork(`${kind}/${name}`);
    const isHeldOut = rng.fork(`held out/${kind}/${name}`).chance(0.3);
    for (let k = 0; k < each; k++) {
      const lived = k === 0 ? pixels : await live(pixels, own.fork(String(k)));
      const { width, height } = lived;
      if (Math.min(width, height) < 192) continue;
      const features = gateFeatures(lived);
      rows.push({ kind, isScreen, isHeldOut, features });
    }
  };
  for (const [kind, files] of Object.entries({ photo: photoFiles, file: picturesBelow(screenFolders) }))
    for (const path of files) {
      const { pixels } = await codec.decode(await readFile(path));
      await add(kind, path, kind === "file", workable(pixels, rng.fork(path)));
    }
  const photo: PhotoSource = async (own) =>
    loadImage(await readFile(own.pick(photoFiles.filter((path) => !/IMG|Canon5D/.test(path)))));
  for (const [isScreen, painters] of [
    [true, { screen }],
    [false, others],
  ] as const)
    for (const [kind, paint] of Object.entries(painters))
      for (let k = 0; k < (isScreen ? 4 : 1) * drawn; k++)
        await add(kind, String(k), isScreen, readPixels(await paint(rng.fork(`draw/${kind}/${k}`), photo)));

  const model = logisticOf(rows.filter(({ isHeldOut }) => !isHeldOut));
  console.log(JSON.stringify(model));
  for (const kind of new Set(rows.map((row) => row.kind)))
    for (const isHeldOut of [false, true]) {
      const of = rows.filter((row) => row.kind === kind && row.isHeldOut === isHeldOut);
      const right = of.filter((row) => screenshotLogOdds(row.features, model) > 0 === row.isScreen).length;
      console.log(`${kind}${isHeldOut ? ", held out" : ""}: ${right} of ${of.length} right`);
    }
}

/** Large photographs in a window of theirs: many saves of 12 megapixels would take hours. */
function workable(pixels: Pixels, rng: Rng): Pixels {
  const [width, height] = [Math.min(pixels.width, 1600), Math.min(pixels.height, 3000)];
  if (width === pixels.width && height === pixels.height) return pixels;
  return crop(pixels, {
    width,
    height,
    left: rng.integer(pixels.width - width + 1),
    top: rng.integer(pixels.height - height + 1),
  });
}

/**
 * Logistic regression on the terms, L2 of 3e-4, by gradient descent with momentum. Both classes weigh the same; within a
 * class every kind does, photographs and files of screens several times as much as what is drawn.
 */
function logisticOf(rows: readonly Measured[]): GateModel {
  const average = (of: (row: Measured) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const mean = gateFeatureNames.map((name) => average(({ features }) => features[name]));
  const deviation = gateFeatureNames.map((name, i) =>
    Math.max(1e-3, Math.sqrt(average(({ features }) => (features[name] - mean[i]!) ** 2))),
  );
  const x = rows.map(({ features }) => gateTerms(features, { mean, deviation }));
  const shares = sharesOf(rows);
  const size = x[0]!.length;
  const at = new Float64Array(size + 1);
  const speed = new Float64Array(size + 1);
  for (let step = 0; step < 4000; step++) {
    const slope = at.map((w, i) => (i < size ? 3e-4 * w : 0));
    for (const [r, row] of x.entries()) {
      let logit = at[size]!;
      for (let i = 0; i < size; i++) logit += row[i]! * at[i]!;
      const error = shares[r]! * (1 / (1 + Math.exp(-logit)) - (rows[r]!.isScreen ? 1 : 0));
      for (let i = 0; i < size; i++) slope[i]! += error * row[i]!;
      slope[size]! += error;
    }
    for (let i = 0; i <= size; i++) {
      speed[i] = 0.95 * speed[i]! - 0.03 * slope[i]!;
      at[i]! += speed[i]!;
    }
  }
  const round = (values: Iterable<number>) => Array.from(values, (value) => Number(value.toPrecision(4)));
  const [bias, weights] = [round([at[size]!])[0]!, round(at.subarray(0, size))];
  return { mean: round(mean), deviation: round(deviation), weights, bias };
}

/** What each row counts for; all together 1. */
function sharesOf(rows: readonly Measured[]): number[] {
  const weight = ({ kind }: Measured) => ({ photo: 4, file: 2, screen: 3 })[kind] ?? 1;
  const counts = new Map<string, number>();
  for (const { kind } of rows) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const raw = rows.map((row) => weight(row) / counts.get(row.kind)!);
  const of = (isScreen: boolean) =>
    raw.reduce((sum, share, i) => sum + (rows[i]!.isScreen === isScreen ? share : 0), 0);
  const totals = { screens: of(true), others: of(false) };
  return raw.map((share, i) => (0.5 * share) / (rows[i]!.isScreen ? totals.screens : totals.others));
}
