/** The numbers of fill.py: a 32-bit integer hash of the name, which `start` is, and the index. */
function bits(start: number, index: number): number {
  let x = (start + Math.imul(index, 0x9e3779b9)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

function fnv1a(name: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) value = Math.imul(value ^ name.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** Uniform in [low, high). */
export function fill(name: string, count: number, low = -1, high = 1): Float32Array {
  const start = fnv1a(name);
  const numbers = new Float32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = low + (high - low) * (bits(start, i) / 2 ** 32);
  return numbers;
}

/** What fill.py keeps of a tensor: its norm, and its sums with random signs. */
export interface Digest {
  norm: number;
  sums: number[];
}

/**
 * The norm of the difference between a tensor and the one that was digested, relative to the latter's norm:
 * estimated from the sums, whose errors have that norm as their root mean square.
 */
export function relativeError(name: string, data: Float32Array, golden: Digest): number {
  const squares = golden.sums.map((expected, k) => {
    const start = fnv1a(`${name}/${k}`);
    let sum = 0;
    for (let i = 0; i < data.length; i++) sum += bits(start, i) >>> 31 ? -data[i]! : data[i]!;
    return (sum - expected) ** 2;
  });
  return Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length) / golden.norm;
}
