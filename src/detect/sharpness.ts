import type { Pixels } from "../image/codec.ts";

/** Pixels of a row within which an edge lies. */
const window = 7;
/** Levels of green that an edge of text rises by at least. */
const strong = 60;
/** Share of edges that may be sharper than the answer: one lone pixel is no proof. */
const beyond = 0.005;
/** Of a long capture only so many rows are looked at, evenly spread. */
const mostRows = 1600;
const bins = 1000;

/**
 * How sharp the sharpest edges of a picture are: 1 where they rise from one pixel to the next, as letters on a screen
 * do; about .6 after a blur of .8 pixels, or enlarged by half. Undefined where there are hardly any.
 *   sharpness = 99.5 % quantile of |g(x) - g(x - 1)| / (max - min of g within 7 pixels), where that contrast is above 60
 */
export function sharpnessOf({ width, height, data }: Pixels): number | undefined {
  const counts = new Uint32Array(bins + 1);
  let edges = 0;
  const step = Math.max(1, Math.ceil(height / mostRows));
  const green = new Int16Array(width);
  for (let y = 0; y < height; y += step) {
    for (let x = 0, at = 3 * y * width + 1; x < width; x++, at += 3) green[x] = data[at]!;
    for (let x = 1; x < width; x++) {
      const rise = Math.abs(green[x]! - green[x - 1]!);
      // Far below every edge that counts: most of a screen is flat.
      if (rise * window < strong) continue;
      let [low, high] = [255, 0];
      const end = Math.min(width - 1, x + (window >> 1));
      for (let i = Math.max(0, x - (window >> 1)); i <= end; i++) {
        const value = green[i]!;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      if (high - low <= strong) continue;
      edges++;
      counts[Math.floor((bins * rise) / (high - low))]!++;
    }
  }
  if (edges < 200) return undefined;
  let above = 0;
  for (let bin = bins; bin > 0; bin--) {
    above += counts[bin]!;
    if (above > beyond * edges) return bin / bins;
  }
  return 0;
}
