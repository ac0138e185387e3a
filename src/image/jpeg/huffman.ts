/** A Huffman code of a JPEG, ready to be read (T.81, annex C and F.2.2.3). */
export interface HuffmanTable {
  /** By the next 9 bits: length << 8 | symbol; 0 where the code is longer   // [512] */
  readonly short: Uint16Array;
  /** By length: the first 16 bits that no code of this length or below begins with   // [17] */
  readonly limits: Int32Array;
  /** By length: what to add to a code to find its symbol   // [17] */
  readonly offsets: Int32Array;
  readonly symbols: Uint8Array;
}

export const shortBits = 9;

/** From the counts of codes of 1..16 bits and the symbols in their order; undefined where no such code exists. */
export function buildHuffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable | undefined {
  const short = new Uint16Array(1 << shortBits);
  const limits = new Int32Array(17);
  const offsets = new Int32Array(17);
  for (let length = 1, code = 0, first = 0; length <= 16; length++, code <<= 1) {
    const count = counts[length - 1]!;
    offsets[length] = first - code;
    if (length <= shortBits) {
      const span = 1 << (shortBits - length);
      for (let i = 0; i < count; i++)
        short.fill((length << 8) | symbols[first + i]!, (code + i) * span, (code + i + 1) * span);
    }
    first += count;
    code += count;
    // No code consists of ones alone.
    if (count > 0 && code >= 1 << length) return undefined;
    limits[length] = code << (16 - length);
  }
  return { short, limits, offsets, symbols };
}
