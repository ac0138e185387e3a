import { expect, it } from "vitest";
import { type CellMap, fieldAt, regionsOf } from "./regions.ts";

/** A map of rows of digits: 7 is .7, a dot is 0. */
function mapOf(cell: number, ...rows: string[]): CellMap {
  const data = Float32Array.from(rows.join(""), (letter) => (letter === "." ? 0 : Number(letter) / 10));
  return { width: rows[0]!.length, height: rows.length, data, cell };
}
const picture = { width: 100, height: 100 };
const boxes = (map: CellMap, size = picture) =>
  regionsOf(map, 0.5, size).map(({ x, y, width, height }) => [x, y, width, height]);

it("joins neighbours, diagonal ones too, and bridges gaps of two cells along a row alone", () => {
  const map = mapOf(
    8,
    "99..9....", //
    ".....9...",
    ".........",
    ".........",
    "9.......9",
    "9...5...9",
    "....6....",
  );
  expect(boxes(map)).toEqual([
    [0, 0, 48, 16],
    [0, 32, 8, 16],
    [64, 32, 8, 16],
    [32, 40, 8, 16],
  ]);
});

it("scores by the hot cells alone, the highest first", () => {
  const regions = regionsOf(mapOf(10, "6..6......", "..........", "9.8......."), 0.5, picture);
  expect(regions.map(({ score }) => Number(score.toFixed(3)))).toEqual([0.85, 0.6]);
});

it("drops specks where anything larger stands", () => {
  expect(boxes(mapOf(10, "9....", ".....", ".66.."))).toEqual([[10, 20, 20, 10]]);
  expect(boxes(mapOf(10, "9....", ".....", "....."))).toEqual([[0, 0, 10, 10]]);
});

it("stays within the picture, drops what lies outside, and says nothing of a cool map", () => {
  expect(boxes(mapOf(10, "...99", "...99"), { width: 45, height: 13 })).toEqual([[30, 0, 15, 13]]);
  expect(boxes(mapOf(10, "99.....99"), { width: 40, height: 10 })).toEqual([[0, 0, 20, 10]]);
  expect(boxes(mapOf(10, "44444"))).toEqual([]);
  expect(boxes({ ...mapOf(10, "99999"), data: new Float32Array(5).fill(Number.NaN) })).toEqual([]);
});

it("tells at most twelve, of 20,000 px too", () => {
  const rows = Array.from({ length: 2500 }, (_, y) => (y % 3 === 0 ? "99......" : "........"));
  expect(regionsOf(mapOf(8, ...rows), 0.5, { width: 64, height: 20_000 })).toHaveLength(12);
});

it("is the field with the largest overlap", () => {
  const fields = { amount: [0, 0, 100, 20], name: [0, 20, 100, 20] } as const;
  expect(fieldAt({ x: 10, y: 15, width: 20, height: 20 }, fields)).toBe("name");
  expect(fieldAt({ x: 200, y: 0, width: 20, height: 20 }, fields)).toBeUndefined();
});
