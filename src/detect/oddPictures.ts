import { crc32 } from "node:zlib";
import sharp from "sharp";

/** A file that an honest user may send, and what its answer must say: of `error`, `outside`, or among the warnings. */
export interface OddPicture {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly says: { readonly error?: RegExp; readonly outside?: RegExp; readonly warning?: RegExp };
}

/** For tests of every door: small, long, animated, deep, transparent, printed, broken pictures. */
export async function oddPictures(): Promise<OddPicture[]> {
  const page = rows(360, 480);
  const jpeg = await page.clone().jpeg({ quality: 90 }).toBuffer();
  const png = await page.clone().png().toBuffer();
  const frames = await Promise.all([page, page.clone().negate()].map((frame) => frame.clone().png().toBuffer()));
  const animated = () => sharp(frames, { join: { animated: true } });
  return [
    { name: "small.png", bytes: await rows(120, 300).png().toBuffer(), says: { outside: /120 x 300 pixels/ } },
    { name: "long.png", bytes: await rows(400, 20_000).png().toBuffer(), says: {} },
    { name: "animated.gif", bytes: await animated().gif().toBuffer(), says: { warning: /2 frames: only the first/ } },
    { name: "animated.webp", bytes: await animated().webp().toBuffer(), says: { warning: /2 frames: only the first/ } },
    { name: "animated.png", bytes: animatedPng(png, 7), says: { warning: /7 frames: only the first/ } },
    {
      name: "deep.png",
      bytes: await page.clone().toColourspace("rgb16").png().toBuffer(),
      says: { warning: /reduced to 8/ },
    },
    {
      name: "clear.png",
      bytes: await page.clone().ensureAlpha(0.5).png().toBuffer(),
      says: { warning: /transparent: it was laid over white/ },
    },
    {
      name: "printed.jpg",
      bytes: await page.clone().toColourspace("cmyk").jpeg().toBuffer(),
      says: { warning: /CMYK/ },
    },
    {
      name: "cut.jpg",
      bytes: jpeg.subarray(0, Math.floor(jpeg.length / 2)),
      says: { warning: /damaged or ends early/ },
    },
    { name: "header.jpg", bytes: jpeg.subarray(0, 40), says: { error: /nothing of it can be decoded/ } },
  ];
}

/** Rows of dark bars on white. */
function rows(width: number, height: number) {
  const data = new Uint8Array(width * height * 3).fill(255);
  for (let y = 0; y < height; y++)
    if (y % 32 < 10)
      for (let x = 20; x < width - 60; x++) if (x % 9 < 4) data.fill(30, 3 * (y * width + x), 3 * (y * width + x) + 3);
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** The same PNG with the chunk that says how many frames follow. */
function animatedPng(png: Buffer, frames: number): Uint8Array {
  const chunk = Buffer.alloc(20);
  chunk.writeUInt32BE(8, 0);
  chunk.write("acTL", 4, "latin1");
  chunk.writeUInt32BE(frames, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 16)), 16);
  const afterHeader = 8 + 25;
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}
