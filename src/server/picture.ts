import { z } from "zod";
import type { HeatMap } from "../detect/detection.ts";
import type { Codec, Pixels } from "../image/codec.ts";
import { orient } from "../image/orientation.ts";
import type { Planes } from "../image/planes.ts";

/** Pictures as people see them: upright (the one place in this room that applies the EXIF orientation), as PNG. */

/** Query parameters of every route that answers with a picture. */
export const viewOptions = {
  maxSide: z.coerce
    .number()
    .int()
    .min(16)
    .max(30_000)
    .optional()
    .describe(
      "shrink by a whole factor (mean of blocks) so that neither side is longer, in pixels; native size where left out",
    ),
};

/** A picture that can be asked for any of its levels. */
export interface Levels {
  readonly width: number;
  readonly height: number;
  /** Of red, green or blue (0, 1, 2) at a place, 0..255; may hold fractions. */
  level(x: number, y: number, channel: number): number;
}

/** One plane is shown grey, several as red, green, blue from the first one asked for; `range` becomes 0..255. */
export function planeLevels(
  { width, height, channels, data }: Planes,
  range: readonly [number, number],
  first = 0,
): Levels {
  const [low, high] = range;
  const scale = 255 / (high - low);
  const planeOf = [0, 1, 2].map((c) => Math.min(first + c, channels - 1) * width * height);
  return { width, height, level: (x, y, c) => (data[planeOf[c]! + y * width + x]! - low) * scale };
}

export async function shownPng(
  levels: Levels,
  orientation: number,
  codec: Codec,
  view: { maxSide?: number | undefined } = {},
) {
  return Buffer.from(
    await codec.encodePng(orient(shrink(levels, view.maxSide ?? Number.POSITIVE_INFINITY), orientation)),
  );
}

/** The heat map in grey as a data URL, laid out as the picture is shown. */
export async function heatMapUrl(heatMap: HeatMap, orientation: number, codec: Codec): Promise<string> {
  const levels = planeLevels({ ...heatMap, channels: 1 }, [0, 1]);
  return `data:image/png;base64,${(await shownPng(levels, orientation, codec, { maxSide: 512 })).toString("base64")}`;
}

/** Mean of blocks of k x k, with the smallest k that fits; fractions count until the last rounding. */
function shrink({ width, height, level }: Levels, maxSide: number): Pixels {
  const k = Math.max(1, Math.ceil(Math.max(width, height) / maxSide));
  const [outWidth, outHeight] = [Math.ceil(width / k), Math.ceil(height / k)];
  const data = new Uint8Array(outWidth * outHeight * 3);
  for (let y = 0, out = 0; y < outHeight; y++)
    for (let x = 0; x < outWidth; x++)
      for (let c = 0; c < 3; c++, out++) {
        let sum = 0;
        let count = 0;
        for (let v = y * k; v < Math.min(height, (y + 1) * k); v++)
          for (let u = x * k; u < Math.min(width, (x + 1) * k); u++, count++) sum += level(u, v, c);
        data[out] = Math.min(255, Math.max(0, Math.round(sum / count)));
      }
  return { width: outWidth, height: outHeight, channels: 3, data };
}
