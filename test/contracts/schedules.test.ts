import { describe, expect, it } from "vitest";
import { parseOptions } from "../../src/core/table.ts";
import { schedules } from "../../src/nn/schedules/index.ts";
import type { ScheduleEntry } from "../../src/nn/schedules/schedule.ts";

const plans = [
  { stepsPerEpoch: 1, epochs: 1 },
  { stepsPerEpoch: 7, epochs: 3 },
  { stepsPerEpoch: 80, epochs: 30 },
];
const histories = [[], [0.7], [0.7, 0.6, 0.65, 0.65, 0.65, 0.65, 0.65, 0.65, 0.65], Array(200).fill(0)];

describe.each(Object.entries(schedules) as [string, ScheduleEntry][])("%s", (name, entry) => {
  const options = parseOptions(entry, name, {});

  it.each(plans)("is above 0 and at most 1 at every step of $epochs x $stepsPerEpoch, and after", (plan) => {
    const schedule = entry.create(options, plan);
    const outside = [];
    for (let step = 0; step <= 2 * plan.stepsPerEpoch * plan.epochs; step++)
      for (const history of histories) {
        const factor = schedule.at(step, history);
        if (!(factor > 0 && factor <= 1)) outside.push({ step, history, factor });
      }
    expect(outside).toEqual([]);
  });

  it("is a pure function: the order of the questions changes nothing, nor does a second schedule", () => {
    const plan = plans[1]!;
    const questions = Array.from({ length: 21 }, (_, step) => [step, histories[step % 4]!] as const);
    const schedule = entry.create(options, plan);
    const forwards = questions.map((question) => schedule.at(...question));
    const backwards = questions.toReversed().map((question) => schedule.at(...question));
    const other = entry.create(options, plan);
    expect(backwards.toReversed()).toEqual(forwards);
    expect(questions.map((question) => other.at(...question))).toEqual(forwards);
  });

  it("says what it is and whence it comes", () => {
    expect(entry.summary).not.toBe("");
    expect(entry.cite).not.toBe("");
  });
});
