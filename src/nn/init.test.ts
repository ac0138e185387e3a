import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { glorotUniform, heNormal, ones, zeros } from "./init.ts";

const shape = [64, 32, 3, 3]; // 18,432 numbers: a mean is off by 1 % of the deviation, a variance by 1 %
const [fanIn, fanOut] = [32 * 9, 64 * 9];

function moments(data: Float32Array) {
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
  const central = (power: number) => data.reduce((sum, x) => sum + (x - mean) ** power, 0) / data.length;
  return { mean, variance: central(2), kurtosis: central(4) / central(2) ** 2 };
}

describe("heNormal", () => {
  const { mean, variance, kurtosis } = moments(heNormal(shape, createRng(1)));

  it("has mean 0, variance 2 / fanIn and the kurtosis of a normal", () => {
    expect(Math.abs(mean) / Math.sqrt(variance)).toBeLessThan(0.03);
    expect(variance / (2 / fanIn)).toBeCloseTo(1, 1);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.15);
  });
});

describe("glorotUniform", () => {
  const data = glorotUniform(shape, createRng(2));
  const limit = Math.sqrt(6 / (fanIn + fanOut));

  it("has mean 0, variance 2 / (fanIn + fanOut) and the kurtosis of a uniform", () => {
    const { mean, variance, kurtosis } = moments(data);
    expect(Math.abs(mean) / limit).toBeLessThan(0.02);
    expect(Math.abs(variance / (2 / (fanIn + fanOut)) - 1)).toBeLessThan(0.03);
    expect(Math.abs(kurtosis - 1.8)).toBeLessThan(0.05);
  });

  it("fills its range and stays within it", () => {
    const largest = data.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.99 * limit);
  });
});

it("draws dense weights [out, in] by the same rule", () => {
  const { variance } = moments(heNormal([128, 512], createRng(5)));
  expect(Math.abs(variance / (2 / 512) - 1)).toBeLessThan(0.03);
});

it("gives the same numbers for the same stream, others for another", () => {
  expect(heNormal([2, 4], createRng(3))).toEqual(heNormal([2, 4], createRng(3)));
  expect(heNormal([2, 4], createRng(3))).not.toEqual(heNormal([2, 4], createRng(4)));
});

it("fills with zeros and ones", () => {
  expect(zeros([2, 2], createRng(1))).toEqual(new Float32Array(4));
  expect(ones([3], createRng(1))).toEqual(Float32Array.of(1, 1, 1));
});
