import { describe, expect, it } from "vitest";
import fc from "../../test/fc.ts";
import { UserError } from "../core/errors.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

const tensors = new Map([
  ["a", { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-30, 7) }],
  ["b", { shape: [], data: Float32Array.of(9) }],
]);

describe("safetensors", () => {
  it("gives back what it wrote, from a Buffer at any offset, too", () => {
    const bytes = writeSafetensors(tensors, { note: "grüezi" });
    const pool = Buffer.alloc(bytes.length + 3);
    pool.set(bytes, 3);
    for (const file of [bytes, pool.subarray(3)]) {
      const read = readSafetensors("x", file);
      expect(read.tensors).toEqual(tensors);
      expect(read.metadata).toEqual({ note: "grüezi" });
    }
  });

  it("has the layout that the format asks for", () => {
    const bytes = writeSafetensors(tensors, {});
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(header.a).toEqual({ dtype: "F32", shape: [2, 3], data_offsets: [0, 24] });
    expect(header.b).toEqual({ dtype: "F32", shape: [], data_offsets: [24, 28] });
    expect(bytes.length).toBe(8 + length + 28);
  });

  it("reads half, brain and double floats as float32, and leaves counters out", () => {
    const file = raw({
      half: ["F16", [2, 3], Uint8Array.of(0, 0x3c, 0, 0xc0, 0xff, 0x7b, 1, 0, 0, 0x80, 0, 0xfc)],
      brain: ["BF16", [3], Uint8Array.of(0x80, 0x3f, 0x49, 0xc0, 0x80, 0x7f)],
      counter: ["I64", [], new Uint8Array(8)],
      double: ["F64", [1], new Uint8Array(Float64Array.of(0.1).buffer)],
    });
    // Bits and values: numpy and PyTorch, with which all 65,536 of both agree.
    expect(readSafetensors("x", file).tensors).toEqual(
      new Map([
        ["half", { shape: [2, 3], data: Float32Array.of(1, -2, 65504, 2 ** -24, -0, Number.NEGATIVE_INFINITY) }],
        ["brain", { shape: [3], data: Float32Array.of(1, -3.140625, Number.POSITIVE_INFINITY) }],
        ["double", { shape: [1], data: Float32Array.of(0.1) }],
      ]),
    );
  });

  it("says what a file is, if it is not one", () => {
    const bytes = writeSafetensors(tensors, {});
    const read = (file: Uint8Array) => () => readSafetensors("w.safetensors", file);
    expect(read(bytes.subarray(0, bytes.length - 5))).toThrow(
      `w.safetensors is cut short: it has ${bytes.length - 5} of ${bytes.length} bytes. Download or write it again, or pass another file.`,
    );
    expect(read(Buffer.from("<!doctype html><title>Sign in"))).toThrow(
      /^w.safetensors is no safetensors file: .* Down/,
    );
    expect(read(new Uint8Array(0))).toThrow(/no whole safetensors file: it has 0 bytes/);
    expect(read(raw({ a: ["F8_E4M3", [1], new Uint8Array(1)] }))).toThrow(/holds a as F8_E4M3.*convert it/);
    expect(read(raw({ a: ["F32", [2], new Uint8Array(4)] }))).toThrow(/damaged: a \[2\] as F32 has 4 bytes/);
    const nonsense = new TextEncoder().encode('12345678{"a":7}');
    new DataView(nonsense.buffer).setBigUint64(0, 7n, true);
    expect(read(nonsense)).toThrow(/its header is not JSON with/);
  });

  it("refuses every cut with a sentence", () => {
    const bytes = writeSafetensors(tensors, {});
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (end) => {
        expect(() => readSafetensors("last.safetensors", bytes.subarray(0, end))).toThrow(UserError);
      }),
      { numRuns: 100 },
    );
  });
});

/** A file of any types. */
function raw(entries: Record<string, [dtype: string, shape: number[], data: Uint8Array]>): Uint8Array {
  let offset = 0;
  const header = Object.entries(entries).map(([name, [dtype, shape, { length }]]) => {
    offset += length;
    return [name, { dtype, shape, data_offsets: [offset - length, offset] }];
  });
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const length = new Uint8Array(BigUint64Array.of(BigInt(text.length)).buffer);
  return Buffer.concat([length, text, ...Object.values(entries).map(([, , data]) => data)]);
}
