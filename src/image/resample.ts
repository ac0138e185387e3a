import type { Planes } from "./planes.ts";

export const kernels = ["nearest", "box", "bilinear", "bicubic", "lanczos"] as const;
export type Kernel = (typeof kernels)[number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Filter {
  /** Half its width, in source pixels at scale 1. */
  readonly support: number;
  weight(x: number): number;
}

const filters: Record<Exclude<Kernel, "nearest">, Filter> = {
  box: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  /** Keys, 1981, with a = -1/2. */
  bicubic: {
    support: 2,
    weight: (signed) => {
      const x = Math.abs(signed);
      if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    },
  },
  lanczos: { support: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
}

/** For every output position: the first source position and the weights from there on; they sum to 1. */
interface Coefficients {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** [out, taps] */
  readonly weights: Float64Array;
  readonly taps: number;
}

/**
 * Each output pixel is the weighted mean of the source pixels under the kernel, which is widened by the scale when
 * shrinking (antialiasing), as Pillow does in mode F. Rows and columns apart, sums in double precision.
 * Values may overshoot their range by the negative lobes of bicubic and lanczos.
 */
export function resizePlanes(planes: Planes, { width, height, kernel }: Size & { kernel: Kernel }): Planes {
  if (width === planes.width && height === planes.height) return planes;
  const across = coefficients(planes.width, width, kernel);
  const down = coefficients(planes.height, height, kernel);
  const data = new Float32Array(planes.channels * height * width);
  const middle = new Float32Array(planes.height * width); // [source height, width]
  const from = planes.height * planes.width;
  for (let c = 0; c < planes.channels; c++) {
    resizeRows(planes.data.subarray(c * from, (c + 1) * from), planes.width, middle, width, across);
    resizeColumns(middle, data.subarray(c * height * width, (c + 1) * height * width), width, down);
  }
  return { channels: planes.channels, height, width, data };
}

function resizeRows(source: Float32Array, width: number, target: Float32Array, out: number, k: Coefficients): void {
  const { first, count, weights, taps } = k;
  for (let row = 0, to = 0; to < target.length; row += width) {
    for (let x = 0; x < out; x++, to++) {
      const start = row + first[x]!;
      const base = x * taps;
      let sum = 0;
      for (let i = 0, n = count[x]!; i < n; i++) sum += source[start + i]! * weights[base + i]!;
      target[to] = sum;
    }
  }
}

/** Whole rows at a time, so that memory is read in its order. */
function resizeColumns(source: Float32Array, target: Float32Array, width: number, k: Coefficients): void {
  const { first, count, weights, taps } = k;
  const sums = new Float64Array(width);
  for (let y = 0; y * width < target.length; y++) {
    sums.fill(0);
    for (let i = 0; i < count[y]!; i++) {
      const weight = weights[y * taps + i]!;
      const row = (first[y]! + i) * width;
      for (let x = 0; x < width; x++) sums[x]! += source[row + x]! * weight;
    }
    target.set(sums, y * width);
  }
}

function coefficients(size: number, out: number, kernel: Kernel): Coefficients {
  const scale = size / out;
  if (kernel === "nearest") {
    const first = new Int32Array(out);
    // Steps are added up, as Pillow adds them: rounding decides where a centre falls between two pixels.
    for (let i = 0, at = scale / 2; i < out; i++, at += scale) first[i] = Math.min(size - 1, Math.floor(at));
    return { first, count: new Int32Array(out).fill(1), weights: new Float64Array(out).fill(1), taps: 1 };
  }
  const filter = filters[kernel];
  const widening = Math.max(1, scale);
  const support = filter.support * widening;
  const taps = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(out);
  const count = new Int32Array(out);
  const weights = new Float64Array(out * taps);
  for (let i = 0; i < out; i++) {
    const center = (i + 0.5) * scale;
    const low = Math.max(0, Math.trunc(center - support + 0.5));
    const high = Math.min(size, Math.trunc(center + support + 0.5));
    const own = weights.subarray(i * taps, i * taps + high - low);
    let total = 0;
    for (let j = 0; j < own.length; j++) total += own[j] = filter.weight((j + low - center + 0.5) / widening);
    for (let j = 0; j < own.length; j++) own[j]! /= total;
    first[i] = low;
    count[i] = own.length;
  }
  return { first, count, weights, taps };
}
