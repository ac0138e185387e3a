import { UserError } from "../../core/errors.ts";
import { type DecodeLimits, defaultLimits } from "../codec.ts";
import { type ColourMarks, type Colours, coloursOf, noteColourMarks } from "./colours.ts";
import { damaged, unsupported } from "./damage.ts";
import { EntropyReader } from "./entropyReader.ts";
import { buildHuffmanTable, type HuffmanTable } from "./huffman.ts";
import { readScan, type Scan, type ScanComponent } from "./scan.ts";
import { zigzag } from "./zigzag.ts";

export interface ComponentCoefficients {
  readonly id: number;
  /** Sampling factors, 1..4. */
  readonly horizontal: number;
  readonly vertical: number;
  /** Blocks that hold a part of the picture; those that only fill units up are left out. */
  readonly blocksWide: number;
  readonly blocksHigh: number;
  /** Quantisation steps in natural order (row by row; a row is a vertical frequency)   // [64] */
  readonly table: Uint16Array;
  /** As the file stores them, quantised, in natural order   // [blocksHigh, blocksWide, 64] */
  readonly coefficients: Int16Array;
}

export interface JpegCoefficients {
  readonly width: number;
  readonly height: number;
  readonly progressive: boolean;
  readonly colours: Colours;
  readonly components: readonly ComponentCoefficients[];
}

/**
 * The DCT coefficients of a JPEG as libjpeg's jpeg_read_coefficients gives them: baseline, extended sequential and
 * progressive, Huffman codes, 8 bits a sample, 1 to 4 components (ITU-T T.81). Where libjpeg warns and invents the
 * rest, this is a UserError with the byte at which the file is damaged.
 */
export function readCoefficients(
  bytes: Uint8Array,
  limits: Pick<DecodeLimits, "maxPixels"> = defaultLimits,
): JpegCoefficients {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw damaged(bytes, 0, "the file does not begin as a JPEG");
  const state: State = { bytes, tables: [], dc: [], ac: [], restartInterval: 0, marks: { jfif: false } };
  for (let at = nextMarker(bytes, 2); ; ) {
    const marker = at === undefined ? undefined : bytes[at + 1]!;
    if (at === undefined || marker === undefined || marker === END) {
      return finished(state, at === undefined ? bytes.length : at, marker === END);
    }
    if (isBare(marker)) {
      at = nextMarker(bytes, at + 2);
      continue;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (end > bytes.length) throw damaged(bytes, bytes.length, "the file ends in the middle of a segment");
    if (length < 2) throw damaged(bytes, at + 2, "a segment without a length");
    const segment = { at: at + 4, bytes: bytes.subarray(at + 4, end) };
    if (marker === SCAN) {
      const reader = new EntropyReader(bytes, end);
      readScan(reader, scanOf(state, segment));
      at = nextMarker(bytes, reader.at);
      continue;
    }
    if (marker >= 0xe0 && marker <= 0xef) noteColourMarks(state.marks, marker, segment.bytes);
    else if (marker === 0xdb) readQuantisation(state, segment);
    else if (marker === 0xc4) readHuffman(state, segment);
    else if (marker === 0xdd && segment.bytes.length >= 2)
      state.restartInterval = (segment.bytes[0]! << 8) | segment.bytes[1]!;
    else if (marker >= 0xc0 && marker <= 0xcf) state.frame = readFrame(state, marker, segment, limits.maxPixels);
    at = nextMarker(bytes, end);
  }
}

const END = 0xd9;
const SCAN = 0xda;

/** Markers without a segment: restarts, a stray start of image, TEM. */
const isBare = (marker: number) => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;

function nextMarker(bytes: Uint8Array, from: number): number | undefined {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && (bytes[at + 1] === 0 || bytes[at + 1] === 0xff)) at = bytes.indexOf(0xff, at + 1);
  return at < 0 || at + 1 >= bytes.length ? undefined : at;
}

interface FrameComponent extends Omit<ComponentCoefficients, "table"> {
  readonly tableNumber: number;
  /** Progressive: by coefficient along the zigzag, the lowest bit that is known; -1 where none is   // [64] */
  readonly lowestBits: Int8Array;
  /** As it stood when the component's first scan began: a table may be replaced later. */
  table?: Uint16Array | undefined;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly progressive: boolean;
  readonly components: readonly FrameComponent[];
  readonly unitsWide: number;
  readonly unitsHigh: number;
}

interface State {
  readonly bytes: Uint8Array;
  readonly tables: (Uint16Array | undefined)[];
  readonly dc: (HuffmanTable | undefined)[];
  readonly ac: (HuffmanTable | undefined)[];
  readonly marks: ColourMarks;
  restartInterval: number;
  frame?: Frame;
}

interface Segment {
  /** Of its first byte in the file. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

function finished({ bytes, frame, marks }: State, at: number, hasEnd: boolean): JpegCoefficients {
  if (frame === undefined) throw damaged(bytes, at, "it has no frame header");
  const { width, height, progressive } = frame;
  // A progressive file without its end may lack scans: nothing tells.
  if (progressive && !hasEnd) throw damaged(bytes, at, "the file ends before its last scan");
  const components = frame.components.map(({ tableNumber: _, lowestBits: __, table, ...component }) => {
    if (table === undefined) throw damaged(bytes, at, "the file ends before every component was seen");
    return { ...component, table };
  });
  const colours = coloursOf(
    components.map(({ id }) => id),
    marks,
  );
  return { width, height, progressive, colours, components };
}

/** One segment may hold several tables, 8 or 16 bits a value, in zigzag order. */
function readQuantisation(state: State, { at: start, bytes }: Segment): void {
  for (let at = 0; at < bytes.length; ) {
    const wide = bytes[at]! >> 4 !== 0;
    const number = bytes[at]! & 15;
    at++;
    if (number > 3 || at + (wide ? 128 : 64) > bytes.length)
      throw damaged(state.bytes, start + at, "a quantisation table that is no table");
    const table = new Uint16Array(64);
    for (let k = 0; k < 64; k++)
      table[zigzag[k]!] = wide ? (bytes[at + 2 * k]! << 8) | bytes[at + 2 * k + 1]! : bytes[at + k]!;
    state.tables[number] = table;
    at += wide ? 128 : 64;
  }
}

function readHuffman(state: State, { at: start, bytes }: Segment): void {
  for (let at = 0; at < bytes.length; ) {
    const [kind, number] = [bytes[at]! >> 4, bytes[at]! & 15];
    const counts = bytes.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const symbols = bytes.subarray(at + 17, at + 17 + total);
    const isWhole = counts.length === 16 && symbols.length === total && total <= 256 && kind <= 1 && number <= 3;
    const table = isWhole ? buildHuffmanTable(counts, symbols) : undefined;
    if (table === undefined) throw damaged(state.bytes, start + at, "a Huffman table that is no code");
    (kind === 0 ? state.dc : state.ac)[number] = table;
    at += 17 + total;
  }
}

function readFrame(state: State, marker: number, { at, bytes }: Segment, maxPixels: number): Frame {
  if (marker > 0xc2) throw unsupported(frameName(marker));
  if (state.frame !== undefined) throw damaged(state.bytes, at, "a second frame header");
  const count = bytes[5] ?? 0;
  if (bytes.length < 6 + 3 * count) throw damaged(state.bytes, at, "a frame header that is too short");
  if (bytes[0] !== 8) throw unsupported(`it has ${bytes[0]} bits a sample`);
  const [height, width] = [(bytes[1]! << 8) | bytes[2]!, (bytes[3]! << 8) | bytes[4]!];
  if (width === 0 || height === 0) throw unsupported("its frame header does not say how large it is");
  if (count < 1 || count > 4) throw unsupported(`it has ${count} components`);
  if (width * height > maxPixels)
    throw new UserError(
      "too-large",
      `The JPEG is ${width} x ${height} pixels; at most ${maxPixels.toLocaleString("en")} are read. Send a smaller one or raise the limit.`,
    );
  const factors = Array.from({ length: count }, (_, i) => bytes[7 + 3 * i]!);
  const [most, mostDown] = [Math.max(...factors.map((f) => f >> 4)), Math.max(...factors.map((f) => f & 15))];
  if (factors.some((f) => f >> 4 < 1 || (f & 15) < 1) || most > 4 || mostDown > 4)
    throw damaged(state.bytes, at + 6, "a sampling factor outside 1..4");
  const sizes = factors.map((f) => ({
    horizontal: f >> 4,
    vertical: f & 15,
    blocksWide: Math.ceil((width * (f >> 4)) / (8 * most)),
    blocksHigh: Math.ceil((height * (f & 15)) / (8 * mostDown)),
  }));
  // Every block takes at least one bit: a short file that promises a large picture gets no memory.
  const blocks = sizes.reduce((sum, { blocksWide, blocksHigh }) => sum + blocksWide * blocksHigh, 0);
  if (blocks > 8 * state.bytes.length)
    throw damaged(state.bytes, state.bytes.length, `the file is too short for ${width} x ${height} pixels`);
  return {
    width,
    height,
    progressive: marker === 0xc2,
    unitsWide: Math.ceil(width / (8 * most)),
    unitsHigh: Math.ceil(height / (8 * mostDown)),
    components: sizes.map((size, i) => ({
      id: bytes[6 + 3 * i]!,
      tableNumber: bytes[8 + 3 * i]!,
      ...size,
      coefficients: new Int16Array(64 * size.blocksWide * size.blocksHigh),
      lowestBits: new Int8Array(64).fill(-1),
    })),
  };
}

function frameName(marker: number): string {
  if (marker >= 0xc9) return "it is coded arithmetically";
  return marker === 0xc3 ? "it is coded without loss" : "it is hierarchical";
}

function scanOf(state: State, { at, bytes }: Segment): Scan {
  const { frame } = state;
  const wrong = (what: string) => damaged(state.bytes, at, what);
  if (frame === undefined) throw wrong("a scan before the frame header");
  const count = bytes[0] ?? 0;
  if (count < 1 || count > 4 || bytes.length < 4 + 2 * count) throw wrong("a scan header that is no scan header");
  const [first, last, approximation] = bytes.subarray(1 + 2 * count);
  const [previous, shift] = [approximation! >> 4, approximation! & 15];
  const refines = frame.progressive && previous !== 0;
  if (frame.progressive) {
    const isDc = first === 0;
    const isBand = isDc ? last === 0 : count === 1 && first! <= last! && last! <= 63;
    if (!isBand || shift > 13 || (refines && shift !== previous - 1)) throw wrong("a scan of no possible band or bits");
  }
  const seen = new Set<FrameComponent>();
  const components = Array.from({ length: count }, (_, i): ScanComponent => {
    const component = frame.components.find(({ id }) => id === bytes[1 + 2 * i]);
    if (component === undefined || seen.has(component))
      throw wrong("a scan of components that the frame does not have");
    seen.add(component);
    component.table ??= state.tables[component.tableNumber]?.slice();
    if (component.table === undefined) throw wrong("a component without a quantisation table");
    const numbers = bytes[2 + 2 * i]!;
    const [dc, ac] = [state.dc[numbers >> 4], state.ac[numbers & 15]];
    const needsDc = !frame.progressive || (first === 0 && !refines);
    const needsAc = !frame.progressive || first !== 0;
    if ((needsDc && dc === undefined) || (needsAc && ac === undefined)) throw wrong("a scan without its Huffman table");
    // Nothing is sent twice: so few scans are possible that no small file keeps us busy for long.
    if (frame.progressive)
      for (let k = first!; k <= last!; k++) {
        if (component.lowestBits[k] !== (refines ? previous : -1)) throw wrong("a scan out of its order");
        component.lowestBits[k] = shift;
      }
    return { ...component, ...(dc && { dc }), ...(ac && { ac }) };
  });
  return {
    components,
    progressive: frame.progressive,
    first: first!,
    last: last!,
    refines,
    shift,
    restartInterval: state.restartInterval,
    unitsWide: frame.unitsWide,
    unitsHigh: frame.unitsHigh,
  };
}
