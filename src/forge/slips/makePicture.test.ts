import { describe, expect, it } from "vitest";
import { sharpCodec } from "../../image/sharpCodec.ts";
import { makePicture } from "./makePicture.ts";
import { planSlips, type SlipPlan } from "./plan.ts";
import { slipOptions } from "./slipOptions.ts";

const engines = ["canvas", "outline", "supersampled", "pango"] as const;
const options = slipOptions.parse({ width: 240 });
const plans = planSlips({ count: 24, ratio: "1:1", seed: "make picture test", engines, options });
const make = (plan: SlipPlan, label: "real" | "fake", chosen = options) =>
  makePicture({ ...plan, label }, chosen, engines, sharpCodec);

describe("makePicture", () => {
  it("treats both classes alike but for the edit: history, shams, boxes and the last save do not know the label", async () => {
    for (const plan of plans) {
      const real = await make(plan, "real");
      const fake = await make(plan, "fake");
      const { edits, ...history } = fake.row.parameters;
      expect(edits).toBeDefined();
      expect(history).toEqual(real.row.parameters);
      const { label: _, operation: __, fields: ___, parameters: ____, ...rest } = fake.row;
      const { label: _1, operation: _2, fields: _3, parameters: _4, ...others } = real.row;
      expect(rest).toEqual(others);
    }
  });

  it("masks all changed pixels, and little else", async () => {
    const lossless = slipOptions.parse({ width: 240, laundering: { levels: { png: 1 } } });
    for (const plan of plans) {
      const real = await sharpCodec.decodePixels((await make(plan, "real", lossless)).bytes);
      const fake = await make(plan, "fake", lossless);
      const edited = await sharpCodec.decodePixels(fake.bytes);
      const mask = await sharpCodec.decodePixels(fake.mask!);
      expect([mask.width, mask.height]).toEqual([edited.width, edited.height]);
      let [outside, inside, white] = [0, 0, 0];
      for (let i = 0; i < mask.data.length; i++) {
        const changed = real.data[i] !== edited.data[i];
        if (mask.data[i] === 255) white++;
        if (changed && mask.data[i] === 255) inside++;
        if (changed && mask.data[i] !== 255) outside++;
      }
      expect(outside, JSON.stringify(fake.row)).toBe(0);
      expect(inside / white, JSON.stringify(fake.row)).toBeGreaterThan(0.02);
    }
  });

  it("has boxes that lie in the file, and masks of the file's size, through crops and resizes", async () => {
    const rough = slipOptions.parse({ width: 240, sham: 1, laundering: { levels: { resized: 1 } } });
    for (const plan of plans) {
      const { bytes, mask, row } = await make(plan, "fake", rough);
      const file = await sharpCodec.decodePixels(bytes);
      const white = await sharpCodec.decodePixels(mask!);
      expect([white.width, white.height]).toEqual([file.width, file.height]);
      expect(white.data.includes(255)).toBe(true);
      for (const [x, y, width, height] of Object.values(row.boxes)) {
        expect(Math.min(x, y, width - 1, height - 1)).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(file.width);
        expect(y + height).toBeLessThanOrEqual(file.height);
      }
      for (const field of row.fields) expect(Object.keys(row.boxes)).toContain(field);
    }
  });

  it("gives genuine pictures no mask, no operation and no fields", async () => {
    const { mask, row } = await make(plans[0]!, "real");
    expect(mask).toBeUndefined();
    expect(row.operation).toBeNull();
    expect(row.fields).toEqual([]);
  });
});
