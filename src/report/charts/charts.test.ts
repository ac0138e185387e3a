import "../../image/sharpCodec.ts"; // blocks SVG in this process, as in every run
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { scores } from "../../../test/golden/metrics/madeUpScores.ts";
import { exampleReport, resultOf } from "../../../test/golden/report/exampleReport.ts";
import type { ReportData } from "../reportData.ts";
import { plotFiles } from "./files.ts";
import { charts } from "./index.ts";
import { inLight, palette } from "./palette.ts";

const example = await exampleReport();
const of = (labels: number[], probabilities: number[]) => ({
  ...example,
  results: [resultOf("reencoded", scores("test", labels, probabilities), example.thresholds)],
});
/** Moved to one fake in 501 pictures, some scores at the very ends. */
const rare = (() => {
  const share = 1 / 501;
  const [first, ...rest] = of([0, 0, 0, 1, 0, 1], [0, 1e-9, 0.0004, 0.003, 0.08, 1]).results;
  const result = { ...first!, prevalence: { share, ratio: "1:500", from: "asked" as const, movedFrom: 0.5 } };
  return { ...example, results: [{ ...result, thresholds: { real: 1e-12, fake: 0.002 } }, ...rest] };
})();
const { training, ...untrained } = example;
const cases: Record<string, ReportData> = {
  "a whole run": example,
  "no results": { ...example, results: [] },
  "no pictures": of([], []),
  "one picture": of([1], [0.5]),
  "one class": of([0, 0, 0], [0.1, 0.5, 1]),
  "constant scores": of([0, 1, 0, 1], [0.4, 0.4, 0.4, 0.4]),
  "a threshold above every score": { ...of([0, 1], [1, 0]), thresholds: { ...example.thresholds, fake: 1.0000002 } },
  "rare fakes": rare,
  "no training": untrained,
  "no epochs": { ...example, training: { ...training!, epochs: [] } },
  "one epoch": { ...example, training: { ...training!, epochs: training!.epochs.slice(0, 1), bestEpoch: 0 } },
};

describe.each(Object.entries(cases))("charts of %s", (_, data) => {
  it.each(Object.entries(charts))("%s", (_, { draw }) => {
    const svg = draw(data);
    expect(svg).toMatch(/^<svg [^>]*role="img"/);
    expect(svg).toMatch(/aria-label="[^"]{10,}"/);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|null/);
    expect(svg, "an id would stand twice in a page, a script has no place in one").not.toMatch(
      / id=|<script|<style|http/,
    );
    expect(svg, "colours are variables, so that they turn in the dark").not.toMatch(
      /#[0-9a-f]{3,6}"|"(black|white|red)"/,
    );
    if (data === example) expect(draw(data)).toBe(svg);
  });
});

it("goes by powers of ten where fakes are rare", () => {
  for (const name of ["calibration", "scores"] as const) {
    expect(charts[name].draw(rare)).toMatch(/>1<[\s\S]*>0\.1<[\s\S]*>0\.0001</);
    expect(charts[name].draw(example)).not.toContain(">0.0001<");
  }
  expect(charts.scores.draw(rare)).toContain("fake from 0.0020");
});

it("says what a chart has instead of an empty frame", () => {
  expect(charts.roc.draw(cases["one class"]!)).toContain("all pictures are real");
  for (const name of ["calibration", "scores", "confusion"] as const)
    expect(charts[name].draw(cases["no pictures"]!)).toContain("No pictures were measured.");
  expect(charts.loss.draw(untrained)).toContain("No epoch was trained");
});

it("draws the operating point where the confusion matrix says", () => {
  const data = of([0, 0, 0, 0, 1, 1], [0.1, 0.2, 0.3, 0.9, 0.8, 0.2]); // at .71: 1 of 4 alarms, 1 of 2 found
  const svg = charts.roc.draw(data);
  const [x, y] = [48 + 0.25 * (380 - 48 - 16), 32 + 0.5 * (330 - 32 - 42)];
  expect(svg).toContain(`<circle r="5" cy="${y}" cx="${x}" />`);
});

it("writes every chart as a picture in light colours", async () => {
  const files = await plotFiles(example);
  expect(files.map(([name]) => name)).toEqual(Object.keys(charts));
  for (const [, png] of files) {
    const { format, width } = await sharp(png).metadata();
    expect({ format, width }).toEqual({ format: "png", width: 760 });
    const { dominant } = await sharp(png).stats();
    expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(200);
  }
  expect(inLight(charts.scores.draw(example))).not.toContain("var(");
});

describe.each(["light", "dark"] as const)("contrast, %s", (theme) => {
  it.each([
    ["ink", "paper"],
    ["muted", "paper"],
    ["muted", "wash"],
    ["real", "paper"],
    ["fake", "paper"],
    ["raw", "paper"],
    ["rescaled", "paper"],
    ["warning", "warningWash"],
  ] as const)("%s on %s is at least 4.5 : 1 (WCAG AA)", (text, ground) => {
    const [a, b] = [luminance(palette[text][theme]), luminance(palette[ground][theme])];
    expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)).toBeGreaterThanOrEqual(4.5);
  });
});

/** Relative luminance of #rrggbb (WCAG 2.2). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const level = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
