import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Rng } from "../../core/rng.ts";
import { drawLaundering, launderingOptions } from "../launder.ts";
import { banks } from "./banks.ts";
import { releasesPerBank } from "./layout.ts";
import { countFakes, planSlips, type SlipPlan } from "./plan.ts";
import { slipOptions } from "./slipOptions.ts";

const options = slipOptions.parse({});
const plan = (count: number, ratio: string) =>
  planSlips({ count, ratio, seed: "plan test", engines: ["canvas", "outline", "pango"], options });

describe("planSlips", () => {
  it("plans the published benchmark as it always did, but for what is asked for", () => {
    const engines = ["canvas", "outline", "supersampled", "pango"] as const;
    const plans = planSlips({ count: 300, ratio: "1:10", seed: 1, engines, options });
    const rows = plans.map(({ name, label, group, source, split, scenario, content, rng }) => [
      ...[name, label, group, source, split, scenario, content],
      rng.bits(),
    ]);
    expect(createHash("sha256").update(JSON.stringify(rows)).digest("hex")).toBe(
      "6f4c7a16cf373d36f0bccf958672c9d684cc0302bbd967b17ca815a36a133c0e",
    );
    expect(plans.every(({ shows }) => shows === "slip")).toBe(true);
  });

  it("draws as many releases of apps that are seen as are asked for, and of the others the benchmark's", () => {
    const asked = slipOptions.parse({ releases: 16, unseenShare: 0.3 });
    const plans = planSlips({ count: 2000, ratio: "1:1", seed: "releases", engines: ["canvas"], options: asked });
    const releases = (scenario: SlipPlan["scenario"]) =>
      new Set(plans.filter((one) => one.scenario === scenario).map(({ content }) => content.release));
    expect([releases("seen").size, releases("unseen").size]).toEqual([16, releasesPerBank]);
  });

  it("shows other apps' screens among genuine pictures alone, never as a fake's source, and deals parts as asked", () => {
    const parts = { train: 0.3, validation: 0.5, calibration: 0.1, test: 0.1 };
    const asked = slipOptions.parse({ otherScreens: 0.4, unseenShare: 0, sources: 1, parts });
    const plans = planSlips({ count: 1200, ratio: "1:1", seed: "screens", engines: ["canvas"], options: asked });
    const screens = plans.filter(({ shows }) => shows === "screen");
    expect(Math.abs(screens.length / 600 - 0.4)).toBeLessThan(0.06);
    expect(screens.every(({ label }) => label === "real")).toBe(true);
    const sources = new Set(plans.filter(({ label }) => label === "fake").map(({ source }) => source));
    expect(screens.filter(({ source }) => sources.has(source))).toEqual([]);
    const inValidation = plans.filter(({ split }) => split === "validation").length;
    expect(Math.abs(inValidation / plans.length - 0.5)).toBeLessThan(0.08);
    expect(() => slipOptions.parse({ parts: { ...parts, test: 0.3 } })).toThrow(/add up to 1/);
  });

  it("keeps every account in one part and one scenario", () => {
    const parts = new Map<string, Set<string>>();
    for (const { group, split, scenario } of plan(400, "1:2"))
      parts.set(group, (parts.get(group) ?? new Set()).add(`${split} ${scenario}`));
    expect([...parts.values()].every((set) => set.size === 1)).toBe(true);
  });

  it("keeps the source of every fake in its own group", () => {
    const groups = new Map<string, Set<string>>();
    for (const { source, group } of plan(600, "1:1")) groups.set(source, (groups.get(source) ?? new Set()).add(group));
    expect([...groups.values()].every((set) => set.size === 1)).toBe(true);
  });

  it("has held-out apps, with fonts and phones of their own, in test alone", () => {
    const plans = plan(1500, "1:1");
    const of = (scenario: string, say: (plan: SlipPlan) => string) =>
      new Set(plans.filter((one) => one.scenario === scenario).map(say));
    expect(of("unseen", ({ split }) => split)).toEqual(new Set(["test"]));
    for (const say of [
      ({ content }: SlipPlan) => content.bank,
      ({ content }: SlipPlan) => banks[content.bank].font,
      ({ content }: SlipPlan) => content.device.name,
    ]) {
      const seen = of("seen", say);
      expect([...of("unseen", say)].filter((word) => seen.has(word))).toEqual([]);
    }
    const share = plans.filter(({ scenario }) => scenario === "unseen").length / plans.length;
    expect(Math.abs(share - options.unseenShare)).toBeLessThan(0.05);
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

  it("draws what a picture shows and goes through whatever its label", () => {
    const plans = plan(3000, "1:1");
    const chain = (rng: Rng) => drawLaundering(launderingOptions.parse({}), rng.fork("laundering"));
    for (const say of [
      ({ content }: SlipPlan) => content.bank,
      ({ content }: SlipPlan) => content.device.name,
      ({ content }: SlipPlan) => content.device.theme,
      ({ content }: SlipPlan) => String(content.rasteriser),
      ({ split }: SlipPlan) => split,
      ({ scenario }: SlipPlan) => scenario,
      ({ rng }: SlipPlan) => chain(rng).level,
      ({ rng }: SlipPlan) => String(chain(rng).generations),
    ])
      expect(surprise(plans.map((one) => [say(one), one.label]))).toBeLessThan(4);
  });
});

/** How many standard deviations the chi-square of a table of words by class lies above its mean. */
function surprise(pairs: readonly (readonly [word: string, label: string])[]): number {
  const count = (word?: string, label?: string) =>
    pairs.filter((pair) => (word ?? pair[0]) === pair[0] && (label ?? pair[1]) === pair[1]).length;
  const words = [...new Set(pairs.map(([word]) => word))];
  let chiSquare = 0;
  for (const word of words)
    for (const label of ["real", "fake"]) {
      const expected = (count(word) * count(undefined, label)) / pairs.length;
      chiSquare += (count(word, label) - expected) ** 2 / expected;
    }
  const freedom = Math.max(1, words.length - 1);
  return (chiSquare - freedom) / Math.sqrt(2 * freedom);
}

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
