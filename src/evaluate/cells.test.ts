import { expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { countPixels, levelStart, measurePixels } from "../metrics/pixelCounts.ts";
import { cellsOf, centrePriorCells, textPriorCells } from "./cells.ts";

const rng = createRng("cells");
/** A mask of a rectangle, and a map of random probabilities over it. */
const picture = (width: number, height: number, cell?: number) => {
  const data = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x >= 7 && x < 25 && y >= 3 && y < 18 ? 1 : 0;
  });
  const [columns, rows] = cell === undefined ? [5, 3] : [Math.ceil(width / cell), Math.ceil(height / cell)];
  const scores = Float32Array.from({ length: columns * rows }, () => rng.uniform());
  const map = { width: columns, height: rows, data: scores, ...(cell === undefined ? {} : { cell }) };
  return { mask: { width, height, data }, map };
};

it.each([
  ["cells of 8 pixels", 8, 45, 37],
  ["a stretched map", undefined, 40, 30],
] as const)("%s give the figures of the map laid over the picture by the nearest cell", (_, cell, width, height) => {
  const { mask, map } = picture(width, height, cell);
  const threshold = levelStart(130);
  let [tp, fp, fn] = [0, 0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const column = cell === undefined ? Math.floor((x * map.width) / width) : Math.floor(x / cell);
      const row = cell === undefined ? Math.floor((y * map.height) / height) : Math.floor(y / cell);
      const called = map.data[row * map.width + column]! >= threshold;
      const edited = mask.data[y * width + x] === 1;
      if (called && edited) tp++;
      else if (called) fp++;
      else if (edited) fn++;
    }
  const { pixelF1, iou } = measurePixels(countPixels(cellsOf(map, mask)), threshold);
  expect(pixelF1).toBeCloseTo((2 * tp) / (2 * tp + fp + fn), 12);
  expect(iou).toBeCloseTo(tp / (tp + fp + fn), 12);
});

it("has the centre prior highest in the middle cell", () => {
  const { mask, map } = picture(40, 40, 8);
  const { score } = centrePriorCells(cellsOf(map, mask), map, mask);
  expect(score.indexOf(Math.max(...score))).toBe(12);
  expect(score[12]).toBe(1);
});

it.each([8, undefined])("marks every cell that a line of text touches, and no other (cells of %s)", (cell) => {
  const { mask, map } = picture(40, 32, cell);
  const line = { left: 9, top: 4, width: 10, height: 7 };
  const { score } = textPriorCells(cellsOf(map, mask), map, [line], mask);
  const [wide, high] = [40 / map.width, 32 / map.height];
  const expected = Array.from(score, (_, i) => {
    const [x, y] = [(i % map.width) * wide, Math.floor(i / map.width) * high];
    return x < 19 && x + wide > 9 && y < 11 && y + high > 4 ? 1 : 0;
  });
  expect([...score]).toEqual(expected);
  expect(expected.filter(Boolean).length).toBeGreaterThan(1);
  expect([...textPriorCells(cellsOf(map, mask), map, [], mask).score].every((mark) => mark === 0)).toBe(true);
});
