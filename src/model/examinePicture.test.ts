import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blobs, temporaryFolder } from "../data/testPictures.ts";
import type { DecodedImage, Pixels } from "../image/codec.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { cutPixels } from "../image/window.ts";
import { cutImage } from "../representations/tile.ts";
import { examinePicture, examineTiles } from "./examinePicture.ts";
import { silent } from "./pooling.ts";
import { type Model, openModel } from "./predict.ts";
import { saveUntrained } from "./untrained.ts";

const side = 64;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let model: Model;

beforeAll(async () => {
  folder = await temporaryFolder();
  const path = `${folder.root}/tiles.onnx`;
  await saveUntrained(path, {
    network: {
      architecture: { name: "tracenet", options: { channels: [4, 8, 16, 24] } },
      input: { channels: 3, height: side, width: side },
    },
    input: {
      representation: { name: "rgb", options: {} },
      width: side,
      height: side,
      fit: "tiles",
      overlap: 32,
      kernel: "box",
      mean: [0.5, 0.5, 0.5],
      deviation: [0.2, 0.2, 0.2],
    },
    decoder: codec.version,
  });
  model = await openModel(path, { threads: 1 });
});
afterAll(async () => {
  await model.release();
  await folder[Symbol.asyncDispose]();
});

const pictureOf = (pixels: Pixels): DecodedImage => cutImage(pixels, "0".repeat(64));

describe("a picture in tiles", () => {
  it("has the map of its tiles, each cell from the tile in whose middle it lies", async () => {
    const pixels = blobs("whole", 160, 64);
    const { map } = await examineTiles(model, pictureOf(pixels), codec);
    expect([map.width, map.height, map.cell]).toEqual([20, 8, 8]);
    const second = cutPixels(pixels, { left: 32, top: 0, width: side, height: side });
    const alone = await examineTiles(model, pictureOf(second), codec);
    // Cells 6 to 9 are the second tile's own: its columns 2 to 5.
    for (const column of [6, 7, 8, 9])
      expect(map.data[3 * 20 + column]).toBeCloseTo(alone.map.data[3 * 8 + column - 4]!, 4);
  });

  it("answers for any size, smaller than a tile and off the grid included, with probabilities", async () => {
    for (const [width, height] of [
      [20, 13],
      [65, 200],
      [1, 1],
    ] as const) {
      const { logit, map } = await examinePicture(model, pictureOf(blobs("odd", width, height)), codec, { map: true });
      expect(Number.isFinite(logit)).toBe(true);
      expect([map!.width, map!.height]).toEqual([Math.ceil(width / 8), Math.ceil(height / 8)]);
      expect(map!.data.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });

  it("is not asked about tiles of one colour", async () => {
    const pixels = blobs("half", 64, 192);
    pixels.data.fill(77, 0, 3 * 64 * 100);
    const { map, tileLogits } = await examineTiles(model, pictureOf(pixels), codec);
    expect(tileLogits.length).toBeLessThan(5);
    expect(map.data[0]).toBe(silent);
    expect(map.data.at(-1)).not.toBe(silent);
    const plain = pictureOf({ ...pixels, data: new Uint8Array(pixels.data.length).fill(9) });
    expect(Number.isFinite((await examinePicture(model, plain, codec)).logit)).toBe(true);
  });
});
