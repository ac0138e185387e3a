import type { Pixels } from "../image/codec.ts";
import { centreWindow } from "../image/crop.ts";
import type { Planes } from "../image/planes.ts";
import { resizePlanes, type Size } from "../image/resample.ts";
import type { CoarseMap } from "../model/predict.ts";
import type { InputRecipe } from "../representations/input.ts";
import type { HeatMap } from "./detection.ts";

/**
 * The network's coarse map laid over the picture. A map of cells holds probabilities and stays as it is; any other is
 * scaled so that its highest place is 1 (0 everywhere stays 0).
 */
export function heatMapOf(
  coarse: CoarseMap,
  picture: Size,
  input: Pick<InputRecipe, "fit" | "width" | "height">,
): HeatMap {
  const { width, height } = picture;
  const map = { channels: 1, ...coarse };
  if (coarse.cell !== undefined) {
    const whole = { width: coarse.width * coarse.cell, height: coarse.height * coarse.cell };
    return { width, height, data: topLeft(resizePlanes(map, { ...whole, kernel: "bilinear" }), picture) };
  }
  const { data } =
    input.fit === "crop"
      ? underWindow(resizePlanes(map, { width: input.width, height: input.height, kernel: "bilinear" }), picture)
      : resizePlanes(map, { width, height, kernel: "bilinear" });
  let highest = 0;
  for (const value of data) highest = Math.max(highest, value);
  const factor = highest > 0 ? 1 / highest : 0;
  return { width, height, data: data.map((value) => Math.max(0, value * factor)) };
}

/** Cells may reach over the picture's right and lower edge. */
function topLeft(plane: Planes, { width, height }: Size): Float32Array {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) data.set(plane.data.subarray(y * plane.width, y * plane.width + width), y * width);
  return data;
}

/** The planes of a crop back where they came from; what the network did not see is 0. */
function underWindow(crop: Planes, { width, height }: Size): Pick<Planes, "data"> {
  const { left, top } = centreWindow({ width, height }, crop);
  const data = new Float32Array(width * height);
  const [from, to] = [Math.max(0, left), Math.min(width, left + crop.width)];
  for (let y = Math.max(0, top); y < Math.min(height, top + crop.height); y++) {
    const row = (y - top) * crop.width - left;
    data.set(crop.data.subarray(row + from, row + to), y * width + from);
  }
  return { data };
}

/** The map as grey pixels: black is 0, white is 1. */
export function heatMapPixels({ width, height, data }: HeatMap): Pixels {
  const grey = new Uint8Array(width * height * 3);
  for (let i = 0, to = 0; i < data.length; i++, to += 3)
    grey[to] = grey[to + 1] = grey[to + 2] = Math.round(data[i]! * 255);
  return { width, height, channels: 3, data: grey };
}
