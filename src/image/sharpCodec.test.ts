import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import sharp from "sharp";
import { describe, expect, it, vi } from "vitest";
import golden from "../../test/golden/image/files.json" with { type: "json" };
import type { ErrorCode } from "../core/errors.ts";
import { defaultLimits, resizeKernels } from "./codec.ts";
import { readJpegHeader } from "./jpeg/header.ts";
import { sharpCodec as codec } from "./sharpCodec.ts";

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));
const fileOf = (name: string) =>
  bytes([...golden.jpeg, ...golden.exact, ...golden.close].find((entry) => entry.name === name)!.file);
const text = (words: string) => new TextEncoder().encode(words);

/** A PNG that says in its header how large it is, and holds no pixels. */
async function pngOfSize(width: number, height: number): Promise<Uint8Array> {
  const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: "white" } })
    .png()
    .toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return new Uint8Array(png);
}

function crc32(data: Uint8Array): number {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

describe("decode", () => {
  it.each([...golden.jpeg, ...golden.exact])("gives Pillow's pixels: $name", async ({ file, pixels }) => {
    const image = await codec.decode(bytes(file));
    expect(image.pixels).toMatchObject({ width: golden.width, height: golden.height, channels: 3 });
    expect(image.pixels.data).toEqual(bytes(pixels));
  });

  it.each(golden.close)("gives Pillow's pixels within 3 levels: $name", async ({ file, format, pixels }) => {
    const image = await codec.decode(bytes(file));
    expect(image.format).toBe(format);
    const expected = bytes(pixels);
    expect(Math.max(...image.pixels.data.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThanOrEqual(3);
  });

  it("decides the format by the bytes, and hashes them", async () => {
    for (const { file, format } of golden.exact) expect((await codec.decode(bytes(file))).format).toBe(format);
    const image = await codec.decode(fileOf("q90"));
    expect(image.format).toBe("jpeg");
    expect(image.jpeg?.quality).toBe(90);
    expect(image.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(image.warnings).toEqual([]);
  });

  it("keeps the orientation as a fact", async () => {
    const image = await codec.decode(fileOf("exif"));
    expect(image.orientation).toBe(6);
    expect(image.pixels).toMatchObject({ width: 24, height: 18 });
  });

  it("warns of what was left out or laid over", async () => {
    const warnings = async (name: string) => (await codec.decode(fileOf(name))).warnings.join(" ");
    expect(await warnings("png, alpha")).toContain("laid over white");
    expect(await warnings("png, opaque alpha")).toBe("");
    expect(await warnings("png, 16 bits grey")).toContain("reduced to 8");
    expect(await warnings("gif, animated")).toContain("2 frames: only the first");
    expect(await warnings("tiff, two pages")).toContain("2 pages: only the first");
  });

  it("reads CMYK as sRGB, and says so", async () => {
    const red = { create: { width: 16, height: 16, channels: 3, background: "#c00000" } } as const;
    const image = await codec.decode(await sharp(red).toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer());
    expect(image.warnings).toEqual(["Printing colours (CMYK) were converted to RGB."]);
    expect(image.pixels.data[0]).toBeGreaterThan(150);
    expect(image.pixels.data[1]).toBeLessThan(60);
  });

  it("ignores colour profiles: pixels are evidence", async () => {
    const tagged = await sharp(fileOf("png")).withIccProfile("p3", { attach: true }).png().toBuffer();
    const plain = await codec.decode(await sharp(tagged, { ignoreIcc: true }).png().toBuffer());
    expect((await codec.decode(tagged)).pixels.data).toEqual(plain.pixels.data);
  });

  it("reads 1 x 1 and 30,000 x 2", async () => {
    const white = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: "white" } })
        .png()
        .toBuffer();
    expect((await codec.decode(await white(1, 1))).pixels.data).toEqual(new Uint8Array([255, 255, 255]));
    expect((await codec.decode(await white(30_000, 2))).pixels.width).toBe(30_000);
  });

  it("reads what is there of a truncated file, and says so", async () => {
    const noise = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251);
    const whole = await codec.encodeJpeg({ width: 64, height: 64, channels: 3, data: noise }, { quality: 90 });
    const image = await codec.decode(whole.subarray(0, whole.length / 2));
    expect(image.pixels).toMatchObject({ width: 64, height: 64 });
    expect(image.warnings.join()).toMatch(/damaged or ends early \(.*premature end.*\)/);
    expect(image.jpeg?.complete).toBe(false);
  });
});

describe("bad input is a sentence", () => {
  const refused = async (file: Uint8Array, code: ErrorCode, words: RegExp, limits = defaultLimits) => {
    await expect(codec.decode(file, limits)).rejects.toMatchObject({ name: "UserError", code });
    await expect(codec.decode(file, limits)).rejects.toThrow(words);
  };

  it("an empty file", () => refused(new Uint8Array(), "unreadable-picture", /empty \(0 bytes\)/));
  it("text named .jpg", () => refused(text("dear customer, …"), "unsupported-format", /got text/));
  it("SVG", () => refused(text('<?xml version="1.0"?><svg width="9"></svg>'), "unsupported-format", /SVG drawing/));
  it("BMP", () => refused(text("BM\0\0\0\0\0\0\0\0"), "unsupported-format", /BMP.*as PNG/));
  it("a video", () => refused(text("\0\0\0\x18ftypisom\0\0\0\0isommp42"), "unsupported-format", /a video/));
  it("a header alone", () => refused(fileOf("q90").subarray(0, 60), "unreadable-picture", /begins as JPEG/));
  it("a cut HEIC, without a word on stdout", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    await refused(fileOf("heic").subarray(0, 300), "unreadable-picture", /HEIC/);
    expect(log).not.toHaveBeenCalled();
    expect(error).toHaveBeenCalled();
    vi.restoreAllMocks();
  });
  it("too many bytes", () =>
    refused(fileOf("q90"), "too-large", /at most 100 are read/, { ...defaultLimits, maxBytes: 100 }));
  it("too many pixels", () =>
    refused(fileOf("png"), "too-large", /24 x 18 pixels, 432 in all/, { ...defaultLimits, maxPixels: 400 }));
  it("too many pixels in a HEIC", () =>
    refused(fileOf("heic"), "too-large", /24 x 18/, { ...defaultLimits, maxPixels: 400 }));
  it("a decompression bomb", async () => refused(await pngOfSize(50_000, 50_000), "too-large", /2,500,000,000 in all/));

  it("a picture wider than JPEG holds, when it is saved", async () => {
    const wide = { width: 70_000, height: 1, channels: 3, data: new Uint8Array(210_000) } as const;
    await expect(codec.encodeJpeg(wide, { quality: 90 })).rejects.toThrow(/at most 65,500 pixels a side/);
  });
});

it("encodes without loss to PNG, and to JPEG with the tables asked for", async () => {
  const { pixels } = await codec.decode(fileOf("png"));
  expect((await codec.decode(await codec.encodePng(pixels))).pixels).toEqual(pixels);
  const saved = await codec.encodeJpeg(pixels, { quality: 77, subsampling: "4:4:4" });
  expect((await codec.decode(saved)).jpeg).toMatchObject({ quality: 77, standardTables: true, subsampling: "4:4:4" });
  expect((await codec.decode(await codec.encodeJpeg(pixels, { quality: 95 }))).jpeg?.subsampling).toBe("4:2:0");
});

// Choosing libvips' loaders takes two calls, between which no thread of the process can open anything.
it("leaves the loaders alone in worker threads, where another thread may be opening a picture", async () => {
  const require = createRequire(import.meta.url);
  const script = `
    const { workerData } = require("node:worker_threads");
    const load = async () => {
      (await import("sharp")).default.block = () => { throw new Error("The loaders are blocked again."); };
      (await import(workerData.tsx)).register();
      await import(workerData.codec);
    };
    load();`;
  const codecFile = new URL("./sharpCodec.ts", import.meta.url).href;
  const ended = new Promise((resolve, reject) => {
    const worker = new Worker(script, {
      eval: true,
      workerData: {
        tsx: pathToFileURL(require.resolve("tsx/esm/api").replace(/cjs$/, "mjs")).href,
        codec: codecFile,
      },
    });
    worker.once("error", reject);
    worker.once("exit", resolve);
  });
  expect(await ended).toBe(0);
});

describe("what forgeries are saved with", () => {
  const size = { width: 40, height: 24 };
  const data = Uint8Array.from({ length: 40 * 24 * 3 }, (_, i) => (i * 37) % 251);
  const pixels = { ...size, channels: 3 as const, data };

  it("writes the quantisation table that is asked for, the standard's by default", async () => {
    const tables = async (save: object) =>
      readJpegHeader(await codec.encodeJpeg(pixels, { quality: 80, ...save }))?.tables;
    expect(await tables({})).toEqual(await tables({ table: 0 }));
    expect(await tables({ table: 3 })).not.toEqual(await tables({}));
    expect(await tables({ table: 3, progressive: true })).toEqual(await tables({ table: 3 }));
  });

  it("resizes to the size that is asked for, flat colours to themselves", async () => {
    const flat = { ...pixels, data: new Uint8Array(data.length).fill(77) };
    for (const kernel of resizeKernels) {
      const small = await codec.resize(flat, { width: 13, height: 9 }, kernel);
      expect(small).toMatchObject({ width: 13, height: 9, channels: 3 });
      expect(small.data).toEqual(new Uint8Array(13 * 9 * 3).fill(77));
    }
  });

  it("writes grey pictures of one channel", async () => {
    const grey = Uint8Array.from({ length: 40 * 24 }, (_, i) => (i % 2) * 255);
    const png = await codec.encodeGreyPng({ ...size, data: grey });
    expect(await sharp(png).metadata()).toMatchObject({ ...size, channels: 1 });
    const read = await codec.decodePixels(png);
    expect(read.data.filter((_, i) => i % 3 === 0)).toEqual(grey);
  });
});
