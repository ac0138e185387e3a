import type { Planes } from "./planes.ts";
import type { Size } from "./resample.ts";

/** Side of a JPEG block, in pixels. */
const block = 8;

/** Where the window of a crop lies in the picture; it may reach over the picture's edges. */
export interface CropWindow extends Size {
  /** Of its first pixel, in the picture's pixels: multiples of 8, negative where the window is larger. */
  readonly left: number;
  readonly top: number;
}

/** The window of that size about the picture's centre, moved to the next corner of a JPEG block (left and up). */
export function centreWindow(picture: Size, { width, height }: Size): CropWindow {
  const start = (length: number, wanted: number) => block * Math.floor((length - wanted) / (2 * block));
  return { left: start(picture.width, width), top: start(picture.height, height), width, height };
}

/**
 * The planes under the window about the centre, no pixel resampled, the JPEG grid where it was: a corner of a block
 * of the picture falls on a multiple of 8. What the picture lacks is its whole blocks mirrored out, grid to grid.
 * // [channels, height, width]
 */
export function cropPlanes(planes: Planes, size: Size): Planes {
  const { left, top, width, height } = centreWindow(planes, size);
  const columns = positions(left, width, planes.width);
  const rows = positions(top, height, planes.height);
  const data = new Float32Array(planes.channels * height * width);
  for (let c = 0, to = 0; c < planes.channels; c++)
    for (const row of rows) {
      const from = (c * planes.height + row) * planes.width;
      for (const column of columns) data[to++] = planes.data[from + column]!;
    }
  return { channels: planes.channels, height, width, data };
}

/** Source positions start, start + 1, …, mirrored into the picture: … b a | a b … z | z y … */
function positions(start: number, count: number, length: number): Int32Array {
  const whole = length - (length % block);
  // A mirror in the middle of a block would shift the grid behind it; a picture smaller than a block has none to keep.
  const mirrored = length >= count || whole === 0 ? length : whole;
  return Int32Array.from({ length: count }, (_, i) => {
    const turn = (((start + i) % (2 * mirrored)) + 2 * mirrored) % (2 * mirrored);
    return turn < mirrored ? turn : 2 * mirrored - 1 - turn;
  });
}
