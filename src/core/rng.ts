/**
 * Random numbers with names. Every stream is derived from its parent by a name (`rng.fork("epoch/3")`), so a
 * stream depends on what it is for and never on what was drawn before it: a resumed run, a run with other worker
 * counts and a run that skips a sample all see the same numbers.
 */
export interface Rng {
  /** A stream of its own, fixed by this stream's name and the given one; draws nothing from this stream. */
  fork(name: string): Rng;
  /** 32 random bits, 0..2^32 - 1. */
  bits(): number;
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform whole number in 0..n - 1. */
  integer(n: number): number;
  /** Standard normal (Box and Muller, 1958). */
  normal(): number;
  /** True with probability p. */
  chance(p: number): boolean;
  /** One of the items, each with equal chance. */
  pick<T>(items: readonly T[]): T;
  /** A new list in random order (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[];
}

/** The first stream, named by a seed: same seed, same numbers. */
export function createRng(seed: number | string): Rng {
  return stream(String(seed));
}

function stream(name: string): Rng {
  const next = xoshiro128(name);
  const uniform = () => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 0x20000000000000;
  const integer = (n: number) => Math.floor(uniform() * n);
  return {
    fork: (child) => stream(`${name}/${child}`),
    bits: () => next() >>> 0,
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    chance: (p) => uniform() < p,
    pick: (items) => {
      if (items.length === 0) throw new RangeError("Cannot pick from an empty list.");
      return items[integer(items.length)]!;
    },
    shuffle: (items) => {
      const copy = [...items];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [copy[i], copy[j]] = [copy[j]!, copy[i]!];
      }
      return copy;
    },
  };
}

/** xoshiro128** (Blackman and Vigna, 2018), its state filled from the name by FNV-1a and splitmix32. */
function xoshiro128(name: string): () => number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  const seedWord = () => {
    hash = (hash + 0x9e3779b9) | 0;
    let z = hash;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let [a, b, c, d] = [seedWord(), seedWord(), seedWord(), seedWord()];
  return () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
}
