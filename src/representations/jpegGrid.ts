import type { Pixels } from "../image/codec.ts";

interface GridVotes {
  /** Blocks that preferred the grid at (0, 0), and all that had a preference. */
  readonly aligned: number;
  readonly voted: number;
  /** Whether chance alone explains so many votes less than once in a million pictures. */
  readonly isGrid: boolean;
}

/**
 * Traces of an earlier JPEG save on the grid at (0, 0), from pixels alone. Each of some blocks, spread evenly over what
 * is not flat, is transformed at all 64 offsets and votes for the one with most DCT coefficients near zero, as
 * quantisation leaves them; ties do not vote. Without JPEG every offset is equally likely: votes ~ binomial(voted, 1/64).
 * Nikoukhah, Anger, Colom, Morel, Grompone von Gioi, ZERO: a local JPEG grid origin detector, IPOL 2021.
 */
export function jpegGridVotes(pixels: Pixels): GridVotes {
  const columns = Math.floor(pixels.width / 8) - 1;
  const cells = Math.max(0, columns * (Math.floor(pixels.height / 8) - 1));
  const places = Math.min(mostPlaces, cells);
  // First every 16th place, then those between: the blocks are spread over the picture whenever they are enough.
  let blocks = 0;
  let aligned = 0;
  let voted = 0;
  for (let phase = 0; phase < 16; phase++) {
    for (let i = phase; i < places && blocks < mostBlocks; i += 16) {
      const cell = Math.floor(((i + 0.5) * cells) / places);
      const luma = lumaWindow(pixels, 8 * (cell % columns), 8 * Math.floor(cell / columns));
      if (isFlat(luma)) continue;
      blocks++;
      const winner = favouriteOffset(luma);
      if (winner === undefined) continue;
      voted++;
      if (winner === 0) aligned++;
    }
  }
  return { aligned, voted, isGrid: voted > 0 && binomialTail(aligned, voted, 1 / 64) < 1e-6 };
}

const mostPlaces = 4096;
const mostBlocks = 256;
const side = 15;

/** The 15 x 15 pixels in which the 64 offsets of a block lie: rounded luma, as JPEG would have coded it. */
function lumaWindow({ width, data }: Pixels, left: number, top: number): Float64Array {
  const luma = new Float64Array(side * side);
  for (let y = 0, to = 0; y < side; y++) {
    for (let x = 0, from = 3 * ((top + y) * width + left); x < side; x++, from += 3, to++)
      luma[to] = Math.round(0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!);
  }
  return luma;
}

const isFlat = (luma: Float64Array) => luma.every((value) => value === luma[0]);

/** basis[u * 8 + x] = c(u) cos((2 x + 1) u pi / 16), orthonormal */
const basis = Float64Array.from({ length: 64 }, (_, i) => {
  const [u, x] = [i >> 3, i & 7];
  return (u === 0 ? Math.sqrt(1 / 8) : 0.5) * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/** Row-major index of the offset whose block has the most AC coefficients below .5; undefined for a tie. */
function favouriteOffset(luma: Float64Array): number | undefined {
  let best = 0;
  let most = -1;
  let isTie = false;
  const across = new Float64Array(side * 8);
  for (let dx = 0; dx < 8; dx++) {
    for (let y = 0; y < side; y++) {
      for (let u = 0; u < 8; u++) {
        let sum = 0;
        for (let x = 0; x < 8; x++) sum += luma[y * side + dx + x]! * basis[u * 8 + x]!;
        across[y * 8 + u] = sum;
      }
    }
    for (let dy = 0; dy < 8; dy++) {
      const zeros = countZeros(across, dy);
      if (zeros > most) [best, most, isTie] = [dy * 8 + dx, zeros, false];
      else if (zeros === most) isTie = true;
    }
  }
  return isTie ? undefined : best;
}

function countZeros(across: Float64Array, dy: number): number {
  let zeros = 0;
  for (let v = 0; v < 8; v++) {
    for (let u = 0; u < 8; u++) {
      if (u + v === 0) continue;
      let sum = 0;
      for (let y = 0; y < 8; y++) sum += across[(dy + y) * 8 + u]! * basis[v * 8 + y]!;
      if (sum > -0.5 && sum < 0.5) zeros++;
    }
  }
  return zeros;
}

/** P(X >= k), X ~ binomial(n, p) */
function binomialTail(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let below = 0;
  for (let i = 0; i < k; i++) {
    below += term;
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
  }
  return 1 - below;
}
