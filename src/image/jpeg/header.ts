import { estimateQuality } from "./quality.ts";
import { zigzag } from "./zigzag.ts";

export interface JpegComponent {
  readonly id: number;
  /** Sampling factors, 1..4. */
  readonly h: number;
  readonly v: number;
  /** Number of its quantisation table, 0..3. */
  readonly table: number;
}

/** What a JPEG says before its pixels (ITU-T T.81, annex B). */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** Bits a sample, 8 or 12. */
  readonly precision: number;
  readonly progressive: boolean;
  readonly components: readonly JpegComponent[];
  /** "4:4:4", "4:2:2", "4:2:0", "4:4:0", "4:1:1"; "grey" for one component; otherwise the factors, as "2x2,1x2,1x2". */
  readonly subsampling: string;
  /** By table number; 64 values each, in natural order (row by row). */
  readonly tables: Readonly<Record<number, readonly number[]>>;
  /** libjpeg's quality whose tables come nearest, 1..100; absent where the file holds no tables. */
  readonly quality?: number;
  /** True where the tables are exactly the standard ones (T.81, annex K) scaled to that quality. */
  readonly standardTables: boolean;
  /** Application segments in the order of the file: "JFIF", "Exif", "XMP", "ICC", "Photoshop", "Adobe", else "APP7". */
  readonly applications: readonly string[];
  readonly comments: readonly string[];
  /** Where the entropy-coded data of the first scan begin; absent where the file ends before. */
  readonly scanOffset?: number;
  /** False where no end-of-image marker was found: the file was cut short. */
  readonly complete: boolean;
  /** Bytes after the end of the picture: appended files, depth maps, or something hidden. */
  readonly trailingBytes: number;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const COM = 0xfe;

/** undefined where the bytes are no JPEG or end before the frame header. Never throws; reads each byte at most once. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return undefined;
  const tables: Record<number, number[]> = {};
  const applications: string[] = [];
  const comments: string[] = [];
  let frame: Frame | undefined;
  let scanOffset: number | undefined;
  let end: number | undefined;

  for (let at = nextMarker(bytes, 2); at !== undefined; ) {
    const marker = bytes[at + 1]!;
    if (marker === EOI) {
      end = at + 2;
      break;
    }
    if (isBare(marker)) {
      at = nextMarker(bytes, at + 2);
      continue;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (length < 2 || at + 2 + length > bytes.length) break;
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (marker === DQT) readTables(segment, tables);
    else if (isFrame(marker)) frame ??= readFrame(segment, marker);
    else if (marker >= 0xe0 && marker <= 0xef) applications.push(applicationName(marker, segment));
    else if (marker === COM) comments.push(text(segment));
    else if (marker === SOS) scanOffset ??= at + 2 + length;
    at = nextMarker(bytes, at + 2 + length);
  }
  if (frame === undefined) return undefined;
  return {
    ...frame,
    subsampling: subsamplingName(frame.components),
    tables,
    ...estimateQuality(tables, frame.components),
    applications,
    comments,
    ...(scanOffset !== undefined && { scanOffset }),
    complete: end !== undefined,
    trailingBytes: end === undefined ? 0 : bytes.length - end,
  };
}

type Frame = Pick<JpegHeader, "width" | "height" | "precision" | "progressive" | "components">;

/** The next 0xff that is followed by a marker, skipping entropy-coded data (ff 00), restarts and fill bytes. */
function nextMarker(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1]!;
    if (marker !== 0x00 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return at;
  }
  return undefined;
}

/** Markers without a segment: TEM, and a stray start of image. */
const isBare = (marker: number) => marker === 0x01 || marker === SOI;

/** SOF0..SOF15 without DHT (c4), JPG (c8) and DAC (cc), which stand between them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function readFrame(segment: Uint8Array, marker: number): Frame | undefined {
  const count = segment[5] ?? 0;
  if (count === 0 || segment.length < 6 + 3 * count) return undefined;
  const components = Array.from({ length: count }, (_, i) => {
    const [id, factors, table] = segment.subarray(6 + 3 * i, 9 + 3 * i);
    return { id: id!, h: factors! >> 4, v: factors! & 15, table: table! };
  });
  const word = (at: number) => (segment[at]! << 8) | segment[at + 1]!;
  return {
    width: word(3),
    height: word(1),
    precision: segment[0]!,
    progressive: marker === 0xc2 || marker === 0xc6 || marker === 0xca || marker === 0xce,
    components,
  };
}

/** One DQT segment may hold several tables, 8 or 16 bits a value, in zigzag order. */
function readTables(segment: Uint8Array, tables: Record<number, number[]>): void {
  for (let at = 0; at < segment.length; ) {
    const wide = segment[at]! >> 4 !== 0;
    const number = segment[at]! & 15;
    at += 1;
    if (at + (wide ? 128 : 64) > segment.length) return;
    const table = new Array<number>(64).fill(0);
    for (let k = 0; k < 64; k++) {
      table[zigzag[k]!] = wide ? (segment[at + 2 * k]! << 8) | segment[at + 2 * k + 1]! : segment[at + k]!;
    }
    tables[number] = table;
    at += wide ? 128 : 64;
  }
}

function subsamplingName(components: readonly JpegComponent[]): string {
  if (components.length === 1) return "grey";
  const [luma, ...chroma] = components;
  const names: Record<string, string> = {
    "1x1": "4:4:4",
    "2x1": "4:2:2",
    "2x2": "4:2:0",
    "1x2": "4:4:0",
    "4x1": "4:1:1",
  };
  const plain = chroma.slice(0, 2).every(({ h, v }) => h === 1 && v === 1);
  const name = names[`${luma!.h}x${luma!.v}`];
  return plain && name !== undefined ? name : components.map(({ h, v }) => `${h}x${v}`).join(",");
}

const signatures: readonly (readonly [marker: number, start: string, name: string])[] = [
  [0xe0, "JFIF\0", "JFIF"],
  [0xe0, "JFXX\0", "JFXX"],
  [0xe1, "Exif\0", "Exif"],
  [0xe1, "http://ns.adobe.com/xap/1.0/\0", "XMP"],
  [0xe1, "http://ns.adobe.com/xmp/extension/\0", "XMP extension"],
  [0xe2, "ICC_PROFILE\0", "ICC"],
  [0xe2, "MPF\0", "MPF"],
  [0xeb, "JP", "JUMBF"],
  [0xec, "Ducky", "Ducky"],
  [0xed, "Photoshop 3.0\0", "Photoshop"],
  [0xee, "Adobe", "Adobe"],
];

function applicationName(marker: number, segment: Uint8Array): string {
  const start = text(segment.subarray(0, 40));
  const found = signatures.find(([where, signature]) => where === marker && start.startsWith(signature));
  return found?.[2] ?? `APP${marker - 0xe0}`;
}

/** Latin 1, at most 1,000 characters. */
function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 1000));
}
