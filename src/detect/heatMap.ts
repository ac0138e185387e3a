import type { Pixels } from "../image/codec.ts";
import { resizePlanes } from "../image/resample.ts";
import type { CoarseMap } from "../model/predict.ts";
import type { HeatMap } from "./detection.ts";

/** The network's coarse map at the size of the picture, scaled so that its highest place is 1 (0 everywhere stays 0). */
export function heatMapOf(coarse: CoarseMap, width: number, height: number): HeatMap {
  const { data } = resizePlanes({ channels: 1, ...coarse }, { width, height, kernel: "bilinear" });
  let highest = 0;
  for (const value of data) highest = Math.max(highest, value);
  const factor = highest > 0 ? 1 / highest : 0;
  return { width, height, data: data.map((value) => Math.max(0, value * factor)) };
}

/** The map as grey pixels: black is 0, white is 1. */
export function heatMapPixels({ width, height, data }: HeatMap): Pixels {
  const grey = new Uint8Array(width * height * 3);
  for (const [i, value] of data.entries()) grey.fill(Math.round(value * 255), 3 * i, 3 * i + 3);
  return { width, height, channels: 3, data: grey };
}
