import { expect, it } from "vitest";
import { isDefined } from "../core/estimate.ts";
import type { Sample, SampleFacts } from "../core/sample.ts";
import { scoresOf } from "../metrics/scores.ts";
import { headlineSlices, measureSlices } from "./slices.ts";

const picture = (i: number, label: "real" | "fake", facts?: SampleFacts): Sample => ({
  path: `${i}.png`,
  sha256: `${i}`,
  label,
  group: `${i}`,
  ...(facts && { facts }),
});
const samples: Sample[] = [
  ...Array.from({ length: 20 }, (_, i) =>
    picture(i, "real", { app: i < 10 ? "A" : "B", scenario: "seen", laundering: i % 2 === 0 ? "png" : "messenger" }),
  ),
  ...Array.from({ length: 12 }, (_, i) =>
    picture(20 + i, "fake", {
      app: "A",
      scenario: "seen",
      laundering: i % 3 === 0 ? "messenger" : "highJpeg",
      operation: i < 6 ? "splice" : "digitCopy",
      fields: i < 3 ? ["amount", "date"] : ["amount"],
    }),
  ),
];
const scores = scoresOf(
  samples,
  samples.map(({ label }, i) => (label === "fake" ? 0.5 + i / 100 : i / 50)),
);
const slices = measureSlices(samples, scores, { threshold: 0.5, replicates: 60 });
const find = (slice: string, value: string) => slices.find((one) => one.slice === slice && one.value === value)!;

it("sets operations and fields against all genuine pictures, a fake counting for each of its fields", () => {
  expect(find("operation", "splice").n).toEqual({ real: 20, fake: 6 });
  expect(find("field", "amount").n).toEqual({ real: 20, fake: 12 });
  expect(find("field", "date").n).toEqual({ real: 20, fake: 3 });
});

it("takes both classes of an app, and says why one without fakes has no AUC", () => {
  expect(find("app", "A").n).toEqual({ real: 10, fake: 12 });
  expect(find("app", "B").n).toEqual({ real: 10, fake: 0 });
  expect(find("app", "B").rocAuc).toEqual({ undefinedBecause: "all pictures are real, there is no fake" });
  expect(isDefined(find("app", "B").falseAlarmRate)).toBe(true);
});

it("joins PNG and high JPEG to clean deliveries, the headline", () => {
  expect(find("delivery", "seen, clean").n).toEqual({ real: 10, fake: 8 });
  expect(headlineSlices(slices).map(({ value }) => value)).toEqual(["seen, clean", "seen, messenger"]);
});

it("is empty without facts, and never prints NaN", () => {
  expect(
    measureSlices(
      samples.map(({ facts: _, ...sample }) => sample),
      scores,
      { threshold: 0.5 },
    ),
  ).toEqual([]);
  expect(JSON.stringify(slices)).not.toMatch(/null|NaN/);
});
