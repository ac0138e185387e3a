import { describe, expect, it } from "vitest";
import { sharpCodec } from "../../image/sharpCodec.ts";
import { meet } from "../box.ts";
import { readPixels } from "../canvas.ts";
import { makePicture } from "../slips/makePicture.ts";
import { planSlips } from "../slips/plan.ts";
import { slipOptions } from "../slips/slipOptions.ts";
import { drawScreen } from "./screen.ts";

const engines = ["canvas", "outline", "pango"] as const;
const options = slipOptions.parse({ width: 320, otherScreens: 1, unseenShare: 0 });
const plans = planSlips({ count: 40, ratio: "1:2", seed: "screens", engines, options }).filter(
  ({ shows }) => shows === "screen",
);
const draw = ({ content, rng }: (typeof plans)[number], width = 320) => drawScreen(content, width, rng.fork("screen"));

describe("drawScreen", () => {
  it("draws the same screen twice, and lines that stand in it, clear of one another", async () => {
    for (const plan of plans) {
      const [screen, again] = [await draw(plan), await draw(plan)];
      expect(Buffer.compare(readPixels(again.canvas).data, readPixels(screen.canvas).data)).toBe(0);
      expect(again.fields).toEqual(screen.fields);
      const { canvas, fields } = screen;
      expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
      for (const { box, text } of fields) {
        expect(Math.min(box.x, box.y), text).toBeGreaterThanOrEqual(-2);
        expect(box.x + box.width, text).toBeLessThanOrEqual(canvas.width + 2);
        expect(box.y + box.height, text).toBeLessThanOrEqual(canvas.height + 2);
      }
    }
  });

  it("shows text where it says so: letters differ from their ground", async () => {
    for (const plan of plans.slice(0, 8)) {
      const { canvas, fields } = await draw(plan, 720);
      const { data } = readPixels(canvas);
      for (const { box, text, ground } of fields) {
        const colour = [1, 3, 5].map((at) => Number.parseInt(ground.slice(at, at + 2), 16));
        let [onGround, ink] = [0, 0];
        for (let y = box.y; y < box.y + box.height; y++)
          for (let x = box.x; x < box.x + box.width; x++) {
            const at = 3 * (y * canvas.width + x);
            const off = Math.max(...colour.map((level, c) => Math.abs(level - data[at + c]!)));
            if (off <= 1) onGround++;
            if (off > 24) ink++;
          }
        expect(onGround / (box.width * box.height), text).toBeGreaterThan(0.15);
        expect(ink, text).toBeGreaterThan(5);
      }
    }
  });
});

describe("screens among slips", () => {
  it("are genuine, go through the same life, and say what they are", async () => {
    let [shams, saves] = [0, 0];
    for (const plan of plans) {
      const { row, mask } = await makePicture(plan, options, engines, sharpCodec);
      expect([row.app, row.label, row.operation, mask]).toEqual(["screen", "real", null, undefined]);
      expect(Object.keys(row.boxes).length).toBeLessThanOrEqual(20);
      if (row.parameters.sham !== null) shams++;
      if (row.parameters.earlierSave !== null) saves++;
    }
    expect(shams).toBeGreaterThan(3);
    expect(saves).toBeGreaterThan(7);
  });

  it("do not cover what they show as a field", async () => {
    for (const plan of plans) {
      const { fields } = await draw(plan);
      const overlaps = fields.flatMap((one, i) => fields.slice(i + 1).filter((other) => meet(one.box, other.box)));
      expect(overlaps.map(({ text }) => text)).toEqual([]);
    }
  });
});
