import { join } from "node:path";
import { move, workerData } from "piscina";
import { createRng } from "../../core/rng.ts";
import type { Sample } from "../../core/sample.ts";
import { sharpCodec } from "../../image/sharpCodec.ts";
import { cutPixels, type Window } from "../../image/window.ts";
import { oneByOne } from "../crew.ts";
import { openSample } from "../prepare.ts";
import { applyProtocol, applyProtocolToMask, type ProtocolName } from "../protocols.ts";
import { readMask } from "../readMask.ts";
import { cell } from "../tiles.ts";
import { type Coverage, choosePlaces, coverageOf } from "./places.ts";
import { recordBytes, recordOf, unknown } from "./record.ts";

export interface CutSettings {
  /** The dataset's root. */
  readonly root: string;
  readonly protocol: ProtocolName;
  /** Of a record, in pixels. */
  readonly side: number;
  /** Crops of a picture. */
  readonly count: number;
  /** Names the random places. */
  readonly key: string;
}

export interface CutJob extends Pick<Sample, "path" | "sha256" | "label" | "mask" | "boxes"> {
  /** Of a genuine picture: the mask of a fake of the same source, whose places it shows unedited. */
  readonly like?: string;
  /** Names the random places; a picture and its fake share it. */
  readonly places: string;
}

const { root, protocol, side, count, key } = workerData as CutSettings;

/** A picture's crops as records, one after the other. */
export default oneByOne(async ({ path, sha256, label, mask, boxes, like, places: name }: CutJob) => {
  const read = await openSample(root, { path, sha256 }, sharpCodec);
  const { pixels } = await applyProtocol(protocol, read, sharpCodec);
  const shown = mask ?? like;
  const covered =
    shown === undefined
      ? undefined
      : coverageOf(applyProtocolToMask(protocol, await readMask(join(root, shown), sharpCodec), sha256));
  // A mask of another size belongs to another picture.
  const known =
    covered !== undefined &&
    covered.width === Math.ceil(pixels.width / cell) &&
    covered.height === Math.ceil(pixels.height / cell);
  const scale = pixels.width / read.pixels.width;
  const scene = {
    pixels,
    label,
    ...(known && { coverage: covered }),
    ...(boxes && {
      boxes: Object.fromEntries(
        Object.entries(boxes).map(([name, [x, y, w, h]]) => [name, [x * scale, y * scale, w * scale, h * scale]]),
      ) as NonNullable<Sample["boxes"]>,
    }),
  };
  const places = choosePlaces(scene, count, side, createRng(`crops/${key}/${name}`));
  const records = places.map((window) =>
    recordOf(cutPixels(pixels, window), label === "real" ? genuine : known ? under(covered, window) : unknown(side)),
  );
  const all = new Uint8Array(count * recordBytes(side));
  for (const [i, record] of records.entries()) all.set(record, i * record.length);
  return move(all) as unknown as Uint8Array;
});

const genuine = new Uint8Array((side / cell) ** 2);

/** Coverage of the window's cells; nothing is edited outside of the picture. */
function under({ width, height, data }: Coverage, window: Window): Uint8Array {
  const cells = side / cell;
  return Uint8Array.from({ length: cells * cells }, (_, i) => {
    const x = window.left / cell + (i % cells);
    const y = window.top / cell + Math.floor(i / cells);
    return x < width && y < height ? data[y * width + x]! : 0;
  });
}
