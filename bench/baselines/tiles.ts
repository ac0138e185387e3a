import type { Region } from "../../src/data/history.ts";
import type { Pixels } from "../../src/image/codec.ts";

/** Of a tile, in pixels: about the height of a field. */
const side = 64;

/**
 * Tiles side by side on the grid of a JPEG's blocks, the last of a row or column moved in; those of one colour are left
 * out, for they carry no trace. Empty where the picture is smaller than a tile.
 */
export function tilesOf(pixels: Pixels): Region[] {
  const { width, height } = pixels;
  return places(height).flatMap((y) =>
    places(width).flatMap((x) => {
      const tile = { x, y, side, width, height };
      return isOneColour(pixels, tile) ? [] : [tile];
    }),
  );
}

function places(length: number): number[] {
  if (length < side) return [];
  const whole = Array.from({ length: Math.floor(length / side) }, (_, i) => i * side);
  const last = 8 * Math.floor((length - side) / 8);
  return last > whole.at(-1)! ? [...whole, last] : whole;
}

function isOneColour({ width, data }: Pixels, { x, y }: Region): boolean {
  const first = 3 * (y * width + x);
  for (let row = y; row < y + side; row++)
    for (let at = 3 * (row * width + x), end = at + 3 * side; at < end; at += 3)
      if (data[at] !== data[first] || data[at + 1] !== data[first + 1] || data[at + 2] !== data[first + 2])
        return false;
  return true;
}
