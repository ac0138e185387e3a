import type { EntropyReader } from "./entropyReader.ts";
import type { HuffmanTable } from "./huffman.ts";
import { zigzag } from "./zigzag.ts";

/** A component as a scan fills it. */
export interface ScanComponent {
  /** Sampling factors: blocks across and down in an interleaved unit. */
  readonly horizontal: number;
  readonly vertical: number;
  readonly blocksWide: number;
  readonly blocksHigh: number;
  /** [blocksHigh, blocksWide, 64] */
  readonly coefficients: Int16Array;
  /** The codes of this scan; absent where it needs none. */
  readonly dc?: HuffmanTable;
  readonly ac?: HuffmanTable;
}

/** What a start-of-scan segment says (T.81, B.2.3). */
export interface Scan {
  readonly components: readonly ScanComponent[];
  readonly progressive: boolean;
  /** First and last coefficient along the zigzag, 0..63. */
  readonly first: number;
  readonly last: number;
  /** Whether bits are added to coefficients of earlier scans. */
  readonly refines: boolean;
  /** Bits by which the values are shifted (successive approximation). */
  readonly shift: number;
  /** Units between restart markers; 0 for none. */
  readonly restartInterval: number;
  /** Units across and down where several components are interleaved. */
  readonly unitsWide: number;
  readonly unitsHigh: number;
}

/** What is carried from block to block, and forgotten at a restart. */
interface Carry {
  /** The last DC value of each component of the scan. */
  readonly predictions: Int32Array;
  /** Blocks to come that hold nothing new (progressive, AC). */
  emptyRun: number;
}

type ReadBlock = (to: Int16Array, at: number, component: number) => void;

/** Reads one scan into the coefficients of its components (T.81, annex F.2 and G.2). */
export function readScan(reader: EntropyReader, scan: Scan): void {
  const carry: Carry = { predictions: new Int32Array(scan.components.length), emptyRun: 0 };
  const readBlock = blockReader(reader, scan, carry);
  let left = scan.restartInterval;
  let restarts = 0;
  const nextUnit = () => {
    if (scan.restartInterval === 0 || left-- > 0) return;
    reader.restart(restarts++ & 7);
    left = scan.restartInterval - 1;
    carry.predictions.fill(0);
    carry.emptyRun = 0;
  };
  if (scan.components.length === 1) readAlone(reader, scan.components[0]!, nextUnit, readBlock);
  else readInterleaved(reader, scan, nextUnit, readBlock);
}

/** A component by itself: its blocks row by row, without those that only fill units up. */
function readAlone(reader: EntropyReader, component: ScanComponent, nextUnit: () => void, readBlock: ReadBlock): void {
  const { coefficients } = component;
  for (let at = 0; at < coefficients.length; at += 64) {
    nextUnit();
    readBlock(coefficients, at, 0);
    reader.checkEnd();
  }
}

/** Several components: in every unit horizontal x vertical blocks of each; those beyond the picture are read and dropped. */
function readInterleaved(reader: EntropyReader, scan: Scan, nextUnit: () => void, readBlock: ReadBlock): void {
  const dropped = new Int16Array(64);
  for (let row = 0; row < scan.unitsHigh; row++) {
    for (let column = 0; column < scan.unitsWide; column++) {
      nextUnit();
      for (let c = 0; c < scan.components.length; c++) {
        const { horizontal, vertical, blocksWide, blocksHigh, coefficients } = scan.components[c]!;
        for (let y = row * vertical; y < (row + 1) * vertical; y++) {
          for (let x = column * horizontal; x < (column + 1) * horizontal; x++) {
            if (x < blocksWide && y < blocksHigh) readBlock(coefficients, 64 * (y * blocksWide + x), c);
            else readBlock(dropped, 0, c);
          }
        }
      }
      reader.checkEnd();
    }
  }
}

function blockReader(reader: EntropyReader, scan: Scan, carry: Carry): ReadBlock {
  const { components, progressive, first, last, refines, shift } = scan;
  const dc = components.map((component) => component.dc!);
  const ac = components.map((component) => component.ac!);
  if (!progressive)
    return (to, at, c) => {
      to[at] = nextDc(reader, dc[c]!, carry, c);
      readAc(reader, ac[c]!, to, at);
    };
  if (first === 0) {
    if (refines)
      return (to, at) => {
        to[at]! |= reader.receive(1) << shift;
      };
    return (to, at, c) => {
      to[at] = nextDc(reader, dc[c]!, carry, c) << shift;
    };
  }
  const band = { first, last, shift };
  if (refines) return (to, at) => refineBand(reader, ac[0]!, band, carry, to, at);
  return (to, at) => readBand(reader, ac[0]!, band, carry, to, at);
}

function nextDc(reader: EntropyReader, table: HuffmanTable, { predictions }: Carry, c: number): number {
  const size = reader.symbol(table);
  if (size > 15) throw reader.complaint("a DC difference of more than 15 bits");
  predictions[c]! += reader.signed(size);
  return predictions[c]!;
}

/** Coefficients 1..63 of a sequential block: run of zeros and size, then the value (F.2.2.2). */
function readAc(reader: EntropyReader, table: HuffmanTable, to: Int16Array, at: number): void {
  for (let k = 1; k < 64; k++) {
    const symbol = reader.symbol(table);
    const size = symbol & 15;
    if (size === 0) {
      if (symbol !== 0xf0) return;
      k += 15;
    } else {
      k += symbol >>> 4;
      if (k > 63) throw reader.complaint("a block of more than 64 coefficients");
      to[at + zigzag[k]!] = reader.signed(size);
    }
  }
}

interface Band {
  readonly first: number;
  readonly last: number;
  readonly shift: number;
}

/** The leading bits of a band of coefficients (G.1.2.2). */
function readBand(
  reader: EntropyReader,
  table: HuffmanTable,
  { first, last, shift }: Band,
  carry: Carry,
  to: Int16Array,
  at: number,
): void {
  if (carry.emptyRun > 0) {
    carry.emptyRun--;
    return;
  }
  for (let k = first; k <= last; k++) {
    const symbol = reader.symbol(table);
    const [run, size] = [symbol >>> 4, symbol & 15];
    if (size !== 0) {
      k += run;
      if (k > last) throw reader.complaint("a block of more coefficients than its scan has");
      to[at + zigzag[k]!] = reader.signed(size) << shift;
    } else if (run === 15) k += 15;
    else {
      carry.emptyRun = (1 << run) - 1 + reader.receive(run);
      return;
    }
  }
}

/** One more bit of a band: of those that are not zero, and new ones of +-1 (G.1.2.3). */
function refineBand(
  reader: EntropyReader,
  table: HuffmanTable,
  { first, last, shift }: Band,
  carry: Carry,
  to: Int16Array,
  at: number,
): void {
  const bit = 1 << shift;
  let k = first;
  if (carry.emptyRun === 0) {
    for (; k <= last; k++) {
      const symbol = reader.symbol(table);
      const size = symbol & 15;
      let zeros = symbol >>> 4;
      let value = 0;
      if (size === 1) value = reader.receive(1) === 1 ? bit : -bit;
      else if (size !== 0) throw reader.complaint("a new coefficient of more than one bit in a refining scan");
      else if (zeros !== 15) {
        carry.emptyRun = (1 << zeros) + reader.receive(zeros);
        break;
      }
      // Past `zeros` coefficients that stay zero; those that are not zero get their bit on the way.
      for (; k <= last; k++) {
        const place = at + zigzag[k]!;
        if (to[place] !== 0) refine(reader, to, place, bit);
        else if (zeros-- === 0) break;
      }
      if (value === 0) continue;
      if (k > last) throw reader.complaint("a block of more coefficients than its scan has");
      to[at + zigzag[k]!] = value;
    }
  }
  if (carry.emptyRun === 0) return;
  for (; k <= last; k++) {
    const place = at + zigzag[k]!;
    if (to[place] !== 0) refine(reader, to, place, bit);
  }
  carry.emptyRun--;
}

/** The bit is added away from zero, once. */
function refine(reader: EntropyReader, to: Int16Array, place: number, bit: number): void {
  const value = to[place]!;
  if (reader.receive(1) === 1 && (value & bit) === 0) to[place] = value + (value > 0 ? bit : -bit);
}
