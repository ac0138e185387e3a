import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { UserError } from "../../core/errors.ts";
import type { Rng } from "../../core/rng.ts";
import type { Sample } from "../../core/sample.ts";
import type { InputRecipe } from "../../representations/input.ts";
import { type AugmentOptions, augmentOptions } from "../augment.ts";
import type { BatchOptions, Preparer } from "../batches.ts";
import { jobsAhead, openCrew } from "../crew.ts";
import { type ProtocolName, protocolVersion } from "../protocols.ts";
import { cell } from "../tiles.ts";
import { writeAtomic, writeError } from "../writeAtomic.ts";
import type { CropItem, CropSettings } from "./crop.worker.ts";
import type { CutJob, CutSettings } from "./cut.worker.ts";
import { recordBytes, truthOf } from "./record.ts";

export interface CropOptions {
  /** The dataset's root. */
  readonly root: string;
  readonly protocol: ProtocolName;
  /** Of a tile, in pixels: a multiple of 8. */
  readonly side: number;
  /** Crops of every picture. */
  readonly perPicture: number;
  /** Of the places. */
  readonly seed: number;
  /** Name and version of what decodes the pictures. */
  readonly decoder: string;
  /** Where the crops of all datasets are kept; defaults to runs/crops. */
  readonly folder?: string;
  readonly workers?: number;
}

/** A crop of a picture; its label is that of its middle window: a fake's crop that shows no edit is real. */
export interface CropSample extends Sample {
  /** Its number in the file. */
  readonly record: number;
  /** Whether the picture is a fake. */
  readonly fromFake: boolean;
  /** What it shows: a crop of a fake and that of its unedited twin have the same. */
  readonly place: string;
}

/** Crops of many pictures, cut once and kept in one file. */
export interface Crops {
  /** The crops of these pictures, which were among those that were cut. */
  of(samples: readonly Sample[]): CropSample[];
  /** Batches of crops: normalised planes, labels, edited cells. Of the augmentation's geometry flips alone are done. */
  open(input: InputRecipe, augment?: AugmentOptions): Preparer;
}

/** How far a window may move within its record from epoch to epoch, in pixels. */
const play = 32;
/** Pictures in work at a time: their records wait in memory. */
const ahead = 8;
const version = 3;

/**
 * Decoding a screenshot costs more than training on one of its crops, so each picture is opened once. The file holds
 * pixels alone (a record: 77 kB at 128 pixels), and any representation is computed of them in every epoch.
 * Errors: disk-full; interrupted; whatever a picture that changed since it was listed gives.
 */
export async function cutCrops(
  samples: readonly Sample[],
  options: CropOptions,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, of: number) => void } = {},
): Promise<Crops> {
  const { root, protocol, perPicture, seed, decoder } = options;
  const side = options.side + play;
  const twin = twinsOf(samples);
  const jobs = samples.map((sample): CutJob => {
    const { path, sha256, label, mask, boxes } = sample;
    const fake = twin(sample);
    const like = label === "real" && fake?.mask;
    return {
      path,
      sha256,
      label,
      ...(mask && { mask }),
      ...(boxes && { boxes }),
      ...(like && { like }),
      places: (fake ?? sample).sha256,
    };
  });
  const facts = jobs.map(({ path: _, mask, like, ...job }) => [job, mask !== undefined, like !== undefined]);
  const shape = [version, side, perPicture, seed, decoder, protocolVersion(protocol)];
  const key = createHash("sha256")
    .update(JSON.stringify([shape, facts]))
    .digest("hex")
    .slice(0, 32);
  const folder = join(options.folder ?? join("runs", "crops"), key);
  const [file, index] = [join(folder, "crops.bin"), join(folder, "crops.json")];
  const middle = { left: play / 2, top: play / 2, side: options.side };
  const labels = (await knownLabels(index)) ?? (await cutAll());

  async function cutAll(): Promise<string> {
    await mkdir(folder, { recursive: true });
    const settings: CutSettings = { root, protocol, side, count: perPicture, key: `${seed}` };
    const crew = openCrew<CutJob, Uint8Array>(new URL("./cut.worker", import.meta.url), settings, options.workers);
    const found: string[] = [];
    let handle: FileHandle | undefined;
    try {
      handle = await open(file, "w");
      const waiting: Promise<Uint8Array>[] = [];
      const bytes = perPicture * recordBytes(side);
      for (let i = 0, next = 0; i < samples.length; i++) {
        for (; next < Math.min(samples.length, i + ahead); next++) {
          const job = crew.work(jobs[next]!);
          job.catch(() => {}); // awaited in its turn
          waiting.push(job);
        }
        const records = await waiting.shift()!;
        await handle.write(records, 0, bytes, i * bytes).catch((error: unknown) => {
          throw writeError(file, error);
        });
        found.push(labelsOfRecords(records, samples[i]!.label === "fake"));
        onProgress?.(i + 1, samples.length);
        if (signal?.aborted)
          throw new UserError("interrupted", `Interrupted after the crops of ${i + 1} of ${samples.length} pictures.`);
      }
    } finally {
      await handle?.close();
      await crew.close();
    }
    const all = found.join("");
    await writeAtomic(index, `${JSON.stringify({ key, labels: all })}\n`);
    return all;
  }

  function labelsOfRecords(records: Uint8Array, fake: boolean): string {
    return Array.from({ length: perPicture }, (_, k) =>
      truthOf(records.subarray(k * recordBytes(side), (k + 1) * recordBytes(side)), side, middle, fake),
    )
      .map(({ label }) => label)
      .join("");
  }

  const placeOf = new Map(samples.map(({ path }, i) => [path, i]));
  return {
    of: (asked) =>
      asked.flatMap((sample) =>
        Array.from({ length: perPicture }, (_, k): CropSample => {
          const picture = placeOf.get(sample.path)!;
          const record = picture * perPicture + k;
          return {
            ...sample,
            label: labels[record] === "1" ? "fake" : "real",
            record,
            fromFake: sample.label === "fake",
            place: `${jobs[picture]!.places}/${k}`,
          };
        }),
      ),
    open: (input, augment = augmentOptions.parse({})) =>
      openCropBatches({ file, side, input, augment }, options.side, options.workers),
  };
}

/** The fake with a mask that was made of the same source, for the crops of both to show the same places. */
function twinsOf(samples: readonly Sample[]): (sample: Sample) => Sample | undefined {
  const fakes = new Map<string, Sample>();
  for (const sample of samples)
    if (
      sample.label === "fake" &&
      sample.source !== undefined &&
      sample.mask !== undefined &&
      !fakes.has(sample.source)
    )
      fakes.set(sample.source, sample);
  return (sample) => {
    const fake = sample.source === undefined ? undefined : fakes.get(sample.source);
    return sample.label === "real" || fake === sample ? fake : undefined;
  };
}

async function knownLabels(index: string): Promise<string | undefined> {
  try {
    return JSON.parse(await readFile(index, "utf8")).labels;
  } catch {
    return undefined; // not cut yet, or not to the end
  }
}

function openCropBatches(settings: CropSettings, side: number, workers: number | undefined): Preparer {
  const crew = openCrew<CropItem[], Float32Array>(new URL("./crop.worker", import.meta.url), settings, workers);
  return {
    close: crew.close,
    async *batches(samples, { size, shuffle, rng, dropLast, augmentKey, from = 0 }: BatchOptions) {
      const given = samples as readonly CropSample[];
      const crops = shuffle ? pairsInTurn(given, rng!.fork("order")) : given;
      const end = dropLast ? crops.length - (crops.length % size) : crops.length;
      const waiting: { batch: readonly CropSample[]; answer: Promise<Float32Array> }[] = [];
      for (let next = from * size; next < end || waiting.length > 0; ) {
        for (; waiting.length < jobsAhead && next < end; next += size) {
          const batch = crops.slice(next, Math.min(end, next + size));
          const answer = crew.work(
            batch.map((crop) => itemOf(crop, { side, augment: settings.augment, augmentKey, rng })),
          );
          answer.catch(() => {}); // awaited in its turn
          waiting.push({ batch, answer });
        }
        // A turn of the event loop, in which the workers' messages arrive: a busy network would never give one.
        await setImmediate();
        const { batch, answer } = waiting.shift()!;
        yield { ...takeApart(await answer, batch.length, (side / cell) ** 2), samples: batch };
      }
    },
  };
}

/** In random order, a crop and its twin beside each other: what tells them apart is the edit alone, in one step. */
function pairsInTurn(crops: readonly CropSample[], rng: Rng): CropSample[] {
  const places = new Map<string, CropSample[]>();
  for (const crop of crops) {
    if (!places.has(crop.place)) places.set(crop.place, []);
    places.get(crop.place)!.push(crop);
  }
  return rng.shuffle([...places.values()]).flat();
}

/** How a crop is drawn from its record. */
interface Drawing {
  /** In pixels. */
  readonly side: number;
  readonly augment: AugmentOptions;
  readonly augmentKey: string | undefined;
  readonly rng: Rng | undefined;
}

/**
 * In training the window moves by whole blocks, so that the JPEG grid stays where the network expects it, and is
 * mirrored where the augmentation says so: a crop and its twin alike.
 */
function itemOf({ record, fromFake, place }: CropSample, { side, augment, augmentKey, rng }: Drawing): CropItem {
  const item = { record, fake: fromFake };
  if (augmentKey === undefined) return { ...item, window: { left: play / 2, top: play / 2, side } };
  const own = rng!.fork(`crop/${augmentKey}/${place}`);
  const step = () => cell * own.integer(play / cell + 1);
  const window = { left: step(), top: step(), side };
  const key = String(own.bits());
  const mirror = {
    across: augment.horizontalFlip && own.chance(0.5),
    down: augment.verticalFlip && own.chance(0.5),
  };
  return { ...item, window, augmentKey: key, ...((mirror.across || mirror.down) && { mirror }) };
}

/** What crop.worker.ts put together. */
function takeApart(all: Float32Array, n: number, cells: number) {
  const ends = [all.length - n * (2 * cells + 1), all.length - n * (cells + 1), all.length - n, all.length];
  return {
    x: all.subarray(0, ends[0]),
    cells: { edited: all.subarray(ends[0], ends[1]), weights: all.subarray(ends[1], ends[2]) },
    labels: all.subarray(ends[2], ends[3]),
  };
}
