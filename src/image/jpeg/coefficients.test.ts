import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import fc from "../../../test/fc.ts";
import { coefficientBytes } from "../../../test/golden/image/coefficientBytes.ts";
import golden from "../../../test/golden/image/coefficients.json" with { type: "json" };
import { UserError } from "../../core/errors.ts";
import { readCoefficients } from "./coefficients.ts";

const files = golden.map(({ name, file, sha256 }) => ({
  name,
  bytes: new Uint8Array(Buffer.from(file, "base64")),
  sha256,
}));
const named = (name: string) => files.find((entry) => entry.name === name)!.bytes;

it.each(files)("equals libjpeg: $name", ({ bytes, sha256 }) => {
  expect(
    createHash("sha256")
      .update(coefficientBytes(readCoefficients(bytes)))
      .digest("hex"),
  ).toBe(sha256);
});

it("says what it read", () => {
  const { width, height, progressive, components } = readCoefficients(named("progressive 2x2"));
  expect([width, height, progressive]).toEqual([40, 33, true]);
  expect(
    components.map(({ id, horizontal, vertical, blocksWide, blocksHigh }) => [
      id,
      horizontal,
      vertical,
      blocksWide,
      blocksHigh,
    ]),
  ).toEqual([
    [1, 2, 2, 5, 5],
    [2, 1, 1, 3, 3],
    [3, 1, 1, 3, 3],
  ]);
  // cjpeg's default, quality 75: the first row of table K.1 halved.
  expect([...components[0]!.table.slice(0, 8)]).toEqual([8, 6, 5, 8, 12, 20, 26, 31]);
});

it.each([
  ["quality 75", "YCbCr"],
  ["grey", "grey"],
  ["rgb", "RGB"],
  ["cmyk", "other"],
])("says what the components of %s stand for", (name, colours) => {
  expect(readCoefficients(named(name)).colours).toBe(colours);
});

describe("refuses in a sentence", () => {
  const changed = (name: string, find: number[], offset: number, value: number) => {
    const bytes = named(name).slice();
    const at = bytes.findIndex((_, i) => find.every((byte, k) => bytes[i + k] === byte));
    bytes[at + offset] = value;
    return bytes;
  };
  const frame = [0xff, 0xc0, 0x00, 0x11];

  it.each([
    ["arithmetic coding", changed("quality 75", frame, 1, 0xc9), /arithmetically/],
    ["lossless coding", changed("quality 75", frame, 1, 0xc3), /without loss/],
    ["12 bits", changed("quality 75", frame, 4, 12), /12 bits a sample/],
    ["no height", changed("quality 75", [...frame, 8, 0], 6, 0), /how large/],
  ])("%s", (_name, bytes, sentence) => {
    expect(() => readCoefficients(bytes)).toThrow(expect.objectContaining({ code: "unsupported-format" }));
    expect(() => readCoefficients(bytes)).toThrow(sentence);
  });

  it("what is damaged, with the place", () => {
    const whole = named("quality 90");
    expect(() => readCoefficients(new Uint8Array())).toThrow(/does not begin as a JPEG \(byte 0 of 0\)/);
    expect(() => readCoefficients(whole.subarray(0, 100))).toThrow(/middle of a segment \(byte 100 of 100\)/);
    const cut = whole.length - 200;
    expect(() => readCoefficients(whole.subarray(0, cut))).toThrow(
      new RegExp(`ends in the middle of a scan \\(byte ${cut.toLocaleString("en")} of ${cut.toLocaleString("en")}\\)`),
    );
    expect(() => readCoefficients(changed("restart every 2 units", [0xff, 0xd3], 1, 0xd5))).toThrow(/restart marker 3/);
    const progressive = named("progressive 1x1");
    expect(() => readCoefficients(progressive.subarray(0, progressive.length - 2))).toThrow(/before its last scan/);
  });

  it("more pixels than allowed, and more than the file can hold", () => {
    expect(() => readCoefficients(named("quality 75"), { maxPixels: 1319 })).toThrow(/40 x 33 pixels/);
    expect(readCoefficients(named("quality 75"), { maxPixels: 1320 }).width).toBe(40);
    expect(() => readCoefficients(changed("quality 75", [...frame, 8, 0], 5, 30))).toThrow(/too short for 40 x 7/);
  });

  it("scans that say again what is known, or refine what is not", () => {
    const bytes = named("DC alone");
    const scan = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xda);
    const again = [...bytes.subarray(0, -2), ...bytes.subarray(scan)];
    expect(() => readCoefficients(Uint8Array.from(again))).toThrow(/scan out of its order/);
    const refining = bytes.slice();
    refining[scan + 13] = 0x10;
    expect(() => readCoefficients(refining)).toThrow(/scan out of its order/);
  });
});

it("answers damaged files or refuses them, soon", () => {
  const flips = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 255 })), {
    minLength: 1,
    maxLength: 8,
  });
  const cut = fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }));
  const start = process.cpuUsage();
  const property = fc.property(fc.constantFrom(...files), flips, cut, ({ bytes }, changes, left) => {
    const copy = bytes.slice(0, Math.ceil(bytes.length * left));
    for (const [place, bits] of changes) copy[Math.floor(place * (copy.length - 1))]! ^= bits;
    try {
      const { components } = readCoefficients(copy);
      for (const { coefficients, blocksWide, blocksHigh } of components)
        expect(coefficients.length).toBe(64 * blocksWide * blocksHigh);
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
    }
  });
  fc.assert(property, { numRuns: 3000, seed: 4870 });
  // Processor time, in microseconds: a busy machine is no hang.
  expect(process.cpuUsage(start).user).toBeLessThan(20_000_000);
});
