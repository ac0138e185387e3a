import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { countFakes, planSlips } from "./plan.ts";

const plan = (count: number, ratio: string) =>
  planSlips({ count, ratio, options: { accountSize: 3 } }, createRng("plan test"));

describe("planSlips", () => {
  it("keeps every account in one part", () => {
    const parts = new Map<string, Set<string>>();
    for (const { group, split } of plan(300, "1:2")) parts.set(group, (parts.get(group) ?? new Set()).add(split));
    expect([...parts.values()].every((set) => set.size === 1)).toBe(true);
  });

  it("puts a fake beside its source's other pictures, and has that source in the set about half of the time", () => {
    const plans = plan(600, "1:1");
    const originals = new Map(plans.filter(({ label }) => label === "real").map((own) => [own.source, own]));
    const fakes = plans.filter(({ label }) => label === "fake");
    const withOriginal = fakes.filter(({ source }) => originals.has(source));
    for (const fake of withOriginal) {
      expect(originals.get(fake.source)!.group).toBe(fake.group);
      expect(originals.get(fake.source)!.content).toEqual(fake.content);
    }
    expect(withOriginal.length / fakes.length).toBeGreaterThan(0.3);
    expect(withOriginal.length / fakes.length).toBeLessThan(0.6);
  });

  it("tells nothing of the class by name or order", () => {
    const plans = plan(400, "1:1");
    const first = plans.slice(0, 200).filter(({ label }) => label === "fake").length;
    expect(Math.abs(first - 100)).toBeLessThan(25);
    expect(plans.map(({ name }) => name)).toEqual(plans.map(({ name }) => name).sort());
  });

  it("draws records whose facts agree", () => {
    for (const { content } of plan(200, "1:1")) {
      const { time, captured, reference } = content.record;
      const stamp = (t: typeof time) => Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second);
      expect(stamp(captured)).toBeGreaterThanOrEqual(stamp(time));
      const day = `${String(time.year % 100)}${String(time.month).padStart(2, "0")}${String(time.day).padStart(2, "0")}`;
      expect(reference).toContain(day);
    }
  });
});

describe("countFakes", () => {
  it("gives one fake for k genuine, and one of each class at least", () => {
    expect(countFakes(400, "1:1")).toBe(200);
    expect(countFakes(1100, "1:10")).toBe(100);
    expect(countFakes(20, "1:1000")).toBe(1);
  });

  it("says what is wrong with a ratio or a count", () => {
    expect(() => countFakes(400, "10")).toThrow(/form 1:k/);
    expect(() => countFakes(400, "1:0")).toThrow(/form 1:k/);
    expect(() => countFakes(1, "1:1")).toThrow(/at least 2/);
  });
});
