import { expect, it } from "vitest";
import { z } from "zod";
import { parseOptions } from "./table.ts";

const options = z.object({
  realPerFake: z.number().min(0.1).max(1000).default(1),
  missedFake: z.number().positive().default(10),
  share: z.number().min(0).lt(1).default(0),
  members: z.int().min(1).default(1),
  cost: z.number().positive("a cost above 0 is needed").default(1),
  levels: z.strictObject({ png: z.number(), jpeg: z.number() }).optional(),
  weights: z.record(z.string(), z.strictObject({ weight: z.number() })).optional(),
});
const refusal = (given: object) => {
  try {
    return parseOptions({ summary: "", cite: "", options }, "strategy none", given);
  } catch (error) {
    return (error as Error).message;
  }
};

it.each([
  [{ realPerFake: 0 }, "realPerFake: must be at least 0.1 and at most 1000."],
  [{ realPerFake: 1001 }, "realPerFake: must be at least 0.1 and at most 1000."],
  [{ missedFake: 0 }, "missedFake: must be above 0."],
  [{ share: 1 }, "share: must be at least 0 and below 1."],
  [{ members: 0 }, "members: must be at least 1."],
  [{ cost: 0 }, "cost: a cost above 0 is needed."],
  [{ members: 0, missedFake: -1 }, "missedFake: must be above 0; members: must be at least 1."],
])("says which numbers an option may be: %j", (given, sentence) => {
  expect(refusal(given)).toBe(`Options of strategy none: ${sentence}`);
});

it.each([
  [{ member: 1 }, 'unknown key "member" (did you mean "members"?).'],
  [{ levels: { png: 1, jpeg: 1, webp: 1 } }, 'levels: unknown key "webp" (known: png, jpeg).'],
  [{ weights: { a: { weight: 1, wieght: 1 } } }, 'weights.a: unknown key "wieght" (did you mean "weight"?).'],
  [{ rest: 1 }, 'unknown key "rest" (known: realPerFake, missedFake, share, members, cost, levels, weights).'],
  [
    { levels: { png: 1, jpeg: 1, webp: 1, jpg: 1, tiff: 1 } },
    'levels: unknown key "webp", unknown key "jpg" (did you mean "jpeg"?), unknown key "tiff" (known: png, jpeg).',
  ],
])("says which key was meant, or which there are: %j", (given, sentence) => {
  expect(refusal(given)).toBe(`Options of strategy none: ${sentence}`);
});
