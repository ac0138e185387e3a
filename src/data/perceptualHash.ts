import type { Pixels } from "../image/codec.ts";

/** 64 bits of how a picture looks, as 16 hexadecimal digits. */
export type PerceptualHash = string;

const side = 32; // of the thumbnail
const low = 8; // lowest frequencies kept in each direction

/**
 * pHash (Zauner, Implementation and benchmarking of perceptual image hash functions, 2010): the luma is averaged to
 * 32 x 32, cosine-transformed, and each of the 8 x 8 lowest frequencies gives one bit: above their median or not.
 * The constant term is left out (its bit is 0). Pictures of one scene differ in few bits; screens of one template do too.
 */
export function perceptualHash(pixels: Pixels): PerceptualHash {
  const coefficients = lowFrequencies(thumbnail(pixels));
  const sorted = coefficients.slice(1).sort();
  const median = sorted[sorted.length >> 1]!;
  let bits = 0n;
  for (let i = 0; i < 64; i++) bits = (bits << 1n) | (i > 0 && coefficients[i]! > median ? 1n : 0n);
  return bits.toString(16).padStart(16, "0");
}

/** Number of bits in which two hashes differ, 0..64. */
export function hammingDistance(a: PerceptualHash, b: PerceptualHash): number {
  const [aHigh, aLow] = words(a);
  const [bHigh, bLow] = words(b);
  return bitCount(aHigh ^ bHigh) + bitCount(aLow ^ bLow);
}

/** All pairs of hashes that differ in at most `threshold` bits, by exact scan; the index of the first is the smaller. */
export function nearPairs(hashes: readonly PerceptualHash[], threshold: number): [number, number][] {
  // 20,000 pictures are 200 million comparisons: about a second.
  const high = Uint32Array.from(hashes, (hash) => words(hash)[0]);
  const lows = Uint32Array.from(hashes, (hash) => words(hash)[1]);
  const pairs: [number, number][] = [];
  for (let i = 0; i < hashes.length; i++) {
    const [h, l] = [high[i]!, lows[i]!];
    for (let j = i + 1; j < hashes.length; j++)
      if (bitCount(h ^ high[j]!) + bitCount(l ^ lows[j]!) <= threshold) pairs.push([i, j]);
  }
  return pairs;
}

function words(hash: PerceptualHash): [number, number] {
  return [Number.parseInt(hash.slice(0, 8), 16), Number.parseInt(hash.slice(8), 16)];
}

/** Set bits of 32, by sums of neighbours (Warren, Hacker's Delight, 2003). */
function bitCount(x: number): number {
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Mean luma (Rec. 601) of each cell   // [32, 32] */
function thumbnail({ width, height, data }: Pixels): Float64Array {
  const sum = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    const top = Math.floor((row * height) / side);
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / side));
    for (let column = 0; column < side; column++) {
      const left = Math.floor((column * width) / side);
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / side));
      let total = 0;
      for (let y = top; y < bottom; y++)
        for (let at = 3 * (y * width + left); at < 3 * (y * width + right); at += 3)
          total += 299 * data[at]! + 587 * data[at + 1]! + 114 * data[at + 2]!;
      sum[row * side + column] = total / (bottom - top) / (right - left);
    }
  }
  return sum;
}

/** cos(pi (2x + 1) u / 64)   // [8, 32] */
const cosines = Float64Array.from({ length: low * side }, (_, i) =>
  Math.cos((Math.PI * (2 * (i % side) + 1) * Math.floor(i / side)) / (2 * side)),
);

/** Type II cosine transform, lowest frequencies only   // [8, 8] */
function lowFrequencies(picture: Float64Array): Float64Array {
  const rows = new Float64Array(side * low); // [32, 8]
  for (let y = 0; y < side; y++)
    for (let u = 0; u < low; u++)
      for (let x = 0; x < side; x++) rows[y * low + u]! += picture[y * side + x]! * cosines[u * side + x]!;
  const out = new Float64Array(low * low);
  for (let v = 0; v < low; v++)
    for (let u = 0; u < low; u++)
      for (let y = 0; y < side; y++) out[v * low + u]! += rows[y * low + u]! * cosines[v * side + y]!;
  return out;
}
