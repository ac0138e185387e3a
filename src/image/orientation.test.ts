import sharp from "sharp";
import { expect, it } from "vitest";
import { orient } from "./orientation.ts";
import { sharpCodec } from "./sharpCodec.ts";

const pixels = { width: 4, height: 3, channels: 3, data: Uint8Array.from({ length: 36 }, (_, i) => i * 7) } as const;

it.each([1, 2, 3, 4, 5, 6, 7, 8])("stands upright as libvips puts it: orientation %i", async (orientation) => {
  const tagged = await sharp(await sharpCodec.encodePng(pixels))
    .withMetadata({ orientation })
    .png()
    .toBuffer();
  const { data, info } = await sharp(tagged).autoOrient().raw().toBuffer({ resolveWithObject: true });
  const upright = orient(pixels, orientation);
  expect([upright.width, upright.height]).toEqual([info.width, info.height]);
  expect([...upright.data]).toEqual([...data]);
  expect((await sharpCodec.decode(tagged)).orientation).toBe(orientation);
});
