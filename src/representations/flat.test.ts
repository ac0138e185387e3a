import { expect, it } from "vitest";
import golden from "../../test/golden/representations/flat.json" with { type: "json" };
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { flat } from "./flat.ts";

const { width, height } = golden;
const area = width * height;
const image = async () =>
  codec.decode(await codec.encodePng({ width, height, channels: 3, data: Uint8Array.from(golden.pixels) }));

it.each(golden.cases)("equals NumPy at distance $distance, clip $clip", async ({ distance, clip, planes }) => {
  const { channels, data } = await flat.compute(await image(), { distance, clip, directions: "both" });
  expect(channels).toBe(6);
  expect(data.length).toBe(planes.length);
  for (const [i, value] of planes.entries()) expect(Math.abs(data[i]! - value)).toBeLessThan(1e-6);
});

it("gives one direction alone", async () => {
  const both = await flat.compute(await image(), { distance: 2, clip: 3, directions: "both" });
  const right = await flat.compute(await image(), { distance: 2, clip: 3, directions: "right" });
  const down = await flat.compute(await image(), { distance: 2, clip: 3, directions: "down" });
  expect(right.data).toEqual(both.data.slice(0, 3 * area));
  expect(down.data).toEqual(both.data.slice(3 * area));
  expect([right.channels, down.channels]).toEqual([3, 3]);
});
