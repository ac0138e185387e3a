import { join } from "node:path";
import { workerData } from "piscina";
import type { Sample } from "../core/sample.ts";
import { oneByOne } from "../data/crew.ts";
import { openSample } from "../data/prepare.ts";
import { applyProtocol, applyProtocolToMask, type ProtocolName } from "../data/protocols.ts";
import { readMask } from "../data/readMask.ts";
import { cellsOf } from "../evaluate/cells.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { examineTiles, pictureStatistics } from "../model/examinePicture.ts";
import { cellsOfLines, examineLines, type LineAnswers, type LineHead } from "../model/lines/lineHead.ts";
import { silent, type TileAnswers } from "../model/pooling.ts";
import { type Model, openModel } from "../model/predict.ts";

export interface StatisticsSettings {
  /** Path of the model file. */
  readonly path: string;
  /** The dataset's root. */
  readonly root: string;
  readonly protocol: ProtocolName;
  /** Trees that have been fitted since the file was written. */
  readonly lines?: Pick<LineHead, "deviation" | "trees">;
}

export interface StatisticsJob extends Pick<Sample, "path" | "sha256" | "label" | "mask"> {
  /** Whether some of its cells are asked for, where their truth is known. */
  readonly cells: boolean;
}

export interface StatisticsAnswer {
  /** What the pooling head sees. */
  readonly row: Float32Array;
  /** Of some cells: the network's logit, their line's (NaN: none), whether edited   // [n] each */
  readonly cells?: { readonly network: Float32Array; readonly line: Float32Array; readonly edited: Float32Array };
}

const { path, root, protocol, lines } = workerData as StatisticsSettings;
let opened: Promise<Model> | undefined;

/** What is known of a picture before the pooling; each worker has a network of its own, on one thread. */
export default oneByOne(async (sample: StatisticsJob): Promise<StatisticsAnswer> => {
  opened ??= openModel(path, { threads: 1 });
  const image = await applyProtocol(protocol, await openSample(root, sample, sharpCodec), sharpCodec);
  const answers = await examineTiles(await opened, image, sharpCodec);
  const found = lines && examineLines(image.pixels, lines);
  const row = Float32Array.from(pictureStatistics(answers, found));
  const known = sample.label === "real" || sample.mask !== undefined;
  if (!sample.cells || found === undefined || !known) return { row };
  return { row, cells: await someCells(sample, image.pixels, answers, found) };
});

/** One cell of so many: their neighbours say much the same. */
const oneOf = 29;

async function someCells(
  { mask: file, sha256 }: StatisticsJob,
  { width, height }: { width: number; height: number },
  { map }: TileAnswers,
  found: LineAnswers,
): Promise<NonNullable<StatisticsAnswer["cells"]>> {
  const mask =
    file === undefined
      ? { width, height, data: new Uint8Array(width * height) }
      : applyProtocolToMask(protocol, await readMask(join(root, file), sharpCodec), sha256);
  const { edited, pixels } = cellsOf(map, mask);
  const over = cellsOfLines(found, map);
  const some = Array.from(map.data.keys()).filter((i) => i % oneOf === 0 && map.data[i]! > silent);
  return {
    network: Float32Array.from(some, (i) => map.data[i]!),
    line: Float32Array.from(some, (i) => over[i]!),
    edited: Float32Array.from(some, (i) => (edited[i]! >= pixels[i]! / 2 ? 1 : 0)),
  };
}
