import { createHash } from "node:crypto";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { UserError } from "../core/errors.ts";
import type { Sample } from "../core/sample.ts";
import { openPreparer, type Preparer } from "../data/batches.ts";
import { type ProtocolName, protocolVersion } from "../data/protocols.ts";
import type { InputRecipe } from "../representations/input.ts";
import type { Backbone } from "./backbone.ts";
import { openShelf } from "./shelf.ts";

export interface FeatureOptions {
  /** The dataset's root. */
  readonly root: string;
  readonly input: InputRecipe;
  readonly protocol: ProtocolName;
  /** Stays the caller's, who releases it. */
  readonly backbone: Backbone;
  /** Name and version of what decodes the pictures. */
  readonly decoder: string;
  /** Where the vectors of all datasets and backbones are kept; defaults to runs/features. */
  readonly folder?: string;
  /** Threads that prepare pictures. */
  readonly workers?: number;
  /** Called only while pictures are read: vectors that were kept need none. */
  readonly onProgress?: (done: number, of: number) => void;
  /** A sentence about kept vectors that were damaged. */
  readonly onWarning?: (sentence: string) => void;
}

/** Pictures as a frozen backbone sees them: what a head trains on. Batches have x [n, width] and are never augmented. */
export interface Features extends Preparer {
  /** Of everything that a vector depends on beside the picture: backbone, input, protocol, decoder. */
  readonly key: string;
  /** Numbers of a vector. */
  readonly width: number;
  /** Computes what is not kept yet. Aborted, it ends after the batch in progress: what is done is kept. */
  learn(samples: readonly Sample[], signal?: AbortSignal): Promise<void>;
  /** The vectors of any pictures of the dataset, in their order   // [samples, width] */
  of(samples: readonly Sample[]): Promise<Float32Array>;
  /** A vector of no picture, for this process alone: batches show it, and nothing keeps it   // [width] */
  hold(sample: Sample, vector: Float32Array): void;
}

/** Raised whenever a representation, the resize or a protocol changes its pixels: vectors of another version are not read. */
const version = 1;

/** Pictures of one run of the backbone. */
const batchSize = 16;

/**
 * Vectors are computed once: they are read from the folder where they are kept, else the picture is prepared by worker
 * threads, goes through the backbone, and its vector is kept. All that were asked for stay in memory (10,000 of 2,048
 * numbers: 82 MB). Close it when done.
 */
export function openFeatures(options: FeatureOptions): Features {
  const { root, input, protocol, backbone, decoder, onProgress, onWarning } = options;
  const { width } = backbone;
  const key = createHash("sha256")
    .update(JSON.stringify([version, backbone.sha256, input, protocolVersion(protocol), decoder]))
    .digest("hex");
  const shelf = openShelf(join(options.folder ?? join("runs", "features"), key.slice(0, 32)), width);
  const vectors = new Map<string, Float32Array>();

  /** Each picture once, however many samples show it. */
  const unknownOf = (samples: readonly Sample[]) => [
    ...new Map(samples.filter(({ sha256 }) => !vectors.has(sha256)).map((sample) => [sample.sha256, sample])).values(),
  ];

  async function learn(samples: readonly Sample[], signal?: AbortSignal): Promise<void> {
    const asked = unknownOf(samples);
    if (asked.length === 0) return;
    const kept = await shelf.read(new Set(asked.map(({ sha256 }) => sha256)));
    for (const [picture, vector] of kept.vectors) vectors.set(picture, vector);
    if (kept.damaged > 0)
      onWarning?.(
        `${kept.damaged} of the vectors that were kept are damaged: they are left out, and computed again where they are needed.`,
      );
    const missing = unknownOf(samples);
    if (missing.length > 0) await compute(missing, signal);
  }

  async function compute(missing: readonly Sample[], signal: AbortSignal | undefined): Promise<void> {
    const { workers } = options;
    const threading = workers === undefined ? {} : { workers };
    const preparer = await openPreparer({ root, input, protocol, cacheBytes: 0, ...threading });
    let done = 0;
    try {
      for await (const { x, samples } of preparer.batches(missing, {
        size: batchSize,
        shuffle: false,
        dropLast: false,
      })) {
        const computed = await backbone.compute(x, samples.length);
        const pictures = samples.map(({ sha256 }) => sha256);
        await shelf.append(pictures, computed);
        for (const [i, picture] of pictures.entries())
          vectors.set(picture, computed.subarray(i * width, (i + 1) * width));
        done += samples.length;
        onProgress?.(done, missing.length);
        if (signal?.aborted && done < missing.length)
          throw new UserError(
            "interrupted",
            `Interrupted after the features of ${done} of ${missing.length} pictures. They are kept: the same command (with --force, where its folder stands already) goes on from there.`,
          );
      }
    } finally {
      await preparer.close();
    }
  }

  const gather = (samples: readonly Sample[]) => {
    const x = new Float32Array(samples.length * width);
    for (const [i, { sha256 }] of samples.entries()) x.set(vectors.get(sha256)!, i * width);
    return x;
  };

  return {
    key,
    width,
    learn,
    async of(samples) {
      await learn(samples);
      return gather(samples);
    },
    hold: ({ sha256 }, vector) => void vectors.set(sha256, vector),
    async *batches(samples, { size, shuffle, rng, dropLast, from = 0 }) {
      if (shuffle && rng === undefined) throw new RangeError("Shuffled batches need an rng.");
      await learn(samples);
      const ordered = shuffle ? rng!.fork("order").shuffle(samples) : samples;
      const end = dropLast ? ordered.length - (ordered.length % size) : ordered.length;
      for (let next = from * size; next < end; next += size) {
        const batch = ordered.slice(next, Math.min(end, next + size));
        // A turn of the event loop, in which Ctrl-C arrives.
        await setImmediate();
        yield {
          x: gather(batch),
          labels: Float32Array.from(batch, ({ label }) => (label === "fake" ? 1 : 0)),
          samples: batch,
        };
      }
    },
    close: () => shelf.close(),
  };
}
