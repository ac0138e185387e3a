import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { sharpCodec } from "../../image/sharpCodec.ts";
import { makePicture } from "./makePicture.ts";
import { planSlips } from "./plan.ts";
import { quickstartSet } from "./quickstart.ts";
import { slipOptions } from "./slipOptions.ts";

const options = slipOptions.parse({ ...quickstartSet.options, width: 240 });
const plans = planSlips({ count: 8, ratio: "1:1", options }, createRng("make picture test"));

describe("makePicture", () => {
  it("treats both classes alike but for the edit: history, shams and the last save do not know the label", async () => {
    for (const plan of plans) {
      const real = await makePicture({ ...plan, label: "real" }, options, sharpCodec);
      const fake = await makePicture({ ...plan, label: "fake" }, options, sharpCodec);
      const { edits, ...history } = fake.row.parameters;
      expect(edits).toBeDefined();
      expect(history).toEqual(real.row.parameters);
      expect(fake.row.laundering).toEqual(real.row.laundering);
      expect(fake.row.group).toBe(real.row.group);
      expect(fake.row.source).toBe(real.row.source);
      expect(fake.row.time).toBe(real.row.time);
    }
  });

  it("masks all changed pixels, and little else", async () => {
    const lossless = { ...options, laundering: { ...options.laundering, png: 1 } };
    for (const plan of plans) {
      const real = await sharpCodec.decodePixels(
        (await makePicture({ ...plan, label: "real" }, lossless, sharpCodec)).bytes,
      );
      const fake = await makePicture({ ...plan, label: "fake" }, lossless, sharpCodec);
      const edited = await sharpCodec.decodePixels(fake.bytes);
      const mask = await sharpCodec.decodePixels(fake.mask!);
      let [outside, inside, white] = [0, 0, 0];
      for (let i = 0; i < mask.data.length; i++) {
        const changed = real.data[i] !== edited.data[i];
        if (mask.data[i] === 255) white++;
        if (changed && mask.data[i] === 255) inside++;
        if (changed && mask.data[i] !== 255) outside++;
      }
      expect(outside).toBe(0);
      expect(inside / white, JSON.stringify(fake.row.parameters)).toBeGreaterThan(0.15);
    }
  });

  it("gives genuine pictures no mask, no operation and no fields", async () => {
    const { mask, row } = await makePicture({ ...plans[0]!, label: "real" }, options, sharpCodec);
    expect(mask).toBeUndefined();
    expect(row.operation).toBeNull();
    expect(row.fields).toEqual([]);
  });
});
