import type { Pixels } from "./codec.ts";

/** Where a window lies in a picture; it may reach over the edges. */
export interface Window {
  /** Of its first pixel. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The pixels under a window, none of them resampled; what the picture lacks is mirrored out.   // [height, width, 3] */
export function cutPixels({ width, height, data }: Pixels, window: Window): Pixels {
  const cut = new Uint8Array(window.width * window.height * 3);
  const inside =
    window.left >= 0 && window.top >= 0 && window.left + window.width <= width && window.top + window.height <= height;
  for (let y = 0; y < window.height; y++) {
    const row = mirrored(window.top + y, height) * width;
    const to = y * window.width * 3;
    if (inside) {
      const from = 3 * (row + window.left);
      cut.set(data.subarray(from, from + 3 * window.width), to);
      continue;
    }
    for (let x = 0; x < window.width; x++) {
      const from = 3 * (row + mirrored(window.left + x, width));
      cut[to + 3 * x] = data[from]!;
      cut[to + 3 * x + 1] = data[from + 1]!;
      cut[to + 3 * x + 2] = data[from + 2]!;
    }
  }
  return { width: window.width, height: window.height, channels: 3, data: cut };
}

/** … c b a | a b c … z | z y … */
function mirrored(position: number, length: number): number {
  const turn = ((position % (2 * length)) + 2 * length) % (2 * length);
  return turn < length ? turn : 2 * length - 1 - turn;
}
