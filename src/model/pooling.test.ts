import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { fitPooling, pooledLogit, pooledStatistics, silent } from "./pooling.ts";

const width = 40;
const height = 60;
const mapOf = (fill: (at: number) => number) => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, i) => fill(i)),
});

describe("pooled statistics", () => {
  it("are the same however the map is turned, and rise with a suspicious spot", () => {
    const rng = createRng("pooling");
    const noise = mapOf(() => rng.normal() - 4);
    const turned = { width, height, data: noise.data.slice().reverse() };
    const plain = pooledStatistics({ map: noise, tileLogits: [-3, -1, -2] });
    for (const [i, value] of pooledStatistics({ map: turned, tileLogits: [-2, -3, -1] }).entries())
      expect(value).toBeCloseTo(plain[i]!, 9);
    const spot = mapOf((i) => (i % width < 6 && i < 5 * width ? 3 : noise.data[i]!));
    const raised = pooledStatistics({ map: spot, tileLogits: [-3, 2, -2] });
    for (const k of [0, 1, 2]) expect(raised[k]!).toBeGreaterThan(plain[k]! + 2);
    expect(plain[6]).toBe(-1);
    expect(plain[7]).toBe(-1.5);
  });

  it("count the cells that say anything, and hold where none does", () => {
    const half = mapOf((i) => (i < 1200 ? -5 : silent));
    expect(pooledStatistics({ map: half, tileLogits: [-4] }).at(-1)).toBeCloseTo(Math.log1p(1200 + width), 9);
    expect([...pooledStatistics({ map: mapOf(() => silent), tileLogits: [] })].every(Number.isFinite)).toBe(true);
  });
});

describe("the pooling head", () => {
  it("finds the slopes of a logistic regression", () => {
    const rng = createRng("head");
    const rows = Array.from({ length: 1200 }, () => [3 + 2 * rng.normal(), 10 * rng.normal(), rng.normal()]);
    const labels = rows.map(([a, b]) => (rng.chance(1 / (1 + Math.exp(-(1.5 * (a! - 3) - 0.2 * b!)))) ? 1 : 0));
    const head = fitPooling(rows, labels);
    const slopes = head.weights.map((weight, i) => weight / head.deviation[i]!);
    expect(slopes[0]).toBeCloseTo(1.5, 0);
    expect(slopes[1]).toBeCloseTo(-0.2, 1);
    expect(Math.abs(slopes[2]!)).toBeLessThan(0.1);
    expect(Math.abs(pooledLogit([3, 0, 0], head))).toBeLessThan(0.2);
  });

  it("stays finite on classes that one number separates, and on a number that never changes", () => {
    const head = fitPooling(
      Array.from({ length: 40 }, (_, i) => [i < 20 ? 0 : 1, 7]),
      Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1)),
    );
    expect([...head.weights, head.bias, ...head.deviation].every(Number.isFinite)).toBe(true);
    expect(pooledLogit([1, 7], head)).toBeGreaterThan(1);
    expect(pooledLogit([0, 7], head)).toBeLessThan(-1);
  });
});
