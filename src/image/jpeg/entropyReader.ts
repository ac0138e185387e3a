import { damaged } from "./damage.ts";
import { type HuffmanTable, shortBits } from "./huffman.ts";

/** Bits of a scan, up to the next marker, which it never passes. Stuffed zeros and fill bytes are taken out. */
export class EntropyReader {
  readonly bytes: Uint8Array;
  /** Of the next byte that is taken in. */
  at: number;
  /** The lowest `count` are still to be read. */
  private bits = 0;
  private count = 0;
  /** Zeros that were put in behind the end; more of them than unread bits means that the scan was too short. */
  private padding = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** At least 25 bits are there afterwards. */
  private fill(): void {
    const { bytes } = this;
    while (this.count <= 24) {
      let byte = 0;
      if (this.at >= bytes.length) this.padding += 8;
      else {
        byte = bytes[this.at]!;
        if (byte !== 0xff) this.at++;
        else {
          let next = this.at + 1;
          while (bytes[next] === 0xff) next++;
          if (bytes[next] === 0) this.at = next + 1;
          else {
            byte = 0;
            this.padding += 8;
          }
        }
      }
      this.bits = (this.bits << 8) | byte;
      this.count += 8;
    }
  }

  symbol(table: HuffmanTable): number {
    if (this.count < 16) this.fill();
    const ahead = (this.bits >>> (this.count - 16)) & 0xffff;
    const entry = table.short[ahead >>> (16 - shortBits)]!;
    if (entry !== 0) {
      this.count -= entry >>> 8;
      return entry & 255;
    }
    for (let length = shortBits + 1; length <= 16; length++) {
      if (ahead < table.limits[length]!) {
        this.count -= length;
        return table.symbols[(ahead >>> (16 - length)) + table.offsets[length]!]!;
      }
    }
    throw this.complaint("a Huffman code that its table does not hold");
  }

  /** n bits as they are, 0 <= n <= 16 */
  receive(n: number): number {
    if (this.count < n) this.fill();
    this.count -= n;
    return (this.bits >>> this.count) & ((1 << n) - 1);
  }

  /** n bits as a signed number (T.81, figure F.12): those that begin with 0 are negative. 0 <= n <= 15 */
  signed(n: number): number {
    const value = this.receive(n);
    return value < (1 << n) >> 1 ? value - (1 << n) + 1 : value;
  }

  /** To be asked now and then: a reader at its end gives zeros, and does not complain by itself. */
  checkEnd(): void {
    if (this.padding <= this.count) return;
    throw this.complaint(
      this.at >= this.bytes.length ? "the file ends in the middle of a scan" : "a scan ends before its picture does",
    );
  }

  /** Goes on behind the restart marker of that number, 0..7, leaving out what may stand before it. */
  restart(number: number): void {
    const { bytes } = this;
    let at = bytes.indexOf(0xff, this.at);
    while (at >= 0 && (bytes[at + 1] === 0 || bytes[at + 1] === 0xff)) at = bytes.indexOf(0xff, at + 1);
    if (at < 0 || at + 1 >= bytes.length) {
      this.at = bytes.length;
      throw this.complaint("the file ends in the middle of a scan");
    }
    this.at = at;
    if (bytes[at + 1] !== 0xd0 + number) throw this.complaint(`restart marker ${number} is missing`);
    this.at = at + 2;
    this.bits = 0;
    this.count = 0;
    this.padding = 0;
  }

  complaint(what: string): Error {
    return damaged(this.bytes, this.at, what);
  }
}
