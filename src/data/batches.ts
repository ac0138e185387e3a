import { setImmediate } from "node:timers/promises";
import type { Rng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import "../image/sharpCodec.ts"; // libvips' loaders are chosen before workers start
import { type InputRecipe, representationOf } from "../representations/input.ts";
import { type AugmentOptions, augmentOptions } from "./augment.ts";
import { jobsAhead, openCrew } from "./crew.ts";
import { machineMemory } from "./machineMemory.ts";
import type { Job, JobItem, WorkerSettings } from "./prepare.worker.ts";
import type { ProtocolName } from "./protocols.ts";

export interface PreparerOptions {
  /** The dataset's root. */
  readonly root: string;
  readonly input: InputRecipe;
  readonly protocol: ProtocolName;
  /** Used by those batches that give an augmentKey. */
  readonly augment?: AugmentOptions;
  /** Threads beside this one; defaults to the cores but one, at most 8. */
  readonly workers?: number;
  /** Memory for planes that later epochs need again; defaults to 1.5 GB, at most a quarter of the machine's. */
  readonly cacheBytes?: number;
}

export interface BatchOptions {
  readonly size: number;
  readonly shuffle: boolean;
  /** Of the order and of the augmentation; needed for shuffle and augmentKey. */
  readonly rng?: Rng;
  /** Leaves out the last samples where they do not fill a batch. */
  readonly dropLast: boolean;
  /** Such as `epoch/3`: names the augmentation's random numbers; without it nothing is augmented. */
  readonly augmentKey?: string;
  /** The first batch to prepare; those before it are counted, not read. Defaults to 0. */
  readonly from?: number;
}

interface Batch {
  /** Normalised   // [n, channels, height, width] */
  readonly x: Float32Array;
  /** 1 = fake   // [n] */
  readonly labels: Float32Array;
  /** Where crops are trained on: what is known of their cells   // [n, h / 8, w / 8] */
  readonly cells?: { readonly edited: Float32Array; readonly weights: Float32Array };
  readonly samples: readonly Sample[];
}

export interface Preparer {
  /** Batches in an order that depends on the samples and the rng alone, never on the number of workers. */
  batches(samples: readonly Sample[], options: BatchOptions): AsyncGenerator<Batch, void, void>;
  close(): Promise<void>;
}

/**
 * Worker threads that read, decode, apply the protocol, compute the representation, resize, augment and normalise
 * while the network runs. Planes before augmentation are kept in memory, so later epochs cost next to nothing
 * (with blur, noise, … before the representation they cannot be kept). Close it when done.
 */
export async function openPreparer(options: PreparerOptions): Promise<Preparer> {
  const workshop = openWorkshop(options);
  return {
    close: workshop.close,
    async *batches(samples, { size, shuffle, rng, dropLast, augmentKey, from = 0 }) {
      if ((shuffle || augmentKey !== undefined) && rng === undefined)
        throw new RangeError("Shuffled or augmented batches need an rng.");
      const ordered = shuffle ? rng!.fork("order").shuffle(samples) : samples;
      const keyOf = augmentKey === undefined ? undefined : augmentKeys(`${rng!.fork("augment").bits()}/${augmentKey}`);
      const end = dropLast ? ordered.length - (ordered.length % size) : ordered.length;
      // What was drawn before counts for the names of a picture's second augmentation.
      if (keyOf !== undefined) ordered.slice(0, from * size).forEach(keyOf);
      const waiting: { batch: readonly Sample[]; x: Promise<Float32Array> }[] = [];
      for (let next = from * size; next < end || waiting.length > 0; ) {
        for (; waiting.length < jobsAhead && next < end; next += size) {
          const batch = ordered.slice(next, Math.min(end, next + size));
          const x = workshop.work("batch", batch, keyOf) as Promise<Float32Array>;
          // It is awaited later, and an error is thrown there; until then it must not count as unnoticed.
          x.catch(() => {});
          waiting.push({ batch, x });
        }
        // A turn of the event loop, in which the workers' messages arrive: a busy network would never give one.
        await setImmediate();
        const { batch, x } = waiting.shift()!;
        yield {
          x: await x,
          labels: Float32Array.from(batch, ({ label }) => (label === "fake" ? 1 : 0)),
          samples: batch,
        };
      }
    },
  };
}

/** Each channel's mean and standard deviation over all pixels of the samples' planes; a constant channel has deviation 1. */
export async function fitNormalisation(
  samples: readonly Sample[],
  { onProgress, ...options }: PreparerOptions & { readonly onProgress?: (done: number, total: number) => void },
): Promise<Pick<InputRecipe, "mean" | "deviation">> {
  if (samples.length === 0) throw new RangeError("Mean and deviation need at least one sample.");
  const workshop = openWorkshop({ ...options, cacheBytes: 0 });
  const { channels, area } = shapeOf(options.input);
  const [sum, squares] = [new Float64Array(channels), new Float64Array(channels)];
  try {
    const size = 16;
    const jobs: Promise<Float64Array>[] = [];
    for (let i = 0; i < samples.length; i += size) {
      const job = workshop.work("moments", samples.slice(i, i + size)) as Promise<Float64Array>;
      job.catch(() => {});
      jobs.push(job);
    }
    // Added in the order of the samples: the same to the last bit whoever computed them.
    for (const [i, job] of jobs.entries()) {
      const rows = await job; // [n, channels, 2]
      for (let at = 0; at < rows.length; at += 2) {
        sum[(at / 2) % channels]! += rows[at]!;
        squares[(at / 2) % channels]! += rows[at + 1]!;
      }
      onProgress?.(Math.min(samples.length, (i + 1) * size), samples.length);
    }
  } finally {
    await workshop.close();
  }
  const n = samples.length * area;
  const mean = Array.from(sum, (total) => total / n);
  const deviation = mean.map((center, c) => Math.sqrt(Math.max(0, squares[c]! / n - center ** 2)) || 1);
  return { mean, deviation };
}

function shapeOf(input: InputRecipe): { channels: number; area: number } {
  const { representation, options } = representationOf(input);
  return { channels: representation.channels(options), area: input.width * input.height };
}

/** A picture that is drawn twice in an epoch is augmented in two ways. */
function augmentKeys(key: string): (sample: Sample) => string {
  const drawn = new Map<string, number>();
  return ({ sha256 }) => {
    const times = drawn.get(sha256) ?? 0;
    drawn.set(sha256, times + 1);
    return times === 0 ? key : `${key}/${times}`;
  };
}

interface Workshop {
  work(
    kind: Job["kind"],
    samples: readonly Sample[],
    keyOf?: (sample: Sample) => string,
  ): Promise<Float32Array | Float64Array>;
  close(): Promise<void>;
}

function openWorkshop(options: PreparerOptions): Workshop {
  const { root, input, protocol, augment = augmentOptions.parse({}), workers } = options;
  const settings: WorkerSettings = { root, input, protocol, augment };
  const crew = openCrew<Job, Float32Array | Float64Array>(
    new URL("./prepare.worker", import.meta.url),
    settings,
    workers,
  );
  const keep = planeMemory(input, options.cacheBytes ?? Math.min(1.5e9, machineMemory() / 4));
  return {
    close: crew.close,
    work(kind, samples, keyOf) {
      const items = samples.map((sample): JobItem => {
        const { path, sha256 } = sample;
        const kept = keep(sha256);
        return { path, sha256, ...(kept && { kept }), ...(keyOf && { augmentKey: keyOf(sample) }) };
      });
      return crew.work({ kind, items });
    },
  };
}

/** Shared memory for one sample's planes, as long as there is some left. */
function planeMemory(input: InputRecipe, cacheBytes: number): (sha256: string) => SharedArrayBuffer | undefined {
  const { channels, area } = shapeOf(input);
  const bytes = Int32Array.BYTES_PER_ELEMENT + Float32Array.BYTES_PER_ELEMENT * channels * area;
  const held = new Map<string, SharedArrayBuffer>();
  return (sha256) => {
    if (!held.has(sha256) && (held.size + 1) * bytes <= cacheBytes) held.set(sha256, new SharedArrayBuffer(bytes));
    return held.get(sha256);
  };
}
