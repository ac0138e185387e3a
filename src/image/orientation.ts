import type { Pixels } from "./codec.ts";

/**
 * The picture upright, by its EXIF orientation (1..8). The one place where the orientation is applied: call it where a
 * picture is shown, never where it is analysed, since the traces of a save lie on the grid of the stored pixels.
 */
export function orient(pixels: Pixels, orientation: number): Pixels {
  if (orientation <= 1 || orientation > 8) return pixels;
  const { width, height, data } = pixels;
  const [outWidth, outHeight] = orientation >= 5 ? [height, width] : [width, height];
  const { origin, right, down } = walk(width, height, orientation);
  const upright = new Uint8Array(data.length);
  for (let y = 0, to = 0; y < outHeight; y++) {
    for (let x = 0, from = 3 * (origin + y * down); x < outWidth; x++, from += 3 * right, to += 3) {
      upright[to] = data[from]!;
      upright[to + 1] = data[from + 1]!;
      upright[to + 2] = data[from + 2]!;
    }
  }
  return { width: outWidth, height: outHeight, channels: 3, data: upright };
}

/** In pixels of the stored picture: where the upright one begins, and the steps to its right and downwards (EXIF 2.3, 4.6.4). */
function walk(width: number, height: number, orientation: number): { origin: number; right: number; down: number } {
  const topRight = width - 1;
  const bottomLeft = (height - 1) * width;
  const bottomRight = bottomLeft + topRight;
  switch (orientation) {
    case 2:
      return { origin: topRight, right: -1, down: width };
    case 3:
      return { origin: bottomRight, right: -1, down: -width };
    case 4:
      return { origin: bottomLeft, right: 1, down: -width };
    case 5:
      return { origin: 0, right: width, down: 1 };
    case 6:
      return { origin: bottomLeft, right: -width, down: 1 };
    case 7:
      return { origin: bottomRight, right: -width, down: -1 };
    default:
      return { origin: topRight, right: width, down: -1 };
  }
}
