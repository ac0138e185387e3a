import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { distanceOf, fitNormality, meanOfLargest } from "../../bench/baselines/anomaly.ts";
import { tilesOf } from "../../bench/baselines/tiles.ts";
import { createRng } from "../../src/core/rng.ts";

describe("the genuine-only anomaly score", () => {
  it("equals scikit-learn's Ledoit-Wolf covariance and numpy's Mahalanobis distance", () => {
    const golden = JSON.parse(readFileSync(new URL("../golden/bench/anomaly.json", import.meta.url), "utf8")) as {
      rows: number[][];
      asked: number[][];
      shrinkage: number;
      distances: number[];
    };
    const normality = fitNormality(golden.rows);
    expect(normality.shrinkage).toBeCloseTo(golden.shrinkage, 10);
    golden.asked.forEach((row, i) => {
      expect(distanceOf(normality, row)).toBeCloseTo(golden.distances[i]!, 8);
    });
  });

  it("finds a row that breaks a correlation, where each of its values alone is ordinary", () => {
    const rng = createRng("anomaly");
    const rows = Array.from({ length: 500 }, () => {
      const x = rng.normal();
      return [x, x + 0.1 * rng.normal(), 7];
    });
    const normality = fitNormality(rows);
    const usual = rows.map((row) => distanceOf(normality, row));
    expect(distanceOf(normality, [1, -1, 7])).toBeGreaterThan(2 * Math.max(...usual));
    expect(distanceOf(normality, [1, 1, 7])).toBeLessThan(2);
  });

  it("is the mean of the 3 most distant tiles", () => {
    expect(meanOfLargest([1, 9, 2, 6, 3])).toBe(6);
    expect(meanOfLargest([4])).toBe(4);
    expect(meanOfLargest([])).toBe(0);
  });

  it("covers a picture by tiles on the grid of its blocks, those of one colour left out", () => {
    const [width, height] = [150, 70];
    const data = new Uint8Array(3 * width * height).fill(200);
    const corners = () => tilesOf({ width, height, channels: 3, data }).map(({ x, y }) => [x, y]);
    expect(corners()).toEqual([]);
    data[3 * (69 * width + 149)] = 199; // Beyond the last whole block.
    expect(corners()).toEqual([]);
    data[3 * (60 * width + 140)] = 199;
    expect(corners()).toEqual([[80, 0]]);
    expect(tilesOf({ width: 63, height: 200, channels: 3, data })).toEqual([]);
  });
});
