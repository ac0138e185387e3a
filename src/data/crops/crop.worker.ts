import { openSync, readSync } from "node:fs";
import { move, workerData } from "piscina";
import { sharpCodec } from "../../image/sharpCodec.ts";
import type { InputRecipe } from "../../representations/input.ts";
import { cutImage, prepareTile } from "../../representations/tile.ts";
import { type AugmentOptions, augmentPixels, changesPixels } from "../augment.ts";
import { oneByOne } from "../crew.ts";
import { augmentStream } from "../prepare.ts";
import { cell } from "../tiles.ts";
import { type Mirror, mirrored, pixelsOf, type RecordWindow, recordBytes, truthOf } from "./record.ts";

export interface CropSettings {
  /** File of records. */
  readonly file: string;
  /** Of a record, in pixels. */
  readonly side: number;
  readonly input: InputRecipe;
  readonly augment: AugmentOptions;
}

export interface CropItem {
  /** Number of the record in the file. */
  readonly record: number;
  readonly window: RecordWindow;
  /** The picture's own label. */
  readonly fake: boolean;
  readonly mirror?: Mirror;
  /** Names the random numbers of the augmentation; absent: none. */
  readonly augmentKey?: string;
}

const { file, side, input, augment } = workerData as CropSettings;
const handle = openSync(file, "r");
const record = new Uint8Array(recordBytes(side));

/** [n, channels, h, w], then edited cells and their weights [n, h / 8, w / 8], then labels [n]. */
export default oneByOne(async (items: readonly CropItem[]) => {
  const planes: Float32Array[] = [];
  const truths = [];
  for (const item of items) {
    readSync(handle, record, 0, record.length, item.record * record.length);
    const { window, augmentKey, mirror } = item;
    const truth = truthOf(record, side, window, item.fake);
    const pixels = pixelsOf(record, side, window);
    const turned = <T extends Uint8Array | Float32Array>(table: T, width: number, channels: number) =>
      mirror === undefined ? table : mirrored(table, { width, channels }, mirror);
    const columns = window.side / cell;
    truths.push({
      ...truth,
      edited: turned(truth.edited, columns, 1),
      weights: turned(truth.weights, columns, 1),
    });
    const cut = cutImage({ ...pixels, data: turned(pixels.data, window.side, 3) }, `${item.record}`);
    const image =
      augmentKey === undefined || !changesPixels(augment)
        ? cut
        : await augmentPixels(cut, augment, augmentStream(augmentKey, "crop"), sharpCodec);
    planes.push(await prepareTile(image, input, sharpCodec));
  }
  const parts = [
    ...planes,
    ...truths.map(({ edited }) => edited),
    ...truths.map(({ weights }) => weights),
    Float32Array.from(truths, ({ label }) => label),
  ];
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return move(all) as unknown as Float32Array;
});
