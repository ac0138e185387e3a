import { expect, it } from "vitest";
import { z } from "zod";
import { parseOptions } from "./table.ts";

const options = z.object({
  realPerFake: z.number().min(0.1).max(1000).default(1),
  missedFake: z.number().positive().default(10),
  share: z.number().min(0).lt(1).default(0),
  members: z.int().min(1).default(1),
  cost: z.number().positive("a cost above 0 is needed").default(1),
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
