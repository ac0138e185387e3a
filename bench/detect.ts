import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createRng } from "../src/core/rng.ts";
import type { Detector } from "../src/detect/detection.ts";
import { openDetector } from "../src/detect/detector.ts";
import type { Pixels } from "../src/image/codec.ts";
import { readPicture } from "../src/image/readFile.ts";
import { sharpCodec as codec } from "../src/image/sharpCodec.ts";
import { readModelFile } from "../src/model/modelFile.ts";
import { saveUntrained } from "../src/model/untrained.ts";

interface Flags {
  readonly json: boolean;
  readonly pictures?: string;
  readonly count: number;
  readonly model?: string;
  readonly architecture: string;
  readonly size: number;
  readonly rounds: number;
}

/** Pictures a second, from file to answer: one after the other with all threads in the network, and all at once. */
export async function benchDetect(flags: Flags): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "assay-bench-"));
  try {
    const model = flags.model ?? (await freshModel(folder, flags));
    const files = flags.pictures === undefined ? await writePictures(folder, flags) : await list(flags.pictures, flags);
    const detector = await openDetector({ model, codec });
    const cold = await timed(() => together(detector, files));
    const times = { alone: [] as number[], together: [] as number[] };
    // In turn, so that a busy moment of the machine falls on both.
    for (let round = 0; round < flags.rounds; round++) {
      times.alone.push(await timed(() => oneByOne(detector, files)));
      times.together.push(await timed(() => together(detector, files)));
    }
    await detector.close();
    const rate = (seconds: number) => files.length / seconds;
    const { network } = (await readModelFile(model)).metadata;
    const result = {
      architecture: network.architecture.name,
      size: network.input.width,
      pictures: files.length,
      cores: availableParallelism(),
      oneByOne: rate(median(times.alone)),
      detectAll: rate(median(times.together)),
      ratio: median(times.alone.map((seconds, i) => seconds / times.together[i]!)),
      detectAllCold: rate(cold),
    };
    console.log(
      `${result.architecture} at ${result.size}, ${files.length} pictures, medians of ${flags.rounds} turns (${cpus()[0]?.model}, ${result.cores} cores)`,
    );
    console.log(`  one by one             ${result.oneByOne.toFixed(1)} pictures/s`);
    console.log(
      `  detectAll              ${result.detectAll.toFixed(1)} pictures/s   ratio ${result.ratio.toFixed(2)}`,
    );
    console.log(`  detectAll, first call  ${result.detectAllCold.toFixed(1)} pictures/s   with the workers' start`);
    if (flags.json) console.log(JSON.stringify({ schemaVersion: 1, detect: result }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function oneByOne(detector: Detector, files: readonly string[]): Promise<void> {
  for (const file of files) await detector.detect(await readPicture(file));
}

async function together(detector: Detector, files: readonly string[]): Promise<void> {
  const pictures = files.map((file) => ({ file }));
  for await (const answer of detector.detectAll(pictures)) if ("error" in answer) throw answer.error;
}

/** Error level analysis and random weights: as much work as a trained model. */
async function freshModel(folder: string, { architecture, size }: Flags): Promise<string> {
  const path = join(folder, "model.onnx");
  await saveUntrained(path, {
    network: { architecture: { name: architecture, options: {} }, input: { channels: 3, height: size, width: size } },
    input: {
      representation: { name: "ela", options: {} },
      width: size,
      height: size,
      fit: "resize",
      kernel: "bilinear",
      mean: [0, 0, 0],
      deviation: [1, 1, 1],
    },
    decoder: codec.version,
  });
  return path;
}

async function list(folder: string, { count }: Flags): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /\.(jpe?g|png|webp|tiff?)$/i.test(name)).sort();
  if (names.length === 0)
    throw new Error(`${folder} holds no pictures. Name a folder of JPEG, PNG, WebP or TIFF files.`);
  return names.slice(0, count).map((name) => join(folder, name));
}

/** JPEG files of 800 x 600: waves and grain. */
async function writePictures(folder: string, { count }: Flags): Promise<string[]> {
  const files = Array.from({ length: count }, (_, k) => join(folder, `${k}.jpg`));
  for (const [k, file] of files.entries()) await writeFile(file, await codec.encodeJpeg(scene(k), { quality: 90 }));
  return files;
}

function scene(k: number): Pixels {
  const [width, height] = [800, 600];
  const rng = createRng(`bench/detect/${k}`);
  const [u, v] = [rng.between(20, 90), rng.between(20, 90)];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++, at++)
        data[at] = 128 + 60 * Math.sin(x / u + c) * Math.cos(y / v) + rng.between(-8, 8);
  return { width, height, channels: 3, data };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}
