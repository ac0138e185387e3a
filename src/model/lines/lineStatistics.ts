import type { Pixels } from "../../image/codec.ts";
import type { Window } from "../../image/window.ts";

/** Pixels about a line that belong to what is measured: ringing stands there. */
const margin = 2;
/** Levels between ink and ground below which nothing can be told. */
const faintest = 40;

/** Ends of the shares of cover; what lies between -.01 and .01 is plain ground, and is not counted. */
const coverEnds = [
  -0.1, -0.03, -0.01, 0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.94, 0.97, 0.99, 1.01, 1.03, 1.1,
];
const plainGround = 3;
/** Ends of the coarser levels of cover whose neighbours are counted. */
const levelEnds = [0.02, 0.15, 0.35, 0.65, 0.85, 0.98];
const levels = levelEnds.length + 1;
const neighbourPairs = (levels * (levels + 1)) / 2 - 1;
/** Levels of chroma, 0..255, beyond the mixture of ground and ink. */
const chromaEnds = [1.5, 4, 9];
const zones = 3;
const others = 10;

/** Numbers of a line. */
export const shapeWidth = coverEnds.length + 2 * neighbourPairs + zones * chromaEnds.length + others;

/** For every difference of luma from the ground, -255..255: which share and which level it is. */
interface Covers {
  readonly share: Int8Array;
  readonly level: Int8Array;
}

/** A line of text whose letters stand out from their ground. */
export interface InkedLine {
  readonly box: Window;
  /** Luma, 0..255: the commonest, and that of the .5 % of pixels that lie farthest from it. */
  readonly ground: number;
  readonly ink: number;
}

/** Ground and ink of a line; undefined where they are less than 40 levels apart.   @param luma [height, width], 0..255 */
export function inkedLine(
  luma: Uint8Array,
  size: { width: number; height: number },
  box: Window,
): InkedLine | undefined {
  const { left, top, right, bottom } = withMargin(box, size);
  const area = (right - left) * (bottom - top);
  const counts = new Uint32Array(256);
  for (let y = top; y < bottom; y++)
    for (let at = y * size.width + left; at < y * size.width + right; at++) counts[luma[at]!]!++;
  const ground = counts.indexOf(Math.max(...counts));
  const [low, high] = [quantile(counts, 0.005 * area), quantile(counts, 0.995 * area)];
  const ink = ground - low > high - ground ? low : high;
  return Math.abs(ink - ground) < faintest ? undefined : { box, ground, ink };
}

function withMargin({ left, top, width, height }: Window, size: { width: number; height: number }) {
  return {
    left: Math.max(0, left - margin),
    top: Math.max(0, top - margin),
    right: Math.min(size.width, left + width + margin),
    bottom: Math.min(size.height, top + height + margin),
  };
}

/**
 * How the letters of a line meet their ground, whatever they say and whatever their colours:
 *   cover a = (luma - ground) / (ink - ground)
 *   shares of cover; pairs of levels side by side, and one above the other; noise of the ground; chroma that is no
 *   mixture of both colours, on ground, edge and ink; contrast, ground, height, density, and gradients along both axes
 * Counts are per pixel of ink. A rasteriser's hinting, gamma and subpixel positions, and each JPEG save since, show here.
 *
 * @param luma of the whole picture   // [height, width], 0..255
 * @returns [shapeWidth]
 */
export function lineStatistics(pixels: Pixels, luma: Uint8Array, { box: line, ground, ink }: InkedLine): Float32Array {
  const { width, data } = pixels;
  const { left, top, right, bottom } = withMargin(line, pixels);
  const area = (right - left) * (bottom - top);
  const { share, level } = coversOf(ground, ink);

  const shares = new Uint32Array(coverEnds.length + 1);
  const beside = new Uint32Array(levels * levels);
  const below = new Uint32Array(levels * levels);
  const colours = { ground: [0, 0, 0], ink: [0, 0, 0] };
  let [inked, across, down, near, uneven, square, sum] = [0, 0, 0, 0, 0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * width + x;
      const off = luma[at]! - ground;
      const own = level[off + 255]!;
      shares[share[off + 255]!]!++;
      if (Math.abs(off) < 12) {
        near++;
        sum += off;
        square += off * off;
        if (off !== 0) uneven++;
      }
      if (off / (ink - ground) > 0.05) inked++;
      if (x + 1 < right) {
        beside[own * levels + level[luma[at + 1]! - ground + 255]!]!++;
        across += Math.abs(luma[at + 1]! - luma[at]!);
      }
      if (y + 1 < bottom) {
        below[own * levels + level[luma[at + width]! - ground + 255]!]!++;
        down += Math.abs(luma[at + width]! - luma[at]!);
      }
      if (Math.abs(off) <= 3) gather(colours.ground, data, at);
      else if (own >= levels - 2) gather(colours.ink, data, at);
    }
  }

  const out = new Float32Array(shapeWidth);
  const per = 1 / Math.max(1, inked);
  let to = 0;
  for (let i = 0; i < shares.length; i++) if (i !== plainGround) out[to++] = shares[i]! * per;
  for (const pairs of [beside, below]) {
    // Two levels and the same two the other way round are one pair; ground beside ground is left out.
    for (let a = 0; a < levels; a++)
      for (let b = a; b < levels; b++) if (b > 0) out[to++] = (pairs[a * levels + b]! + pairs[b * levels + a]!) * per;
  }
  to = chromaShares(pixels, { left, top, right, bottom }, { luma, ground, ink, colours }, out, to);
  const mean = sum / Math.max(1, near);
  const contrast = Math.abs(ink - ground);
  out.set(
    [
      Math.sqrt(Math.max(0, square / Math.max(1, near) - mean * mean)),
      uneven / Math.max(1, near),
      contrast / 255,
      ground / 255,
      line.height / width,
      inked / area,
      (across * per) / contrast,
      (down * per) / contrast,
      Math.log(line.width),
      Math.log(line.height),
    ],
    to,
  );
  return out;
}

function coversOf(ground: number, ink: number): Covers {
  const share = new Int8Array(511);
  const level = new Int8Array(511);
  for (let off = -255; off <= 255; off++) {
    const cover = off / (ink - ground);
    share[off + 255] = endsBelow(coverEnds, cover);
    level[off + 255] = endsBelow(levelEnds, cover);
  }
  return { share, level };
}

function endsBelow(ends: readonly number[], value: number): number {
  let below = 0;
  while (below < ends.length && ends[below]! <= value) below++;
  return below;
}

/** The luma below which so many pixels lie. */
function quantile(counts: Uint32Array, pixels: number): number {
  let sum = 0;
  for (let value = 0; value < counts.length; value++) {
    sum += counts[value]!;
    if (sum > pixels) return value;
  }
  return counts.length - 1;
}

/** blue - luma and red - luma, scaled as in JPEG; and how many. */
function gather(colour: number[], data: Uint8Array, at: number): void {
  const [r, g, b] = [data[3 * at]!, data[3 * at + 1]!, data[3 * at + 2]!];
  colour[0]! += -0.168736 * r - 0.331264 * g + 0.5 * b;
  colour[1]! += 0.5 * r - 0.418688 * g - 0.081312 * b;
  colour[2]!++;
}

/** On ground, edge and ink: shares of pixels whose chroma lies farther from the mixture than each of the ends. */
function chromaShares(
  { width, data }: Pixels,
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
  {
    luma,
    ground,
    ink,
    colours,
  }: { luma: Uint8Array; ground: number; ink: number; colours: Record<"ground" | "ink", number[]> },
  out: Float32Array,
  to: number,
): number {
  const meanOf = (colour: number[], i: number) => colour[i]! / Math.max(1, colour[2]!);
  const [groundBlue, groundRed] = [meanOf(colours.ground, 0), meanOf(colours.ground, 1)];
  const [inkBlue, inkRed] = [meanOf(colours.ink, 0), meanOf(colours.ink, 1)];
  const counts = new Uint32Array(zones * (chromaEnds.length + 1));
  const zoneTotals = new Uint32Array(zones);
  for (let y = top; y < bottom; y++)
    for (let at = y * width + left; at < y * width + right; at++) {
      const cover = Math.max(0, Math.min(1, (luma[at]! - ground) / (ink - ground)));
      const [r, g, b] = [data[3 * at]!, data[3 * at + 1]!, data[3 * at + 2]!];
      const blue = -0.168736 * r - 0.331264 * g + 0.5 * b;
      const red = 0.5 * r - 0.418688 * g - 0.081312 * b;
      const far = Math.max(
        Math.abs(blue - groundBlue - cover * (inkBlue - groundBlue)),
        Math.abs(red - groundRed - cover * (inkRed - groundRed)),
      );
      const zone = cover < 0.02 ? 0 : cover < 0.98 ? 1 : 2;
      zoneTotals[zone]!++;
      counts[zone * (chromaEnds.length + 1) + endsBelow(chromaEnds, far)]!++;
    }
  let next = to;
  for (let zone = 0; zone < zones; zone++) {
    let beyond = 0;
    for (let end = chromaEnds.length; end >= 1; end--) {
      beyond += counts[zone * (chromaEnds.length + 1) + end]!;
      out[next++] = beyond / Math.max(1, zoneTotals[zone]!);
    }
  }
  return next;
}
