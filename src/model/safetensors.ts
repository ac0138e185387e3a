import { z } from "zod";
import { UserError } from "../core/errors.ts";
import { decodeFloats, floatBytes } from "./floats.ts";

/** A float tensor. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * The safetensors format (Hugging Face, 2022), written as float32: 8 bytes of header length, a JSON header with each
 * tensor's type, shape and byte range, then the bytes. Little-endian, as every machine that we run on.
 */
export function writeSafetensors(tensors: ReadonlyMap<string, Tensor>, metadata: Record<string, string>): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: "F32", shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const unpadded = new TextEncoder().encode(JSON.stringify(header));
  // The data start at a multiple of 8 bytes: the header is padded with spaces, as the format asks.
  const headerLength = Math.ceil(unpadded.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8 + unpadded.length, 8 + headerLength);
  bytes.set(unpadded, 8);
  let position = 8 + headerLength;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}

/** Longest header that the format allows, in bytes. */
const longestHeader = 100_000_000;

/** Whole numbers: counters, which are no weights. They are left out. */
const counters = new Set(["I64", "I32"]);

const headerSchema = z.object({ __metadata__: z.record(z.string(), z.string()).optional() }).catchall(
  z.object({
    dtype: z.string(),
    shape: z.array(z.int().min(0)),
    data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
  }),
);

/**
 * Every float tensor, as float32 (F16, BF16 and F64 are converted, counters left out), and the metadata. Throws
 * UserError bad-model, naming the file, where it is cut short, no safetensors file, or of another type.
 */
export function readSafetensors(
  file: string,
  bytes: Uint8Array,
): { tensors: Map<string, Tensor>; metadata: Record<string, string> } {
  const refused = (what: string, cause?: unknown) =>
    new UserError("bad-model", `${file} ${what}. Download or write it again, or pass another file.`, { cause });
  const cutShort = (needed: number) =>
    refused(`is cut short: it has ${bytes.length.toLocaleString("en")} of ${needed.toLocaleString("en")} bytes`);
  if (bytes.length < 9) throw refused(`is no whole safetensors file: it has ${bytes.length} bytes`);
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (headerLength > longestHeader || bytes[8] !== "{".charCodeAt(0))
    throw refused("is no safetensors file: it does not begin with the length of a header and the header");
  const start = 8 + headerLength;
  if (start > bytes.length) throw cutShort(start);
  let header: z.infer<typeof headerSchema>;
  try {
    header = headerSchema.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(8, start))));
  } catch (cause) {
    throw refused("is no safetensors file: its header is not JSON with a type, a shape and offsets a tensor", cause);
  }
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors = new Map<string, Tensor>();
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(entries)) {
    const [from, to] = data_offsets;
    if (start + to > bytes.length) throw cutShort(start + Math.max(...Object.values(entries).map(lastByte)));
    if (counters.has(dtype)) continue;
    const size = floatBytes[dtype];
    if (size === undefined)
      throw refused(`holds ${name} as ${dtype}, and Assay reads F32, F16, BF16 and F64: convert it to one of these`);
    const count = shape.reduce((product, length) => product * length, 1);
    if (to - from !== size * count)
      throw refused(`is damaged: ${name} [${shape.join(", ")}] as ${dtype} has ${to - from} bytes`);
    tensors.set(name, { shape, data: decodeFloats(dtype, bytes.subarray(start + from, start + to))! });
  }
  return { tensors, metadata };
}

const lastByte = ({ data_offsets: [, to] }: { data_offsets: [number, number] }) => to;
