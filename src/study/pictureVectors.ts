import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import type { Sample } from "../core/sample.ts";
import { openCrew } from "../data/crew.ts";
import { inLanes } from "../data/inLanes.ts";
import { type ProtocolName, protocolVersion } from "../data/protocols.ts";
import { openBackbone } from "../features/backbone.ts";
import { openFeatures } from "../features/features.ts";
import { openShelf } from "../features/shelf.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { type ModelFile, modelTensors } from "../model/modelFile.ts";
import { tileVectorWidth } from "./tileNetwork.ts";
import type { TileVectorJob, TileVectorSettings } from "./tileVector.worker.ts";
import type { VectorTable } from "./vectorTable.ts";

export interface PictureVectorOptions {
  readonly root: string;
  readonly protocol: ProtocolName;
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
  /** A sentence about kept vectors that were damaged. */
  readonly onWarning?: ((sentence: string) => void) | undefined;
}

/** Raised whenever a vector of the same picture and network becomes another. */
const version = 1;

/**
 * What a trained model's network makes of pictures, head apart: computed once and kept in runs/features. Of a model that
 * sees tiles the statistics of its answers and what its last maps hold, over all tiles; else the vector before its head.
 */
export async function pictureVectors(
  samples: readonly Sample[],
  backbone: ModelFile,
  options: PictureVectorOptions,
): Promise<VectorTable> {
  return backbone.metadata.input.fit === "tiles"
    ? tileVectors(samples, backbone, options)
    : pooledVectors(samples, backbone, options);
}

async function pooledVectors(
  samples: readonly Sample[],
  backbone: ModelFile,
  { root, protocol, workers, signal, onProgress, onWarning }: PictureVectorOptions,
): Promise<VectorTable> {
  const { network, input } = backbone.metadata;
  const opened = openBackbone(network, modelTensors(backbone));
  const features = openFeatures({
    root,
    input,
    protocol,
    backbone: opened,
    decoder: sharpCodec.version,
    ...(workers === undefined ? {} : { workers }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(onWarning === undefined ? {} : { onWarning }),
  });
  try {
    await features.learn(samples, signal);
    return { samples, width: features.width, values: await features.of(samples) };
  } finally {
    await features.close();
    await opened.release();
  }
}

async function tileVectors(
  samples: readonly Sample[],
  backbone: ModelFile,
  {
    root,
    protocol,
    workers = Math.min(8, availableParallelism()),
    signal,
    onProgress = () => {},
    onWarning = () => {},
  }: PictureVectorOptions,
): Promise<VectorTable> {
  const width = tileVectorWidth(backbone.metadata);
  const key = createHash("sha256")
    .update(JSON.stringify([version, "tiles", backbone.sha256, protocolVersion(protocol), sharpCodec.version]))
    .digest("hex");
  const shelf = openShelf(join("runs", "features", key.slice(0, 32)), width);
  const { vectors, damaged } = await shelf.read(new Set(samples.map(({ sha256 }) => sha256)));
  if (damaged > 0) onWarning(`${damaged} of the vectors that were kept are damaged: they are computed again.`);
  const distinct = [...new Map(samples.map((sample) => [sample.sha256, sample])).values()];
  const missing = distinct.filter(({ sha256 }) => !vectors.has(sha256));
  if (missing.length > 0) {
    const settings: TileVectorSettings = { path: backbone.path, sha256: backbone.sha256, root, protocol };
    const crew = openCrew<TileVectorJob, Float32Array>(
      new URL("./tileVector.worker", import.meta.url),
      settings,
      Math.min(workers, missing.length),
    );
    let done = 0;
    try {
      await inLanes(missing, 2 * workers, async ({ path, sha256 }) => {
        if (signal?.aborted) return;
        const vector = await crew.work({ path, sha256 });
        vectors.set(sha256, vector);
        await shelf.append([sha256], vector);
        onProgress(++done, missing.length);
      });
    } finally {
      await crew.close();
      await shelf.close();
    }
    if (signal?.aborted && done < missing.length)
      throw new UserError(
        "interrupted",
        `Interrupted after the vectors of ${done} of ${missing.length} pictures. They are kept: the same command with --resume goes on from there.`,
      );
  }
  const values = new Float32Array(samples.length * width);
  for (const [i, { sha256 }] of samples.entries()) values.set(vectors.get(sha256)!, i * width);
  return { samples, width, values };
}
