import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import type { Window } from "../../image/window.ts";
import { blobs } from "../testPictures.ts";
import { choosePlaces, coverageOf, type Scene } from "./places.ts";

const pixels = blobs("places", 400, 640);
const rng = createRng("places");
const side = 96;

function maskOf(...boxes: readonly [number, number, number, number][]) {
  const data = new Uint8Array(400 * 640);
  for (const [x, y, width, height] of boxes)
    for (let row = y; row < y + height; row++) data.fill(1, row * 400 + x, row * 400 + x + width);
  return { width: 400, height: 640, data };
}
const meets = (window: Window, [x, y, width, height]: readonly [number, number, number, number]) =>
  window.left < x + width && window.left + side > x && window.top < y + height && window.top + side > y;

describe("places of crops", () => {
  const small = [40, 48, 24, 16] as const;
  const large = [80, 400, 300, 160] as const;
  const boxes = { amount: small, note: large, fee: [200, 200, 80, 24] as const };

  it("lie on the grid, inside the picture", () => {
    const scene: Scene = { pixels, label: "real", boxes };
    for (const { left, top } of choosePlaces(scene, 200, side, rng.fork("grid"))) {
      expect([left % 8, top % 8]).toEqual([0, 0]);
      expect(left >= 0 && top >= 0 && left + side <= 400 && top + side <= 640).toBe(true);
    }
  });

  it("of a fake show its edits, a small one as often as a large one, and some untouched fields", () => {
    const coverage = coverageOf(maskOf([...small], [...large]));
    const places = choosePlaces({ pixels, label: "fake", coverage, boxes }, 600, side, rng.fork("fake"));
    const share = (box: readonly [number, number, number, number]) =>
      places.filter((place) => meets(place, box)).length / places.length;
    expect(share(small)).toBeGreaterThan(0.28);
    expect(share(small)).toBeLessThan(0.5);
    expect(share(large)).toBeGreaterThan(0.28);
    expect(share(boxes.fee)).toBeGreaterThan(0.2);
    expect(meets(choosePlaces({ pixels, label: "fake", coverage, boxes }, 1, side, rng)[0]!, boxes.fee)).toBe(false);
  });

  it("of a genuine picture show every field alike, and sometimes what is no field", () => {
    const places = choosePlaces({ pixels, label: "real", boxes }, 600, side, rng.fork("real"));
    for (const box of Object.values(boxes))
      expect(places.filter((place) => meets(place, box)).length).toBeGreaterThan(120);
    const elsewhere = places.filter((place) => !Object.values(boxes).some((box) => meets(place, box)));
    expect(elsewhere.length).toBeGreaterThan(30);
    expect(elsewhere.length).toBeLessThan(150);
  });

  it("are busy ones where nothing is known of fields", () => {
    const half = { ...pixels, data: pixels.data.slice() };
    half.data.fill(200, 0, 3 * 400 * 320);
    const places = choosePlaces({ pixels: half, label: "real" }, 100, side, rng.fork("busy"));
    expect(places.filter(({ top }) => top + side <= 320).length).toBeLessThan(15);
  });

  it("begin at the corner of a picture that is smaller than a crop", () => {
    const tiny = blobs("tiny", 50, 40);
    expect(choosePlaces({ pixels: tiny, label: "real" }, 1, side, rng)[0]).toMatchObject({ left: 0, top: 0 });
  });
});

describe("coverage", () => {
  it("counts the edited pixels of every cell", () => {
    const { width, height, data } = coverageOf(maskOf([4, 0, 8, 8], [396, 632, 4, 8]));
    expect([width, height]).toEqual([50, 80]);
    expect([data[0], data[1], data[2], data.at(-1)]).toEqual([32, 32, 0, 32]);
  });
});
