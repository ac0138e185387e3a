import { expect, it } from "vitest";
import { sampleFacts } from "./sampleFacts.ts";

it("reads how a picture came about from a row of our manifest", () => {
  const row = {
    path: "fake/1.jpg",
    scenario: "unseen",
    app: "Lumen",
    operation: "digitCopy",
    fields: ["amount", "date"],
    laundering: { level: "messenger", side: 1280, quality: 87 },
    parameters: { app: 1 },
  };
  expect(sampleFacts(row)).toEqual({
    scenario: "unseen",
    app: "Lumen",
    operation: "digitCopy",
    fields: ["amount", "date"],
    laundering: "messenger",
  });
});

it("takes what a CSV can hold, and levels by format where none is written", () => {
  expect(sampleFacts({ fields: "amount; name", language: "th" })).toEqual({
    fields: ["amount", "name"],
    language: "th",
  });
  expect(sampleFacts({ laundering: "png" })).toEqual({ laundering: "png" });
  expect(sampleFacts({ laundering: { format: "png" } })).toEqual({ laundering: "png" });
  expect(sampleFacts({ laundering: { format: "jpeg", quality: 85 } })).toEqual({ laundering: "highJpeg" });
  expect(sampleFacts({ laundering: { format: "jpeg", quality: 84 } })).toEqual({ laundering: "lowJpeg" });
});

it("leaves out what is absent, empty or of another kind", () => {
  expect(sampleFacts({ operation: null, fields: [], app: " ", font: 3, laundering: 7 })).toBeUndefined();
});
