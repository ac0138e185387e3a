import { expect, it } from "vitest";
import type { Detection } from "./detection.ts";
import { verdictLines, verdictOf } from "./verdict.ts";

const detection: Detection = {
  sha256: "",
  verdict: "fake",
  probability: 0.97,
  thresholds: { real: 0.2, fake: 0.6 },
  falseAlarmRate: 0.01,
  model: { name: "m", sha256: "", domain: "slips" },
  evidence: [],
  warnings: [],
  picture: { format: "png", width: 1080, height: 2340, orientation: 1, bytes: 1 },
};

it("parts at the thresholds, which belong to the zone above them", () => {
  expect([0.19, 0.2, 0.59, 0.6].map((p) => verdictOf(p, detection.thresholds))).toEqual([
    "real",
    "inconclusive",
    "inconclusive",
    "fake",
  ]);
});

it("tells places in words", () => {
  const regions = [
    { x: 312, y: 840, width: 540, height: 62, score: 0.928, field: "amount" },
    { x: 0, y: 0, width: 16, height: 16, score: 1 },
  ];
  expect(verdictLines({ ...detection, regions }).slice(2)).toEqual([
    "Most suspicious places (x,y width x height, in pixels):",
    "  1. amount, 312,840 540x62, score .93",
    "  2. 0,0 16x16, score 1.00",
  ]);
  expect(verdictLines({ ...detection, regions: [] })).toHaveLength(2);
});

it("tells the reason alone of a picture that the model does not know", () => {
  const outside = "This picture looks like a photograph.";
  expect(verdictLines({ ...detection, verdict: "inconclusive", outside })).toEqual([
    "Inconclusive: this picture looks like a photograph.",
  ]);
});
