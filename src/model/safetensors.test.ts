import fc from "fast-check";
import { describe, expect, it } from "vitest";
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
