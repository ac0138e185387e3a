import type { Rng } from "../../src/core/rng.ts";
import type { Pixels } from "../../src/image/codec.ts";
import { blur, resave, resizePixels } from "../../src/image/perturb.ts";
import { sharpCodec as codec } from "../../src/image/sharpCodec.ts";

/** What may happen to any picture on its way: a crop, a resize, a pen, saves. The class is no argument. */
export async function live(pixels: Pixels, rng: Rng): Promise<Pixels> {
  let now = pixels;
  if (rng.chance(0.25)) now = somePart(now, rng);
  if (rng.chance(0.5)) {
    const smallest = Math.max(0.4, 260 / Math.min(now.width, now.height));
    const scale = smallest >= 1 ? 1 : rng.between(smallest, 1.1);
    const size = { width: Math.round(now.width * scale), height: Math.round(now.height * scale) };
    now = resizePixels(now, { ...size, kernel: rng.pick(["bilinear", "bicubic", "lanczos", "box"] as const) });
  }
  if (rng.chance(0.15)) now = pen(now, rng);
  if (rng.chance(0.05)) now = blur(now, rng.between(0.3, 0.9));
  for (let saves = rng.integer(4); saves > 0; saves--)
    now = await resave(
      now,
      { quality: 40 + rng.integer(58), subsampling: rng.pick(["4:2:0", "4:4:4"] as const) },
      codec,
    );
  return now;
}

function somePart(pixels: Pixels, rng: Rng): Pixels {
  const part = (length: number) => Math.max(Math.min(length, 260), Math.round(length * rng.between(0.4, 1)));
  const [width, height] = [part(pixels.width), part(pixels.height)];
  const [left, top] = [rng.integer(pixels.width - width + 1), rng.integer(pixels.height - height + 1)];
  return crop(pixels, { left, top, width, height });
}

export function crop(pixels: Pixels, window: { left: number; top: number; width: number; height: number }): Pixels {
  const { left, top, width, height } = window;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = 3 * ((top + y) * pixels.width + left);
    data.set(pixels.data.subarray(from, from + 3 * width), 3 * y * width);
  }
  return { width, height, channels: 3, data };
}

/** A marker's stroke across the picture, written into its pixels. */
function pen({ width, height, ...pixels }: Pixels, rng: Rng): Pixels {
  const data = pixels.data.slice();
  const [y0, y1, x0] = [rng.integer(height), rng.integer(height), rng.integer(width >> 1)];
  const [colour, radius] = [[rng.integer(256), rng.integer(256), rng.integer(256)], 3 + rng.integer(12)];
  for (let x = x0; x < Math.min(width, x0 + width / 2); x++) {
    const y = Math.round(y0 + ((y1 - y0) * (x - x0)) / width + radius * Math.sin(x / 30));
    for (let v = Math.max(0, y - radius); v < Math.min(height, y + radius); v++) data.set(colour, 3 * (v * width + x));
  }
  return { width, height, channels: 3, data };
}
