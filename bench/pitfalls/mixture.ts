import { createRng } from "../../src/core/rng.ts";
import type { Pixels } from "../../src/image/codec.ts";
import { sharpCodec as codec } from "../../src/image/sharpCodec.ts";
import { drawCrop, side } from "./crops.ts";

const [scale, gap] = [4, 8];

/** Two forged crops of the pitfall on pixels, and what SMOTE makes half way between them, as a PNG. */
export async function drawMixture(): Promise<Uint8Array> {
  const rng = createRng("pitfalls/mixture");
  const [a, b] = [await drawCrop(true, rng.fork("a"), codec), await drawCrop(true, rng.fork("b"), codec)];
  const mixed = { ...a, data: a.data.map((value, i) => Math.round((value + b.data[i]!) / 2)) };
  return codec.encodePng(sideBySide([a, b, mixed]));
}

/** Each pixel as a square, white between the crops. */
function sideBySide(crops: readonly Pixels[]): Pixels {
  const cell = side * scale + gap;
  const [width, height] = [crops.length * cell - gap, side * scale];
  const data = new Uint8Array(3 * width * height).fill(255);
  for (const [k, crop] of crops.entries())
    for (let y = 0; y < height; y++)
      for (let x = 0; x < side * scale; x++) {
        const from = 3 * (Math.floor(y / scale) * side + Math.floor(x / scale));
        data.set(crop.data.subarray(from, from + 3), 3 * (y * width + k * cell + x));
      }
  return { width, height, channels: 3, data };
}
