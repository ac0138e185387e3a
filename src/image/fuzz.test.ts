import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import fc from "../../test/fc.ts";
import golden from "../../test/golden/image/files.json" with { type: "json" };
import { UserError } from "../core/errors.ts";
import { readJpegHeader } from "./jpeg/header.ts";
import { readMetadata } from "./metadata.ts";
import { sharpCodec as codec } from "./sharpCodec.ts";

// Real encodings of every format, 16 bits, alpha, several pages, palettes and metadata included.
const files = [...golden.jpeg, ...golden.exact, ...golden.close]
  .filter(({ name }) => !/^q(1|10|25|50|75|95|100)$/.test(name))
  .map(({ name, file }) => [name, Uint8Array.from(Buffer.from(file, "base64"))] as const);
const limits = { maxBytes: 1 << 20, maxPixels: 1 << 20 };

/** Where, as a share of the file, and what to put there: a byte to flip bits in. */
const flips = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 255 })), {
  maxLength: 12,
});
/** How much of the file is left. */
const cut = fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }));

function damaged(bytes: Uint8Array, changes: [number, number][], left: number): Uint8Array {
  const copy = bytes.slice(0, Math.ceil(bytes.length * left));
  for (const [place, bits] of changes) {
    const at = Math.floor(place * (copy.length - 1));
    if (at >= 0) copy[at]! ^= bits;
  }
  return copy;
}

/** An answer or a UserError, nothing else, and soon. */
async function survives(bytes: Uint8Array): Promise<void> {
  const start = process.cpuUsage();
  readJpegHeader(bytes);
  readMetadata(bytes);
  try {
    const { pixels } = await codec.decode(bytes, limits);
    expect(pixels.data.length).toBe(pixels.width * pixels.height * 3);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
  }
  // Processor time, in microseconds: a busy machine is no hang.
  expect(process.cpuUsage(start).user).toBeLessThan(5_000_000);
}

describe("damaged files are answered or refused, never a crash", () => {
  beforeEach(() => {
    vi.spyOn(console, "error").mockImplementation(() => {});
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each(files)("%s", async (_name, bytes) => {
    const property = fc.asyncProperty(flips, cut, (changes, left) => survives(damaged(bytes, changes, left)));
    await fc.assert(property, { numRuns: 20, seed: 4870 });
  });

  it("still reads a good HEIC after bad ones", async () => {
    const [, heic] = files.find(([name]) => name === "heic")!;
    expect((await codec.decode(heic)).pixels.width).toBe(24);
  });

  it("bytes of no format", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), survives), { numRuns: 100, seed: 4870 });
  });

  it("a header of one format before the body of another", async () => {
    const pick = fc.constantFrom(...files.map(([, bytes]) => bytes));
    const property = fc.asyncProperty(pick, pick, fc.integer({ min: 4, max: 40 }), (head, body, at) =>
      survives(Uint8Array.from([...head.subarray(0, at), ...body.subarray(at)])),
    );
    await fc.assert(property, { numRuns: 60, seed: 4870 });
  });
});
