import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createRng } from "../src/core/rng.ts";
import type { Sample } from "../src/core/sample.ts";
import { openBackbone } from "../src/features/backbone.ts";
import { openFeatures } from "../src/features/features.ts";
import { openShelf } from "../src/features/shelf.ts";
import { sharpCodec as codec } from "../src/image/sharpCodec.ts";
import { splitNetwork } from "../src/nn/build.ts";
import { initialTensors } from "../src/nn/builder.ts";
import { createTrainer } from "../src/nn/network.ts";

export interface FeatureBenchOptions {
  readonly json: boolean;
  readonly size: number;
  readonly pictures: number;
  readonly rounds: number;
  readonly vectors: number;
  readonly threads: number;
}

const rows = 16;
const headBatches = [16, 64, 128];
/** Of CASIA v1. */
const [width, height] = [384, 256];

/** Features of pictures beside the bare forward pass of the same network, and an epoch of the head on kept features. */
export async function benchFeatures(options: FeatureBenchOptions): Promise<void> {
  const { json, size, vectors } = options;
  const network = {
    architecture: { name: "resnet50", options: {} },
    input: { channels: 3, height: size, width: size },
  };
  const { backbone: part, head } = splitNetwork(network, "inference", "batch");
  const backbone = openBackbone(network, initialTensors(part.net, createRng("bench/features")), options);
  const folder = await mkdtemp(join(tmpdir(), "assay-bench-"));
  try {
    const extraction = await benchExtraction(folder, backbone, options);
    await backbone.release();
    const headEpochSeconds: Record<string, number> = {};
    for (const batch of headBatches)
      headEpochSeconds[batch] = await benchHead(folder, backbone, head.recipe, batch, options);
    const result = { size, ...extraction, vectors, width: backbone.width, headEpochSeconds };
    if (json) {
      console.log(JSON.stringify({ schemaVersion: 1, features: result }));
      return;
    }
    const { imagesPerSecond, forwardImagesPerSecond, ratio } = extraction;
    console.log(`ResNet-50 at ${size} pixels, ${options.threads} threads (${cpus()[0]?.model}, ${codec.version})`);
    console.log(`  bare forward pass, batch ${rows}               ${forwardImagesPerSecond.toFixed(1)} images/s`);
    console.log(
      `  file to kept feature, ${width} x ${height}, reencoded  ${imagesPerSecond.toFixed(1)} images/s   ratio ${ratio.toFixed(2)} (to reach: .9)`,
    );
    for (const [batch, seconds] of Object.entries(headEpochSeconds))
      console.log(
        `  head epoch, ${vectors.toLocaleString("en")} x ${backbone.width}, batch ${batch}      ${seconds.toFixed(2)} s (to reach: 1)`,
      );
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Backbone = ReturnType<typeof openBackbone>;

/** Medians of rounds in turn, so that a busy moment of the machine falls on both. */
async function benchExtraction(root: string, backbone: Backbone, { size, pictures, rounds }: FeatureBenchOptions) {
  const samples = await writePictures(root, pictures);
  const x = Float32Array.from({ length: rows * 3 * size * size }, (_, i) => Math.sin(i));
  await backbone.compute(x, rows);
  const rates = { forward: [] as number[], extraction: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const passes = Math.ceil(pictures / rows / 2);
    const start = performance.now();
    for (let pass = 0; pass < passes; pass++) await backbone.compute(x, rows);
    rates.forward.push((1000 * passes * rows) / (performance.now() - start));

    // From the first batch to the last: what it takes to start worker threads does not grow with the pictures.
    const progress: { done: number; at: number }[] = [];
    const features = openFeatures({
      root,
      input: inputOf(size),
      protocol: "reencoded",
      backbone,
      decoder: codec.version,
      folder: join(root, `round ${round}`),
      onProgress: (done) => progress.push({ done, at: performance.now() }),
    });
    await features.of(samples);
    await features.close();
    const [first, last] = [progress[0]!, progress.at(-1)!];
    rates.extraction.push((1000 * (last.done - first.done)) / (last.at - first.at));
  }
  const [imagesPerSecond, forwardImagesPerSecond] = [median(rates.extraction), median(rates.forward)];
  return { imagesPerSecond, forwardImagesPerSecond, ratio: imagesPerSecond / forwardImagesPerSecond };
}

/** Seconds of one epoch over made-up vectors: shuffle, gather, forward, backward, Adam; validation is not in it. */
async function benchHead(
  folder: string,
  backbone: Backbone,
  recipe: ReturnType<typeof splitNetwork>["head"]["recipe"],
  batchSize: number,
  { vectors, rounds, threads, size }: FeatureBenchOptions,
): Promise<number> {
  const rng = createRng("bench/head");
  const samples = Array.from({ length: vectors }, (_, i) => sampleOf(i, `${i}`));
  const features = openFeatures({
    root: folder,
    input: inputOf(size),
    protocol: "raw",
    backbone,
    decoder: "made up",
    folder: join(folder, "vectors"),
  });
  const shelf = openShelf(join(folder, "vectors", features.key.slice(0, 32)), backbone.width);
  const some = Float32Array.from({ length: 1000 * backbone.width }, () => rng.normal());
  for (let i = 0; i < vectors; i += 1000) {
    const part = samples.slice(i, i + 1000);
    await shelf.append(
      part.map(({ sha256 }) => sha256),
      some.subarray(0, part.length * backbone.width),
    );
  }
  await shelf.close();
  const trainer = await createTrainer(recipe, {
    batchSize,
    threads,
    loss: { name: "crossEntropy", options: {} },
    optimizer: { name: "adam", options: {} },
    rng: rng.fork("weights"),
  });
  const seconds: number[] = [];
  for (let epoch = -1; epoch < rounds; epoch++) {
    const epochRng = rng.fork(`epoch/${epoch}`);
    const start = performance.now();
    let step = 0;
    const batches = features.batches(samples, { size: batchSize, shuffle: true, rng: epochRng, dropLast: true });
    for await (const { x, labels } of batches) await trainer.step({ x, labels }, 1e-3, epochRng.fork(`${step++}`));
    // The first epoch reads the vectors from the disk.
    if (epoch >= 0) seconds.push((performance.now() - start) / 1000);
  }
  await trainer.release();
  await features.close();
  await rm(join(folder, "vectors"), { recursive: true });
  return median(seconds);
}

function inputOf(size: number) {
  return {
    representation: { name: "rgb", options: {} },
    width: size,
    height: size,
    fit: "resize" as const,
    kernel: "bilinear" as const,
    mean: [0.5, 0.5, 0.5],
    deviation: [0.25, 0.25, 0.25],
  };
}

/** Waves and grain, as hard to code as a photograph. */
async function writePictures(folder: string, count: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let k = 0; k < count; k++) {
    const rng = createRng(`bench/features/${k}`);
    const [u, v] = [rng.between(10, 90), rng.between(10, 90)];
    const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
      const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      return Math.min(255, Math.max(0, 128 + 80 * Math.sin(x / u) * Math.cos(y / v) + 10 * (rng.uniform() - 0.5)));
    });
    const bytes = await codec.encodeJpeg({ width, height, channels: 3, data }, { quality: 92 });
    await writeFile(join(folder, `${k}.jpg`), bytes);
    samples.push(sampleOf(k, (await codec.decode(bytes)).sha256));
  }
  return samples;
}

function sampleOf(k: number, sha256: string): Sample {
  return {
    path: `${k}.jpg`,
    sha256: sha256.padStart(64, "f"),
    label: k % 2 === 0 ? "real" : "fake",
    group: `${k}`,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}
