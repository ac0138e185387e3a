import type { Rng } from "../core/rng.ts";
import type { Pixels } from "../image/codec.ts";
import type { Mask } from "./protocols.ts";

/** A square of a picture whose corner lies on the 8 x 8 grid of its JPEG blocks, in pixels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  /** Of the picture that it was chosen in. */
  readonly width: number;
  readonly height: number;
}

/** Edits spill over: a block, a blurred seam and the residual's reach stay away from the mask. */
const margin = 16;

/** A square that nobody edited, as large as there is room for (128, 96, 64 or 32), anywhere with equal chance. */
export function untouchedRegion(mask: Mask, rng: Rng): Region | undefined {
  const { width, height } = mask;
  const sums = integral(mask);
  for (const side of [128, 96, 64, 32]) {
    const free: Region[] = [];
    for (let y = 0; y + side <= height; y += 8)
      for (let x = 0; x + side <= width; x += 8)
        if (edited(sums, width, height, x - margin, y - margin, side + 2 * margin) === 0)
          free.push({ x, y, side, width, height });
    if (free.length > 0) return rng.pick(free);
  }
  return undefined;
}

/** The same place in another picture: same size, same share of the way across and down, on the grid. */
export function matchingRegion(
  { x, y, side, ...from }: Region,
  { width, height }: { width: number; height: number },
): Region | undefined {
  if (width < side || height < side) return undefined;
  const place = (at: number, room: number, own: number) =>
    8 * Math.floor((own * (room === 0 ? 0 : at / room)) / 8 + 1e-9);
  return {
    x: place(x, from.width - side, width - side),
    y: place(y, from.height - side, height - side),
    side,
    width,
    height,
  };
}

/** sums[y][x] = number of edited pixels above and left of (x, y)   // [height + 1, width + 1] */
function integral({ width, height, data }: Mask): Int32Array {
  const sums = new Int32Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++)
    for (let x = 0, row = 0; x < width; x++) {
      row += data[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  return sums;
}

function edited(sums: Int32Array, width: number, height: number, left: number, top: number, side: number): number {
  const at = (x: number, y: number) =>
    sums[Math.max(0, Math.min(height, y)) * (width + 1) + Math.max(0, Math.min(width, x))]!;
  return at(left + side, top + side) - at(left, top + side) - at(left + side, top) + at(left, top);
}

/** Low frequencies of a block, [down, across]. */
const modes = [
  [0, 1],
  [1, 0],
  [1, 1],
  [0, 2],
  [2, 0],
  [1, 2],
  [2, 1],
  [0, 3],
  [3, 0],
] as const;
/** A save with step q leaves coefficients near the multiples of q: their mean of cos(2 pi c / q) is then high. */
const steps = [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20];

/**
 * What a region's past left in it, whatever it shows: residual statistics (second differences of luma and chroma),
 * blockiness, and the block cosine transform's levels and combs (Popescu and Farid, 2004; Lukas and Fridrich, 2003).
 */
export function historyRow(pixels: Pixels, region: Region): number[] {
  const luma = plane(pixels, region, 0.299, 0.587, 0.114);
  const blue = plane(pixels, region, -0.168736, -0.331264, 0.5);
  const red = plane(pixels, region, 0.5, -0.418688, -0.081312);
  return [
    ...residual(luma, region.side),
    ...residual(blue, region.side),
    ...residual(red, region.side),
    ...blockiness(luma, region.side),
    ...blocks(luma, region.side),
  ];
}

function plane({ width, data }: Pixels, { x, y, side }: Region, r: number, g: number, b: number): Float64Array {
  const out = new Float64Array(side * side);
  for (let row = 0, to = 0; row < side; row++)
    for (let column = 0, at = 3 * ((y + row) * width + x); column < side; column++, at += 3, to++)
      out[to] = r * data[at]! + g * data[at + 1]! + b * data[at + 2]!;
  return out;
}

/** Of x[i-1] - 2 x[i] + x[i+1], across and down: mean size, deviation, kurtosis, share below half a level. */
function residual(values: Float64Array, side: number): number[] {
  return [1, side].flatMap((step) => {
    let [n, size, second, fourth, still] = [0, 0, 0, 0, 0];
    for (let y = 1; y < side - 1; y++)
      for (let x = 1, at = y * side + 1; x < side - 1; x++, at++) {
        const d = values[at - step]! - 2 * values[at]! + values[at + step]!;
        n++;
        size += Math.abs(d);
        second += d * d;
        fourth += d * d * d * d;
        if (Math.abs(d) < 0.5) still++;
      }
    return [size / n, Math.sqrt(second / n), second === 0 ? 0 : (n * fourth) / second ** 2, still / n];
  });
}

/** Steps across block borders against those within, across and down. */
function blockiness(values: Float64Array, side: number): number[] {
  return [1, side].map((step) => {
    const [border, inner] = [
      { sum: 0, n: 0 },
      { sum: 0, n: 0 },
    ];
    for (let along = 0; along < side; along++)
      for (let i = 1; i < side; i++) {
        const at = step === 1 ? along * side + i : i * side + along;
        const kind = i % 8 === 0 ? border : inner;
        kind.sum += Math.abs(values[at]! - values[at - step]!);
        kind.n++;
      }
    return Math.log((border.sum / border.n + 0.01) / (inner.sum / inner.n + 0.01));
  });
}

/** Orthonormal cosines of a block for each mode: cos((2 y + 1) v pi / 16) cos((2 x + 1) u pi / 16)   // [8, 8] */
const cosines = modes.map(([v, u]) => {
  const wave = (k: number, x: number) =>
    Math.cos(((2 * x + 1) * k * Math.PI) / 16) * (k === 0 ? Math.SQRT1_2 : 1) * 0.5;
  return Float64Array.from({ length: 64 }, (_, i) => wave(v, i >> 3) * wave(u, i & 7));
});

function blocks(values: Float64Array, side: number): number[] {
  const coefficients = modes.map(() => [] as number[]);
  const block = new Float64Array(64);
  for (let top = 0; top < side; top += 8)
    for (let left = 0; left < side; left += 8) {
      for (let y = 0; y < 8; y++)
        block.set(values.subarray((top + y) * side + left, (top + y) * side + left + 8), 8 * y);
      cosines.forEach((cosine, k) => {
        let sum = 0;
        for (let i = 0; i < 64; i++) sum += block[i]! * cosine[i]!;
        coefficients[k]!.push(sum);
      });
    }
  const mean = (of: readonly number[], f: (c: number) => number) => of.reduce((sum, c) => sum + f(c), 0) / of.length;
  return [
    ...coefficients.flatMap((of) => [mean(of, Math.abs), mean(of, (c) => (Math.abs(c) < 0.5 ? 1 : 0))]),
    ...coefficients
      .slice(0, 3)
      .flatMap((of) => steps.map((step) => mean(of, (c) => Math.cos((2 * Math.PI * c) / step)))),
  ];
}
