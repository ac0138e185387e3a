import { canvas } from "./canvas.ts";
import { chromium, closeChromium } from "./chromium.ts";
import { outline } from "./outline.ts";
import { pango } from "./pango.ts";
import type { Rasteriser } from "./rasteriser.ts";
import { supersampled } from "./supersampled.ts";

/** Programs that draw text: an app's own, and a forger's. */
export const rasterisers = { canvas, outline, supersampled, pango, chromium } as const satisfies Record<
  string,
  Rasteriser
>;
export type RasteriserName = keyof typeof rasterisers;
export const rasteriserNames = Object.keys(rasterisers) as RasteriserName[];

/** Those that this machine can use, in the order of the table. */
export async function availableRasterisers(): Promise<RasteriserName[]> {
  const usable = await Promise.all(rasteriserNames.map((name) => rasterisers[name].available()));
  return rasteriserNames.filter((_, i) => usable[i]);
}

/** Closes the browser, if one was opened. A later text opens it again. */
export async function closeRasterisers(): Promise<void> {
  await closeChromium();
}
