import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lookUp, parseOptions } from "../../core/table.ts";
import { schedules } from "./index.ts";
import type { ScheduleEntry, ScheduleLength } from "./schedule.ts";

interface Case {
  name: string;
  options: object;
  factors: number[];
}
interface Golden {
  length: ScheduleLength;
  losses: number[];
  bySteps: Case[];
  byHistory: Case[];
}

const file = new URL("../../../test/golden/nn/schedules.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(file, "utf8"));

function create({ name, options }: Case) {
  const entry: ScheduleEntry = lookUp(schedules, "schedule", name);
  return entry.create(parseOptions(entry, name, options), golden.length);
}

describe("against PyTorch's schedulers", () => {
  it.each(golden.bySteps)("$name $options at every step", (entry) => {
    const schedule = create(entry);
    for (const [step, factor] of entry.factors.entries()) expect(schedule.at(step, [])).toBeCloseTo(factor, 10);
  });

  it.each(golden.byHistory)("$name $options after every loss", (entry) => {
    const schedule = create(entry);
    for (const [seen, factor] of entry.factors.entries())
      expect(schedule.at(0, golden.losses.slice(0, seen)), `after ${seen} losses`).toBeCloseTo(factor, 10);
  });
});

describe("cosine", () => {
  const cosine: ScheduleEntry = schedules.cosine;

  it("rises for at most half of a plan that is shorter than twice its warm-up", () => {
    const schedule = cosine.create({ warmup: 5, floor: 0.1 }, { stepsPerEpoch: 2, epochs: 2 });
    expect([0, 1, 2].map((step) => schedule.at(step, []))).toEqual([1 / 3, 2 / 3, 1]);
  });

  it("stays at its floor when training goes on", () => {
    const schedule = cosine.create({ warmup: 0, floor: 0.1 }, { stepsPerEpoch: 2, epochs: 2 });
    expect(schedule.at(400, [])).toBeCloseTo(0.1, 12);
  });
});

it("reduceOnPlateau takes a loss that is not a number as no improvement", () => {
  const options = { factor: 0.5, patience: 0, threshold: 0, cooldown: 0, floor: 1e-6 };
  expect(schedules.reduceOnPlateau.create(options).at(0, [1, Number.NaN])).toBe(0.5);
});
