import { createCanvas } from "@napi-rs/canvas";
import { afterAll, describe, expect, it } from "vitest";
import { readPixels } from "../../canvas.ts";
import type { TextItem } from "../text.ts";
import { availableRasterisers, closeRasterisers, rasteriserNames, rasterisers } from "./index.ts";

const style = { family: "sarabun", weight: 500, size: 22, colour: "#102030", align: "left", x: 20 } as const;
const items: TextItem[] = [
  { text: "Transfer 1,250.00", style: { ...style, baseline: 40.5 } },
  { text: "โอนเงินสำเร็จ ที่นี่", style: { ...style, baseline: 90 } },
  { text: "भुगतान क्षेत्र ₹1,250", style: { ...style, family: "hind", align: "right", x: 380, baseline: 140 } },
  {
    text: "Nguyễn Đặng",
    style: { ...style, family: "dmSans", align: "center", x: 200, baseline: 190, letterSpacing: 2 },
  },
];
const available = await availableRasterisers();
const drawn = new Map(await Promise.all(available.map(async (name) => [name, await draw(name)] as const)));
afterAll(closeRasterisers);

async function draw(name: (typeof rasteriserNames)[number]) {
  const canvas = createCanvas(400, 220);
  const context = canvas.getContext("2d");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, 400, 220);
  const boxes = await rasterisers[name].paint(context, items);
  return { boxes, data: readPixels(canvas).data };
}

describe.each(available)("%s", (name) => {
  it("draws every text, nothing outside of the boxes, and where the canvas would", () => {
    const { boxes, data } = drawn.get(name)!;
    const ink = items.map(() => 0);
    for (let y = 0; y < 220; y++)
      for (let x = 0; x < 400; x++) {
        if (data[3 * (y * 400 + x)] === 255) continue;
        const at = boxes.findIndex(
          (box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height,
        );
        expect(at, `${x},${y}`).toBeGreaterThanOrEqual(0);
        ink[at]!++;
      }
    const { boxes: wanted } = drawn.get("canvas")!;
    for (const [i, box] of boxes.entries()) {
      expect(ink[i]).toBeGreaterThan(150);
      expect(Math.abs(box.x - wanted[i]!.x), items[i]!.text).toBeLessThanOrEqual(5);
      expect(Math.abs(box.y - wanted[i]!.y), items[i]!.text).toBeLessThanOrEqual(3);
      expect(Math.abs(box.width - wanted[i]!.width), items[i]!.text).toBeLessThanOrEqual(10);
    }
  });

  it("draws the same twice", async () => {
    expect(Buffer.compare((await draw(name)).data, drawn.get(name)!.data)).toBe(0);
  });

  it("has edges of its own", () => {
    for (const other of available)
      if (other !== name) expect(Buffer.compare(drawn.get(other)!.data, drawn.get(name)!.data), other).not.toBe(0);
  });

  it("says what it is and where it comes from", () => {
    expect(rasterisers[name].summary.length).toBeGreaterThan(20);
    expect(rasterisers[name].cite.length).toBeGreaterThan(20);
  });
});

describe("chromium", () => {
  it("is not available where no program of that name is, and says so when asked to draw", async () => {
    if (available.includes("chromium")) return;
    await expect(draw("chromium")).rejects.toThrow(/ASSAY_CHROMIUM/);
  });
});

it("all but Chromium need nothing but npm", () => {
  expect(available).toEqual(expect.arrayContaining(rasteriserNames.filter((name) => name !== "chromium")));
});
