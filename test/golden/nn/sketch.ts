import { fill } from "../onnx/fill.ts";

/** What sketch.py keeps of a tensor: its norm, and 64 sums of its direction, in millionths. */
export interface Sketch {
  norm: number;
  sums: number[];
}

const sumCount = 64;

/** Each number of the unit vector goes, with a random sign, into a random one of the sums. */
export function sketch(name: string, data: Float32Array): Sketch {
  let squares = 0;
  for (let i = 0; i < data.length; i++) squares += data[i]! ** 2;
  const norm = Math.sqrt(squares);
  const sums = new Array<number>(sumCount).fill(0);
  const places = fill(`sketch/${name}`, data.length, -sumCount, sumCount);
  for (let i = 0; i < data.length; i++) {
    const place = places[i]!;
    const bucket = Math.min(Math.floor(Math.abs(place)), sumCount - 1);
    sums[bucket]! += place < 0 ? -data[i]! : data[i]!;
  }
  return { norm, sums: sums.map((sum) => (1e6 * sum) / norm) };
}

/**
 * 1 - cosine of the angle between two tensors of one name: |u - v|^2 / 2 for their directions u and v.
 *
 * Signs are random, so products of two numbers of a sum cancel on average: the squares of the differences of the sums
 * add up to |u - v|^2, whatever the tensors are. Its standard error is at most sqrt(2 / 64) = 18 % of it (Charikar,
 * Chen and Farach-Colton, Finding frequent items in data streams, 2002), because u - v is sketched, not u and v: a
 * small angle is measured as well as a large one.
 */
export function cosineGap(a: Sketch, b: Sketch): number {
  return a.sums.reduce((total, sum, i) => total + ((sum - b.sums[i]!) / 1e6) ** 2, 0) / 2;
}
