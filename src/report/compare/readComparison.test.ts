import { expect, it } from "vitest";
import { exampleComparison } from "../../../test/golden/report/exampleComparison.ts";
import { readComparison } from "./readComparison.ts";

const example = exampleComparison();

it("reads what was written", () => {
  expect(readComparison(JSON.stringify(example))).toEqual(JSON.parse(JSON.stringify(example)));
});

it.each([
  ["{", "no JSON"],
  ["null", "no comparison"],
  ["[]", "no comparison"],
  ["{}", "no comparison"],
  [JSON.stringify({ schemaVersion: 1, epochs: 3 }), "no comparison"],
  [JSON.stringify({ ...example, schemaVersion: 2 }), "version 2"],
  [JSON.stringify({ ...example, ratios: [{ ratio: "1:10" }] }), "damaged"],
  [JSON.stringify({ ...example, ratios: [{ ...example.ratios[0], strategies: [null] }] }), "damaged"],
])("refuses %.30s with a sentence", (text, reason) => {
  expect(() => readComparison(text)).toThrow(RangeError);
  expect(() => readComparison(text)).toThrow(reason);
});
