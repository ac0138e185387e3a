import { inflateSync } from "node:zlib";

interface Table {
  readonly tag: number;
  readonly data: Uint8Array;
}

/**
 * The plain font inside a WOFF file, under another family name (W3C, WOFF File Format 1.0, 2012). Pango inside sharp
 * reads no packed fonts; and a name of our own is never mistaken for a font of the system.
 * Errors: RangeError where the file is no WOFF.
 */
export function unpackWoff(file: Uint8Array, family: string): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 44 || view.getUint32(0) !== 0x774f4646) throw new RangeError("This is no WOFF file.");
  const tables: Table[] = Array.from({ length: view.getUint16(12) }, (_, i) => {
    const at = 44 + 20 * i;
    const [tag, offset, packed, length] = [0, 4, 8, 12].map((skip) => view.getUint32(at + skip)) as [
      number,
      number,
      number,
      number,
    ];
    if (tag === nameTag) return { tag, data: nameTable(family) };
    const data = file.subarray(offset, offset + packed);
    return { tag, data: packed < length ? new Uint8Array(inflateSync(data)) : data };
  });
  return packSfnt(view.getUint32(4), tables);
}

function packSfnt(flavour: number, tables: readonly Table[]): Uint8Array {
  const count = tables.length;
  const padded = (length: number) => (length + 3) & ~3;
  const font = new Uint8Array(12 + 16 * count + tables.reduce((sum, { data }) => sum + padded(data.length), 0));
  const out = new DataView(font.buffer);
  const exponent = Math.floor(Math.log2(count));
  out.setUint32(0, flavour);
  for (const [i, word] of [count, 16 << exponent, exponent, 16 * count - (16 << exponent)].entries())
    out.setUint16(4 + 2 * i, word);
  let offset = 12 + 16 * count;
  for (const [i, { tag, data }] of tables.entries()) {
    font.set(data, offset);
    let checksum = 0;
    for (let at = offset; at < offset + padded(data.length); at += 4) checksum = (checksum + out.getUint32(at)) >>> 0;
    for (const [j, word] of [tag, checksum, offset, data.length].entries()) out.setUint32(12 + 16 * i + 4 * j, word);
    offset += padded(data.length);
  }
  return font;
}

const nameTag = 0x6e616d65;

/** A name table that says family, Regular, full name and PostScript name, in English for Windows (UTF-16). */
function nameTable(family: string): Uint8Array {
  const names: [number, string][] = [
    [1, family],
    [2, "Regular"],
    [4, family],
    [6, family.replaceAll(" ", "")],
  ];
  const start = 6 + 12 * names.length;
  const table = new Uint8Array(start + 2 * names.reduce((sum, [, text]) => sum + text.length, 0));
  const out = new DataView(table.buffer);
  out.setUint16(2, names.length);
  out.setUint16(4, start);
  let offset = 0;
  for (const [i, [id, text]] of names.entries()) {
    for (const [j, word] of [3, 1, 0x409, id, 2 * text.length, offset].entries())
      out.setUint16(6 + 12 * i + 2 * j, word);
    for (let c = 0; c < text.length; c++) out.setUint16(start + offset + 2 * c, text.charCodeAt(c));
    offset += 2 * text.length;
  }
  return table;
}
