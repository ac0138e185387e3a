import type { Pixels } from "../image/codec.ts";

/** Names of what the gate measures, in the order of the vector. */
export const gateFeatureNames = [
  "still",
  "calm",
  "mainColour",
  "fewColours",
  "blankRows",
  "rowTurns",
  "busy",
  "inkOnStill",
  "unrest",
  "ruledLines",
  "saturation",
] as const;
export type GateFeatures = Readonly<Record<(typeof gateFeatureNames)[number], number>>;

/** At most about as many pixels are looked at, in bands of whole rows spread over the height. */
const budget = 2_400_000;
const bandRows = 64;
const widest = 4096;

const small = 8;
const large = 16;

/** Luma of the rows from..from + rows, columns from the middle where the picture is very wide   // [rows, width] */
interface Band {
  readonly width: number;
  readonly rows: number;
  readonly luma: Uint8Array;
}

/**
 * What sets a drawn screen apart from a scene, on native pixels; every feature is a share 0..1 unless said.
 * - still, calm: of the 8 x 8 blocks, those whose luma spans at most 4, at most 20 levels.
 * - mainColour, fewColours: of the pixels, those of the commonest colour and of the eight commonest (4 bits a channel).
 * - blankRows: of the rows, those that hardly cross an edge; rowTurns: changes between blank and busy rows, per
 *   row, times 10, at most 1: lines of text alternate with gaps.
 * - busy: of the 16 x 16 blocks, those with contrast: their luma spans at least 64 levels.
 * - inkOnStill: of the busy blocks, those in which nearly half of the pixels lie within 7 levels: drawn text has a still
 *   ground.
 * - unrest: ln(1 + median span of the 8 x 8 blocks), 0..5.5.
 * - ruledLines: rows along half of which the luma steps up or down at once, per row, times 10, at most 1.
 * - saturation: mean of max - min over the channels.
 */
export function gateFeatures(pixels: Pixels): GateFeatures {
  const colours = new Uint32Array(4096);
  const spans = new Uint32Array(256);
  const sums = { rows: 0, blank: 0, turns: 0, ruled: 0, large: 0, contrast: 0, still: 0, looked: 0, chroma: 0 };
  for (const band of bandsOf(pixels, colours, sums)) {
    countSpans(band, spans);
    countRows(band, sums);
    countGround(band, sums);
  }
  const blocks = sum(spans);
  const shareBelow = (level: number) => sum(spans.subarray(0, level + 1)) / Math.max(1, blocks);
  const common = colours.toSorted().reverse();
  const looked = Math.max(1, sums.looked);
  return {
    still: shareBelow(4),
    calm: shareBelow(20),
    mainColour: common[0]! / looked,
    fewColours: sum(common.subarray(0, 8)) / looked,
    blankRows: sums.blank / Math.max(1, sums.rows),
    rowTurns: Math.min(1, (10 * sums.turns) / Math.max(1, sums.rows)),
    busy: sums.contrast / Math.max(1, sums.large),
    inkOnStill: sums.still / Math.max(1, sums.contrast),
    unrest: Math.log1p(medianOf(spans, blocks)),
    ruledLines: Math.min(1, (10 * sums.ruled) / Math.max(1, sums.rows)),
    saturation: sums.chroma / looked / 255,
  };
}

/** Bands of the picture, and its colours counted on the way: every second pixel of every second row. */
function* bandsOf(
  { width, height, data }: Pixels,
  colours: Uint32Array,
  sums: { looked: number; chroma: number },
): Generator<Band> {
  const taken = Math.min(width, widest);
  const left = (width - taken) >> 1;
  const whole = taken * height <= budget;
  const rows = whole ? height : Math.min(height, bandRows);
  const bands = whole ? 1 : Math.max(1, Math.floor(budget / (taken * rows)));
  const luma = new Uint8Array(rows * taken);
  for (let k = 0; k < bands; k++) {
    const top = bands === 1 ? (height - rows) >> 1 : Math.round((k * (height - rows)) / (bands - 1));
    for (let y = 0, to = 0; y < rows; y++) {
      let from = 3 * ((top + y) * width + left);
      for (let x = 0; x < taken; x++, from += 3, to++) {
        const [r, g, b] = [data[from]!, data[from + 1]!, data[from + 2]!];
        luma[to] = (77 * r + 150 * g + 29 * b + 128) >> 8;
        if ((x & 1) !== 0 || (y & 1) !== 0) continue;
        colours[((r >> 4) << 8) | ((g >> 4) << 4) | (b >> 4)]!++;
        sums.chroma += (r > g ? (r > b ? r : b) : g > b ? g : b) - (r < g ? (r < b ? r : b) : g < b ? g : b);
        sums.looked++;
      }
    }
    yield { width: taken, rows, luma };
  }
}

/** Histogram of the span (max - min) of the 8 x 8 blocks. */
function countSpans({ width, rows, luma }: Band, spans: Uint32Array): void {
  for (let top = 0; top + small <= rows; top += small)
    for (let left = 0; left + small <= width; left += small) {
      let [low, high] = [255, 0];
      for (let y = 0; y < small; y++) {
        const row = (top + y) * width + left;
        for (let x = 0; x < small; x++) {
          const level = luma[row + x]!;
          if (level < low) low = level;
          if (level > high) high = level;
        }
      }
      spans[high - low]!++;
    }
}

/** A step over two pixels that counts as an edge; what a ruled line steps by, at least. */
const edge = 40;
const ruledStep = 6;

function countRows(
  { width, rows, luma }: Band,
  sums: { rows: number; blank: number; turns: number; ruled: number },
): void {
  // A card's two borders cross every row of it.
  const few = Math.max(6, 0.006 * width);
  let wasBlank: boolean | undefined;
  for (let y = 0; y < rows; y++) {
    const row = y * width;
    let crossed = 0;
    for (let x = 2; x < width; x++) if (Math.abs(luma[row + x]! - luma[row + x - 2]!) > edge) crossed++;
    const isBlank = crossed <= few;
    if (isBlank) sums.blank++;
    if (wasBlank !== undefined && wasBlank !== isBlank) sums.turns++;
    wasBlank = isBlank;
    if (y < 2) continue;
    let [up, down] = [0, 0];
    for (let x = 0; x < width; x += 2) {
      const step = luma[row + x]! - luma[row - 2 * width + x]!;
      if (step >= ruledStep) up++;
      else if (step <= -ruledStep) down++;
    }
    if (Math.max(up, down) > 0.25 * width) sums.ruled++;
  }
  sums.rows += rows;
}

/** Text: a block with contrast in which nearly half of the pixels have about one level. */
function countGround({ width, rows, luma }: Band, sums: { large: number; contrast: number; still: number }): void {
  const levels = new Uint16Array(256);
  const half = 0.45 * large * large;
  for (let top = 0; top + large <= rows; top += large)
    for (let left = 0; left + large <= width; left += large) {
      levels.fill(0);
      let [low, high] = [255, 0];
      for (let y = 0; y < large; y++) {
        const row = (top + y) * width + left;
        for (let x = 0; x < large; x++) {
          const level = luma[row + x]!;
          levels[level]!++;
          if (level < low) low = level;
          if (level > high) high = level;
        }
      }
      sums.large++;
      if (high - low < 64) continue;
      sums.contrast++;
      if (mostWithin(levels, 7) >= half) sums.still++;
    }
}

/** The most that any run of so many neighbouring levels holds. */
function mostWithin(levels: Uint16Array, run: number): number {
  let [held, most] = [0, 0];
  for (let level = 0; level < 256; level++) {
    held += levels[level]! - (level >= run ? levels[level - run]! : 0);
    if (held > most) most = held;
  }
  return most;
}

function sum(counts: Uint32Array): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

/** The value below which half of a histogram lies. */
function medianOf(counts: Uint32Array, total: number): number {
  let seen = 0;
  for (const [value, count] of counts.entries()) {
    seen += count;
    if (2 * seen >= total) return value;
  }
  return 0;
}
