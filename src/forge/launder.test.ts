import { expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import type { Pixels } from "../image/codec.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { drawLaundering, launder, launderingOptions } from "./launder.ts";

/** Black and white columns, four pixels each: the sharpest edges that there are. */
const stripes: Pixels = {
  width: 160,
  height: 120,
  channels: 3,
  data: Uint8Array.from({ length: 160 * 120 * 3 }, (_, i) => (((Math.floor(i / 3) % 160) >> 2) % 2) * 255),
};

it("softens: enlarged, or shrunk and as large as before, with no edge as sharp as it was", async () => {
  const options = launderingOptions.parse({ levels: { softened: 1 } });
  const sizes = new Set<string>();
  for (let seed = 0; seed < 12; seed++) {
    const laundering = drawLaundering(options, createRng(seed));
    expect(laundering.level).toBe("softened");
    const own = { ...laundering, steps: laundering.steps.filter(({ kind }) => kind === "scale").slice(-2) };
    const { bytes, boxes } = await launder(
      { pixels: stripes, boxes: { field: { x: 40, y: 30, width: 80, height: 60 } } },
      own,
      sharpCodec,
    );
    const { width, height, data } = await sharpCodec.decodePixels(bytes);
    expect(Math.abs(boxes.field.width / width - 0.5)).toBeLessThan(0.03);
    let sharpest = 0;
    const row = Math.floor(height / 2) * width;
    for (let x = 1; x < width; x++)
      sharpest = Math.max(sharpest, Math.abs(data[3 * (row + x)]! - data[3 * (row + x - 1)]!));
    expect(sharpest).toBeLessThan(250);
    sizes.add(width > 161 ? "larger" : Math.abs(width - 160) <= 1 ? "same" : "smaller");
  }
  expect([...sizes].sort()).toEqual(["larger", "same"]);
});

it("softens nothing that was not asked for", () => {
  const levels = Array.from({ length: 300 }, (_, i) => drawLaundering(launderingOptions.parse({}), createRng(i)).level);
  expect(new Set(levels)).toEqual(new Set(["png", "highJpeg", "lowJpeg", "resized", "messenger"]));
});
