import { expect, it } from "vitest";
import { lastStep, nearestStep, realPerFakeAt, showRatio } from "./prevalence.ts";

it("goes from 1:1 to 1:10,000, ever rarer", () => {
  const all = Array.from({ length: lastStep + 1 }, (_, step) => realPerFakeAt(step));
  expect([all[0], all.at(-1)]).toEqual([1, 10_000]);
  for (let step = 1; step <= lastStep; step++) expect(all[step]).toBeGreaterThan(all[step - 1]!);
  for (const round of [10, 100, 1000]) expect(all).toContain(round);
});

it("finds the step of a ratio, and stays on the slider", () => {
  for (const step of [0, 7, 20, 33, lastStep]) expect(nearestStep(realPerFakeAt(step))).toBe(step);
  expect([nearestStep(0), nearestStep(0.2), nearestStep(1e9)]).toEqual([0, 0, lastStep]);
});

it("says it as people do", () => expect(showRatio(10_000)).toBe("1 : 10,000"));
