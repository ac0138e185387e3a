import { UserError } from "../core/errors.ts";

/** A float tensor. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * The safetensors format (Hugging Face, 2022), float32 only: 8 bytes of header length, a JSON header with each
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

/** Throws UserError bad-model, naming the file, where it is cut short or no safetensors file. */
export function readSafetensors(
  file: string,
  bytes: Uint8Array,
): { tensors: Map<string, Tensor>; metadata: Record<string, string> } {
  const broken = (what: string, cause?: unknown) =>
    new UserError(
      "bad-model",
      `${file} is no whole safetensors file: ${what}. Use another checkpoint, or train again.`,
      { cause },
    );
  if (bytes.length < 8) throw broken(`it has ${bytes.length} bytes`);
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const start = 8 + headerLength;
  if (start > bytes.length) throw broken(`its header of ${headerLength} bytes is cut short`);
  let header: Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)));
  } catch (cause) {
    throw broken("its header is not JSON", cause);
  }
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors = new Map<string, Tensor>();
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(entries)) {
    if (dtype !== "F32") throw broken(`tensor ${name} is ${dtype}, not F32`);
    const [from, to] = data_offsets;
    const count = shape.reduce((product, size) => product * size, 1);
    if (start + to > bytes.length || to - from !== 4 * count) throw broken(`tensor ${name} is cut short`);
    tensors.set(name, {
      shape,
      data: new Float32Array(new Uint8Array(bytes.subarray(start + from, start + to)).buffer),
    });
  }
  return { tensors, metadata: metadata as unknown as Record<string, string> };
}
