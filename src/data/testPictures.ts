import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createRng } from "../core/rng.ts";
import type { Pixels } from "../image/codec.ts";
import { sharpCodec } from "../image/sharpCodec.ts";

/** Soft blobs with fine grain: no two seeds look alike, and the same seed is the same picture. */
export function blobs(seed: string, width = 64, height = 48): Pixels {
  const rng = createRng(`blobs/${seed}`);
  const waves = Array.from(
    { length: 4 },
    () => [rng.between(1, 4) / width, rng.between(1, 4) / height, rng.between(0, 6), rng.between(20, 45)] as const,
  );
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++, at++) {
        const value = waves.reduce(
          (sum, [u, v, phase, size]) => sum + size * Math.sin(6.28 * (u * x + v * y) + phase + c),
          128,
        );
        data[at] = Math.max(0, Math.min(255, value + rng.between(-12, 12)));
      }
  return { width, height, channels: 3, data };
}

export async function jpegOf(pixels: Pixels, quality = 90): Promise<Uint8Array> {
  return sharpCodec.encodeJpeg(pixels, { quality });
}

/** Files by their path below a new temporary folder. */
export async function temporaryFolder(files: Readonly<Record<string, Uint8Array | string>> = {}) {
  const root = await mkdtemp(join(tmpdir(), "assay-data-"));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

/** `count` pictures of each class, each of a scene of its own. */
export async function smallSet(
  count: number,
  { quality = { real: 90, fake: 90 } } = {},
): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const label of ["real", "fake"] as const)
    for (let i = 0; i < count; i++) files[`${label}/${i}.jpg`] = await jpegOf(blobs(`${label}/${i}`), quality[label]);
  return files;
}
