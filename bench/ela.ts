import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { createRng } from "../src/core/rng.ts";
import type { Pixels } from "../src/image/codec.ts";
import { sharpCodec as codec } from "../src/image/sharpCodec.ts";
import { ela } from "../src/representations/ela.ts";

const runs = 9;
const quality = 90;

/** ELA of a 12-megapixel JPEG against libjpeg-turbo's decode + encode + decode of it, and against Pillow where it is at hand. */
export async function benchEla({ json }: { json: boolean }): Promise<void> {
  const file = await codec.encodeJpeg(scene(4000, 3000), { quality: 92 });
  const pillow = await startPillow(file);
  const times = { ours: [] as number[], libjpeg: [] as number[], pillow: [] as number[] };
  // One round to warm up, then in turn, so that a busy moment of the machine falls on everyone.
  for (let run = -1; run < runs; run++) {
    const ours = await timed(() => ourEla(file));
    const libjpeg = await timed(() => threeCodecSteps(file));
    const theirs = await pillow?.run();
    if (run < 0) continue;
    times.ours.push(ours);
    times.libjpeg.push(libjpeg);
    if (theirs !== undefined) times.pillow.push(theirs);
  }
  await pillow?.stop();

  const milliseconds = median(times.ours);
  const libjpegMilliseconds = median(times.libjpeg);
  const pillowMilliseconds = times.pillow.length === 0 ? null : median(times.pillow);
  const vsLibjpeg = milliseconds / libjpegMilliseconds;
  const vsPillow = pillowMilliseconds === null ? null : milliseconds / pillowMilliseconds;
  const result = { megapixels: 12, runs, milliseconds, libjpegMilliseconds, pillowMilliseconds, vsLibjpeg, vsPillow };
  if (json) {
    console.log(JSON.stringify({ schemaVersion: 1, ela: result }));
    return;
  }
  console.log(
    `ELA of a 12-megapixel JPEG, quality ${quality}, medians of ${runs} runs in turn (${cpus()[0]?.model}, ${codec.version})`,
  );
  console.log(`  Assay, bytes to planes                  ${milliseconds.toFixed(0)} ms`);
  console.log(
    `  libjpeg-turbo, decode + encode + decode ${libjpegMilliseconds.toFixed(0)} ms   ratio ${vsLibjpeg.toFixed(2)} (to reach: at most 1.5)`,
  );
  if (vsPillow === null) console.log("  Pillow: not at hand (npm run bench -- setup, or ASSAY_BENCH_PYTHON)");
  else
    console.log(
      `  Pillow, bytes to 8-bit picture          ${pillowMilliseconds?.toFixed(0)} ms   ratio ${vsPillow.toFixed(2)}`,
    );
}

async function ourEla(file: Uint8Array): Promise<unknown> {
  return ela.compute(await codec.decode(file), { quality, scale: "fixed", gain: 15 }, codec);
}

/** The codec's work alone: no hash, no header, no planes. */
async function threeCodecSteps(file: Uint8Array): Promise<unknown> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: 3 } as const;
  const saved = await sharp(data, { raw })
    .jpeg({ quality, chromaSubsampling: "4:2:0", optimiseCoding: false })
    .toBuffer();
  return sharp(saved).raw().toBuffer();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

/** Waves of many lengths and some noise: as hard to code as a photograph. */
function scene(width: number, height: number): Pixels {
  const rng = createRng("bench/ela");
  const grain = Float32Array.from({ length: 65_536 }, () => 5 * rng.normal());
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const wave =
        60 * Math.sin(x / 90) * Math.cos(y / 70) + 30 * Math.sin((x + y) / 11) + 20 * Math.sin((x * y) / 90_000);
      for (let c = 0; c < 3; c++, at++)
        data[at] = Math.min(255, Math.max(0, 128 + wave + 12 * c + grain[(at * 31) & 65_535]!));
    }
  }
  return { width, height, channels: 3, data };
}

interface Peer {
  run(): Promise<number>;
  stop(): Promise<void>;
}

/** A Python with Pillow that stays open between the runs; undefined where there is none. */
async function startPillow(file: Uint8Array): Promise<Peer | undefined> {
  const own = fileURLToPath(new URL(".venv/bin/python", import.meta.url));
  const python = process.env.ASSAY_BENCH_PYTHON ?? (existsSync(own) ? own : undefined);
  if (python === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "assay-bench-"));
  await writeFile(join(folder, "picture.jpg"), file);
  const script = fileURLToPath(new URL("peers/ela.py", import.meta.url));
  const child = spawn(python, [script, join(folder, "picture.jpg")], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async run() {
      child.stdin.write("\n");
      const line = await lines.next();
      if (line.done) throw new Error(`${python} has no Pillow, or ended early: install it there (pip install pillow).`);
      return Number(line.value);
    },
    async stop() {
      child.stdin.end();
      await rm(folder, { recursive: true });
    },
  };
}
