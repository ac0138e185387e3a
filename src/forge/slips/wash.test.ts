import { createCanvas } from "@napi-rs/canvas";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { readPixels } from "../canvas.ts";
import { drawWash, paintWash, type Wash } from "./wash.ts";

function washed(wash: Wash) {
  const canvas = createCanvas(120, 160);
  const context = canvas.getContext("2d");
  context.fillStyle = "#808080";
  context.fillRect(0, 0, 120, 160);
  paintWash(context, { x: 20, y: 30, width: 80, height: 100 }, wash, {
    second: "#ff0000",
    ink: "#000000",
    radius: 0,
    dp: 1,
  });
  const { data } = readPixels(canvas);
  const changed = (x: number, y: number) => [0, 1, 2].some((c) => data[3 * (y * 120 + x) + c] !== 128);
  let [inside, outside] = [0, 0];
  for (let y = 0; y < 160; y++)
    for (let x = 0; x < 120; x++) {
      const within = x >= 20 && x < 100 && y >= 30 && y < 130;
      if (changed(x, y)) within ? inside++ : outside++;
    }
  const redness = (y: number) => data[3 * (y * 120 + 60)]! - data[3 * (y * 120 + 60) + 1]!;
  /** Rows of more than one colour. */
  const uneven = Array.from({ length: 90 }, (_, i) => 35 + i).filter((y) => {
    const at = (x: number) => data[3 * (y * 120 + x) + 1];
    return Array.from({ length: 70 }, (_, i) => 25 + i).some((x) => at(x) !== at(25));
  }).length;
  const darkest = Math.min(...Array.from({ length: 120 * 160 }, (_, i) => data[3 * i]!));
  return { inside, outside, redness, uneven, darkest };
}

const plain: Wash = {
  shape: "none",
  strength: 0.5,
  turned: false,
  dithered: false,
  texture: "none",
  faint: 0.1,
  cards: false,
};

describe("paintWash", () => {
  it("stays within its area, and comes in from the end that it was given", () => {
    const down = washed({ ...plain, shape: "vertical" });
    expect(down.outside).toBe(0);
    expect(down.inside).toBeGreaterThan(5000);
    expect(down.redness(32)).toBeGreaterThan(down.redness(80));
    const up = washed({ ...plain, shape: "vertical", turned: true });
    expect(up.redness(127)).toBeGreaterThan(up.redness(80));
    const dithered = washed({ ...plain, shape: "vertical", dithered: true });
    expect([down.uneven, dithered.uneven > 20]).toEqual([0, true]);
    for (const texture of ["waves", "hexagons", "grid"] as const) {
      const { inside, outside, darkest } = washed({ ...plain, texture });
      expect(outside).toBe(0);
      expect(inside).toBeGreaterThan(200);
      expect(darkest).toBeGreaterThan(128 * (1 - 4 * plain.faint)); // lines that cross lie upon each other
    }
    expect(washed(plain).inside).toBe(0);
  });

  it("is drawn in every shape and texture, and not for all", () => {
    const washes = Array.from({ length: 200 }, (_, i) => drawWash(createRng(`wash/${i}`)));
    const count = (test: (wash: Wash) => boolean) => washes.filter((wash) => wash !== undefined && test(wash)).length;
    for (const shape of ["none", "vertical", "diagonal", "radial"])
      expect(count((w) => w.shape === shape)).toBeGreaterThan(9);
    for (const texture of ["none", "waves", "hexagons", "grid"])
      expect(count((w) => w.texture === texture)).toBeGreaterThan(9);
    expect(washes.filter((wash) => wash === undefined).length).toBeGreaterThan(20);
  });
});
