import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { readPixels } from "../canvas.ts";
import { bankNames, banks } from "./banks.ts";
import { drawDevice, drawSignals } from "./device.ts";
import { fieldNames, releasesPerBank } from "./layout.ts";
import { drawAccount, drawRecord, valuesOf } from "./record.ts";
import { drawSlip, type SlipContent } from "./slip.ts";

describe.each(bankNames)("a slip of %s", (bank) => {
  it.each(Array.from({ length: releasesPerBank }, (_, i) => i))(
    "release %i: every field once, its ink inside the picture",
    async (release) => {
      const content = contentOf(bank, release);
      const { canvas, fields } = await drawSlip(content, 288);
      expect(fields.map(({ name }) => name).sort()).toEqual([...fieldNames].sort());
      const { data, width } = readPixels(canvas);
      for (const { name, text, box, ground } of fields) {
        expect(text).toBe(valuesOf(banks[bank], content.record)[name]);
        expect(box.x, name).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width, name).toBeLessThanOrEqual(canvas.width);
        expect(box.y + box.height, name).toBeLessThanOrEqual(canvas.height);
        // The corner of the ink's box is ground: a patch of that colour would not show.
        const corner = 3 * (box.y * width + box.x);
        expect(`#${Buffer.from(data.subarray(corner, corner + 3)).toString("hex")}`, name).toBe(ground);
      }
    },
  );

  it("looks the same twice", async () => {
    const content = contentOf(bank, 0);
    const [one, other] = [await drawSlip(content, 240), await drawSlip(content, 240)];
    expect(Buffer.compare(readPixels(one.canvas).data, readPixels(other.canvas).data)).toBe(0);
  });
});

function contentOf(bank: (typeof bankNames)[number], release: number): SlipContent {
  const rng = createRng(`slip test/${bank}/${release}`);
  const record = drawRecord(banks[bank], drawAccount(banks[bank], rng), rng);
  return { bank, release, record, device: drawDevice(rng), signals: drawSignals(rng) };
}
