import { expect, it } from "vitest";
import { heatMapOf } from "./heatMap.ts";

const coarse = { height: 2, width: 2, data: Float32Array.of(0, 0, 0, 4) };

it("lies over the whole picture where the picture was resized", () => {
  const { data } = heatMapOf(coarse, { width: 40, height: 20 }, { fit: "resize", width: 16, height: 16 });
  expect(data.length).toBe(40 * 20);
  expect([data[0], data.at(-1)]).toEqual([0, 1]);
});

it("lies where the crop was taken, and is 0 beside it", () => {
  const { data } = heatMapOf(coarse, { width: 50, height: 20 }, { fit: "crop", width: 16, height: 16 });
  // The window starts at (16, 0): its warm corner ends at (31, 15).
  const at = (x: number, y: number) => data[y * 50 + x];
  expect([at(31, 15), at(16, 0), at(32, 15), at(31, 16), at(15, 8)]).toEqual([1, 0, 0, 0, 0]);
});

it("leaves out what a crop saw of the mirrored picture", () => {
  const { data } = heatMapOf(coarse, { width: 20, height: 10 }, { fit: "crop", width: 32, height: 32 });
  // The window starts at (-8, -16): the picture is its part from (8, 16) to (28, 26).
  expect(data.length).toBe(200);
  expect(data[9 * 20 + 19]).toBe(1);
  expect(data[0]).toBeLessThan(data[19]!);
});
