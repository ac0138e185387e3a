import { move, workerData } from "piscina";
import type { Sample } from "../core/sample.ts";
import type { Planes } from "../image/planes.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { type InputRecipe, normalisePlanes } from "../representations/input.ts";
import { type AugmentOptions, augmentPlanes, changesPixels } from "./augment.ts";
import { oneByOne } from "./crew.ts";
import { inLanes } from "./inLanes.ts";
import { augmentStream, type Preparation, preparePlanes } from "./prepare.ts";

/** What every job of a preparer's workers shares. */
export interface WorkerSettings extends Preparation {
  readonly input: InputRecipe;
  readonly augment: AugmentOptions;
}

export interface JobItem extends Pick<Sample, "path" | "sha256"> {
  /** Names the random numbers of this picture's augmentation; absent: none. */
  readonly augmentKey?: string;
  /** Memory that all workers share: Int32 flag (1 = filled), then the planes as Float32. */
  readonly kept?: SharedArrayBuffer;
}

export interface Job {
  /** batch: normalised planes of all items; moments: sum and sum of squares by item and channel. */
  readonly kind: "batch" | "moments";
  readonly items: readonly JobItem[];
}

const settings = workerData as WorkerSettings;

/** One picture is decoded by libvips' threads while another's planes are computed here. */
const lanes = 2;

/** batch: [n, channels, height, width] in Float32; moments: [n, channels, 2] in Float64. */
export default oneByOne(async ({ kind, items }: Job) =>
  handOver(kind === "batch" ? await batch(items) : await moments(items)),
);

type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Its memory changes threads; it is not copied. */
function handOver(numbers: Numbers): Numbers {
  return move(numbers) as unknown as Numbers;
}

async function batch(items: readonly JobItem[]): Promise<Float32Array<ArrayBuffer>> {
  const rows = await inLanes(items, lanes, async (item) => normalisePlanes(await augmented(item), settings.input));
  const size = rows[0]!.length;
  const x = new Float32Array(items.length * size); // [n, channels, height, width]
  rows.forEach((row, i) => {
    x.set(row, i * size);
  });
  return x;
}

async function moments(items: readonly JobItem[]): Promise<Float64Array<ArrayBuffer>> {
  const rows = await inLanes(items, lanes, async (item) => {
    const { channels, data } = await plain(item);
    const area = data.length / channels;
    return Array.from({ length: channels }, (_, c) => {
      let [sum, squares] = [0, 0];
      for (const value of data.subarray(c * area, (c + 1) * area)) {
        sum += value;
        squares += value * value;
      }
      return [sum, squares];
    }).flat();
  });
  return Float64Array.from(rows.flat()); // [n, channels, 2]
}

async function augmented(item: JobItem): Promise<Planes> {
  if (item.augmentKey === undefined) return plain(item);
  const rng = augmentStream(item.augmentKey, item.sha256);
  const planes = changesPixels(settings.augment)
    ? await preparePlanes(settings, item, sharpCodec, { options: settings.augment, rng })
    : await plain(item);
  return augmentPlanes(planes, settings.augment, rng);
}

/** Without augmentation: from the memory of an earlier epoch where it is there, else made and kept. */
async function plain(item: JobItem): Promise<Planes> {
  const { kept } = item;
  const { height, width } = settings.input;
  if (kept === undefined) return preparePlanes(settings, item, sharpCodec);
  const filled = new Int32Array(kept, 0, 1);
  const data = new Float32Array(kept, Int32Array.BYTES_PER_ELEMENT);
  if (Atomics.load(filled, 0) === 1) return { channels: data.length / (height * width), height, width, data };
  const planes = await preparePlanes(settings, item, sharpCodec);
  // Two workers may fill it at once: they write the same numbers.
  data.set(planes.data);
  Atomics.store(filled, 0, 1);
  return planes;
}
