import type { JpegCoefficients } from "../../../src/image/jpeg/coefficients.ts";

/** The same bytes as coefficients.c writes, for hashing. */
export function coefficientBytes({ components }: JpegCoefficients): Uint8Array {
  return Buffer.concat(
    components.flatMap(({ blocksWide, blocksHigh, horizontal, vertical, table, coefficients }) => [
      Buffer.from(Uint32Array.of(blocksWide, blocksHigh, horizontal, vertical).buffer),
      Buffer.from(table.buffer, table.byteOffset, table.byteLength),
      Buffer.from(coefficients.buffer, coefficients.byteOffset, coefficients.byteLength),
    ]),
  );
}
