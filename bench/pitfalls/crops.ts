import type { Rng } from "../../src/core/rng.ts";
import type { Codec, Pixels } from "../../src/image/codec.ts";

export const side = 48;

/**
 * A crop of a screen as a forger leaves it: three lines of letters on a plain ground, saved as JPEG; in a fake one line
 * is then set anew, without the ringing that the save left around the others; both are saved once more.
 */
export async function drawCrop(isFake: boolean, rng: Rng, codec: Codec): Promise<Pixels> {
  const data = new Uint8Array(3 * side * side);
  const pixels: Pixels = { width: side, height: side, channels: 3, data };
  const ground = rng.integer(60) + 190;
  const ink = rng.integer(70);
  data.fill(ground);
  const lines = [2, 18, 34];
  for (const top of lines) writeLine(data, top, ink, rng);
  const saved = await codec.decodePixels(await codec.encodeJpeg(pixels, { quality: 50 + rng.integer(30) }));
  const edited = { ...saved, data: saved.data.slice() };
  if (isFake) {
    const top = rng.pick(lines);
    edited.data.fill(ground, 3 * side * top, 3 * side * (top + 12));
    writeLine(edited.data, top, ink, rng);
  }
  return codec.decodePixels(await codec.encodeJpeg(edited, { quality: 85 + rng.integer(11) }));
}

/** Strokes upright and level, as of letters 10 pixels high. */
function writeLine(data: Uint8Array, top: number, ink: number, rng: Rng): void {
  for (let left = 2; left < side - 6; left += 6) {
    if (rng.chance(0.15)) continue;
    for (let stroke = 0; stroke < 3; stroke++) {
      const upright = rng.chance(0.5);
      const at = upright ? rng.integer(4) : rng.integer(9);
      for (let k = 0; k < (upright ? 10 : 4); k++) {
        const [x, y] = upright ? [left + at, top + 1 + k] : [left + k, top + 1 + at];
        data.fill(ink, 3 * (side * y + x), 3 * (side * y + x) + 3);
      }
    }
  }
}
