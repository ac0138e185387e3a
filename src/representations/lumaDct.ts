import type { Pixels } from "../image/codec.ts";

/** DCT coefficients of 8 x 8 blocks on the grid at (0, 0). */
export interface Blocks {
  readonly blocksWide: number;
  readonly blocksHigh: number;
  /** Row by row within a block; a row is a vertical frequency   // [blocksHigh, blocksWide, 64] */
  readonly coefficients: Int16Array;
}

export interface PixelBlocks extends Blocks {
  /** How far each was from its whole number, 0 to 0.5   // [blocksHigh, blocksWide, 64] */
  readonly distances: Float32Array;
}

/**
 * The 8 x 8 DCT (T.81, A.3.3) of Y - 128, Y = .299 R + .587 G + .114 B, rounded to whole numbers, halves upwards; the
 * picture is mirrored out where its last blocks are not full. Luma is kept in whole thousandths and the sums stay
 * exact for the frequencies 0 and 4, so that halves are no matter of rounding errors.
 */
export function lumaDct(pixels: Pixels): PixelBlocks {
  const blocksWide = Math.ceil(pixels.width / 8);
  const blocksHigh = Math.ceil(pixels.height / 8);
  const coefficients = new Int16Array(64 * blocksWide * blocksHigh);
  const distances = new Float32Array(coefficients.length);
  const stride = 8 * blocksWide;
  const strip = new Float64Array(8 * stride);
  for (let row = 0, to = 0; row < blocksHigh; row++) {
    fillStrip(pixels, 8 * row, strip, stride);
    for (let y = 0; y < 8 * stride; y += stride) for (let x = y; x < y + stride; x += 8) transform(strip, x, 1);
    for (let x = 0; x < stride; x++) transform(strip, x, stride);
    for (let left = 0; left < stride; left += 8) {
      for (let v = 0, k = 0; v < 8; v++) {
        for (let from = v * stride + left, end = from + 8; from < end; from++, k++, to++) {
          const exact = strip[from]! / divisors[k]!;
          const whole = Math.floor(exact + 0.5);
          coefficients[to] = whole;
          distances[to] = Math.abs(exact - whole);
        }
      }
    }
  }
  return { blocksWide, blocksHigh, coefficients, distances };
}

/** Eight rows of 1000 (Y - 128), mirrored out to whole blocks   // [8, stride] */
function fillStrip({ width, height, data }: Pixels, top: number, strip: Float64Array, stride: number): void {
  for (let y = 0; y < 8; y++) {
    const row = mirrored(top + y, height) * width;
    let to = y * stride;
    for (let from = 3 * row, end = from + 3 * width; from < end; from += 3, to++)
      strip[to] = 299 * data[from]! + 587 * data[from + 1]! + 114 * data[from + 2]! - 128_000;
    for (let x = width; x < stride; x++, to++) strip[to] = strip[y * stride + mirrored(x, width)]!;
  }
}

/** 0 1 2 2 1 0 0 1 ...: the edge stands twice. */
function mirrored(i: number, length: number): number {
  const place = i % (2 * length);
  return place < length ? place : 2 * length - 1 - place;
}

const cosine = (k: number) => Math.cos((k * Math.PI) / 16);
const [c1, c2, c3, c5, c6, c7] = [cosine(1), cosine(2), cosine(3), cosine(5), cosine(6), cosine(7)];

/** In place: sum over x of value[x] cos((2 x + 1) u pi / 16); for u = 4 without its factor cos(pi / 4). */
function transform(values: Float64Array, at: number, step: number): void {
  const last = at + 7 * step;
  const [a0, a7] = [values[at]!, values[last]!];
  const [a1, a6] = [values[at + step]!, values[last - step]!];
  const [a2, a5] = [values[at + 2 * step]!, values[last - 2 * step]!];
  const [a3, a4] = [values[at + 3 * step]!, values[last - 3 * step]!];
  const [s0, s1, s2, s3] = [a0 + a7, a1 + a6, a2 + a5, a3 + a4];
  const [d0, d1, d2, d3] = [a0 - a7, a1 - a6, a2 - a5, a3 - a4];
  const [e0, e1, f0, f1] = [s0 + s3, s1 + s2, s0 - s3, s1 - s2];
  values[at] = e0 + e1;
  values[at + 4 * step] = e0 - e1;
  values[at + 2 * step] = c2 * f0 + c6 * f1;
  values[at + 6 * step] = c6 * f0 - c2 * f1;
  values[at + step] = c1 * d0 + c3 * d1 + c5 * d2 + c7 * d3;
  values[at + 3 * step] = c3 * d0 - c7 * d1 - c1 * d2 - c5 * d3;
  values[at + 5 * step] = c5 * d0 - c1 * d1 + c7 * d2 + c3 * d3;
  values[at + 7 * step] = c7 * d0 - c5 * d1 + c3 * d2 - c1 * d3;
}

/** What makes the transform orthonormal, and thousandths whole: 1000 times sqrt(8) for the frequencies 0 and 4, 2 for the others   // [64] */
const divisors = Float64Array.from({ length: 64 }, (_, k) => {
  const plain = [k >> 3, k & 7].filter((frequency) => frequency % 4 === 0).length;
  return 1000 * [4, 4 * Math.SQRT2, 8][plain]!;
});
