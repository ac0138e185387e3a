import { describe, expect, it } from "vitest";
import { clipByGlobalNorm, globalNorm } from "./clip.ts";

const gradients = () => [Float32Array.of(3, 0, 0, 0, 0, 4), Float32Array.of(12)]; // norm 13

describe("clipByGlobalNorm", () => {
  it("returns the norm before clipping and brings the norm to the limit, direction kept", () => {
    const clipped = gradients();
    expect(clipByGlobalNorm(clipped, 6.5)).toBe(13);
    expect(clipped).toEqual([Float32Array.of(1.5, 0, 0, 0, 0, 2), Float32Array.of(6)]);
    expect(globalNorm(clipped)).toBe(6.5);
  });

  it("leaves gradients within the limit as they are", () => {
    const kept = gradients();
    expect(clipByGlobalNorm(kept, 13)).toBe(13);
    expect(kept).toEqual(gradients());
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("returns %s as it is and touches nothing", (bad) => {
    const broken = [Float32Array.of(3, bad), Float32Array.of(12)];
    expect(clipByGlobalNorm(broken, 1)).toBe(bad);
    expect(broken).toEqual([Float32Array.of(3, bad), Float32Array.of(12)]);
  });

  it("does not overflow where the squares leave float32", () => {
    const large = [Float32Array.of(1e30, 0)];
    expect(clipByGlobalNorm(large, 1) / 1e30).toBeCloseTo(1, 5);
    expect(large[0]![0]).toBeCloseTo(1, 5);
  });

  it("takes no gradients at all", () => expect(clipByGlobalNorm([], 1)).toBe(0));
});
