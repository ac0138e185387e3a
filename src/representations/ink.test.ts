import { expect, it } from "vitest";
import golden from "../../test/golden/representations/ink.json" with { type: "json" };
import type { Pixels } from "../image/codec.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { ink } from "./ink.ts";
import { cutImage } from "./tile.ts";

const { width, height } = golden;
const pixels: Pixels = { width, height, channels: 3, data: Uint8Array.from(golden.pixels) };
const planesOf = async (given: Pixels, options = { radius: 8, floor: 24 }) =>
  (await ink.compute(cutImage(given, ""), options)).data;

it.each(golden.cases)("equals SciPy at radius $radius, floor $floor", async ({ radius, floor, planes }) => {
  const data = await planesOf(pixels, { radius, floor });
  expect(data.length).toBe(planes.length);
  for (const [i, value] of planes.entries()) expect(Math.abs(data[i]! - value)).toBeLessThan(1e-4);
});

it("does not see in which colours a letter is written", async () => {
  const letter = (dark: number, bright: number) => ({
    ...pixels,
    data: Uint8Array.from(
      { length: 3 * width * height },
      (_, i) =>
        dark + (Math.floor(i / 3) % 7 === 0 ? bright - dark : Math.floor(i / 3) % 7 === 1 ? (bright - dark) / 2 : 0),
    ),
  });
  const share = async (given: Pixels) => (await planesOf(given)).slice(0, width * height);
  const [strong, weak] = [await share(letter(0, 240)), await share(letter(100, 160))];
  for (const [i, value] of strong.entries()) expect(weak[i]).toBeCloseTo(value, 5);
});

it("opens with the codec that everything else uses", async () => {
  const decoded = await codec.decode(await codec.encodePng(pixels));
  expect((await ink.compute(decoded, { radius: 8, floor: 24 })).data).toEqual(await planesOf(pixels));
});
