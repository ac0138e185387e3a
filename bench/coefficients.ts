import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { UserError } from "../src/core/errors.ts";
import { readCoefficients } from "../src/image/jpeg/coefficients.ts";
import { coefficientBytes } from "../test/golden/image/coefficientBytes.ts";

/**
 * Every JPEG of a folder: how fast its coefficients are read, and, where ASSAY_BENCH_LIBJPEG names the program built
 * from test/golden/image/coefficients.c, whether libjpeg reads the same.
 */
export async function benchCoefficients({ data, json }: { data: string; json: boolean }): Promise<void> {
  const libjpeg = process.env.ASSAY_BENCH_LIBJPEG;
  const counts = { files: 0, read: 0, agree: 0, differ: 0, bothRefuse: 0, onlyWeRefuse: 0, onlyLibjpegRefuses: 0 };
  let megapixels = 0;
  let milliseconds = 0;
  for (const path of (await readdir(data, { recursive: true })).sort()) {
    const file = join(data, path);
    const bytes = await readFile(file).catch(() => Buffer.alloc(0)); // folders
    if (bytes[0] !== 0xff || bytes[1] !== 0xd8) continue;
    counts.files++;
    const ours = read(bytes);
    if (!("refused" in ours)) {
      counts.read++;
      megapixels += ours.megapixels;
      milliseconds += ours.milliseconds;
    }
    if (libjpeg === undefined) {
      if ("refused" in ours) console.error(`${path}: ${ours.refused}`);
      continue;
    }
    const theirs = await peer(libjpeg, file);
    const verdict = compare(ours, theirs);
    counts[verdict]++;
    if (verdict !== "agree")
      console.error(`${path}: ${verdict}; ${"refused" in ours ? ours.refused : ""} libjpeg: ${theirs.said}`);
  }
  const result = { ...counts, megapixels, milliseconds, megapixelsPerSecond: (1000 * megapixels) / milliseconds };
  if (json) {
    console.log(JSON.stringify({ schemaVersion: 1, coefficients: result }));
    return;
  }
  console.log(`DCT coefficients of the JPEGs in ${data} (${cpus()[0]?.model})`);
  console.log(
    `  ${counts.read} of ${counts.files} read, ${megapixels.toFixed(1)} megapixels in ${milliseconds.toFixed(0)} ms: ${result.megapixelsPerSecond.toFixed(1)} a second`,
  );
  if (libjpeg === undefined) console.log("  libjpeg: not at hand (ASSAY_BENCH_LIBJPEG)");
  else
    console.log(
      `  libjpeg reads the same in ${counts.agree}, something else in ${counts.differ}; refused by both ${counts.bothRefuse}, by us alone ${counts.onlyWeRefuse}, by libjpeg alone ${counts.onlyLibjpegRefuses}`,
    );
}

type Ours = { readonly refused: string } | { readonly sha256: string; megapixels: number; milliseconds: number };

function read(bytes: Uint8Array): Ours {
  try {
    const start = performance.now();
    const coefficients = readCoefficients(bytes);
    const milliseconds = performance.now() - start;
    const megapixels = (coefficients.width * coefficients.height) / 1e6;
    return { sha256: sha256(coefficientBytes(coefficients)), megapixels, milliseconds };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { refused: error.message };
  }
}

interface Theirs {
  /** Absent where libjpeg gave up. */
  readonly sha256?: string;
  /** It found damage, and went on. */
  readonly warned: boolean;
  readonly said: string;
}

async function peer(program: string, file: string): Promise<Theirs> {
  try {
    const { stdout } = await promisify(execFile)(program, [file], { encoding: "buffer", maxBuffer: 2 ** 30 });
    return { sha256: sha256(stdout), warned: false, said: "read" };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: number; stdout: Buffer; stderr: Buffer };
    const said = String(stderr).trim().split("\n", 1)[0]!;
    if (code === 1) return { warned: false, said };
    if (code === 3) return { sha256: sha256(stdout), warned: true, said };
    throw error;
  }
}

function compare(ours: Ours, theirs: Theirs) {
  if ("refused" in ours) return theirs.sha256 === undefined || theirs.warned ? "bothRefuse" : "onlyWeRefuse";
  if (theirs.sha256 === undefined) return "onlyLibjpegRefuses";
  return theirs.sha256 === ours.sha256 ? "agree" : "differ";
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
