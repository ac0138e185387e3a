import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { exampleComparison } from "../../../test/golden/report/exampleComparison.ts";
import { imbalance } from "../../imbalance/index.ts";
import { learningChart } from "./charts/learningChart.ts";
import { compareHtml } from "./compareHtml.ts";
import type { ComparisonData } from "./comparisonData.ts";
import { formatComparison } from "./terminal.ts";

const example = exampleComparison();
const html = compareHtml(example);
const page = parseHTML(html).document;
const names = Object.keys(imbalance);
const textOf = (selector: string) => [...page.querySelectorAll(selector)].map((element) => element.textContent.trim());
/** Rows of the nth table as text, cells by their first line. */
const rows = (table: number) =>
  [...page.querySelectorAll("table")[table]!.querySelectorAll("tbody tr")].map((row) =>
    [...row.children].map((cell) => cell.firstChild?.textContent ?? ""),
  );

describe("compare.html", () => {
  it("says the recommendation of each ratio first, and why", () => {
    expect(textOf(".verdict h2")).toEqual([
      "Use balancedEnsemble",
      "No strategy beats doing nothing and setting the threshold",
    ]);
    for (const { recommended } of example.ratios) expect(page.body.textContent).toContain(recommended.why);
  });

  it("has the chapters that write-ups leave blank", () => {
    expect(textOf("h2").slice(2)).toEqual([
      "Data",
      "Results",
      "Pros and cons",
      "What would improve it",
      "Limits",
      "Configuration",
    ]);
  });

  it("sets the control first and the others by their PR-AUC on validation", () => {
    expect(rows(1).map(([name]) => name)).toEqual([
      "none",
      "balancedEnsemble",
      "balancedBagging",
      "logitAdjustment",
      "classWeights",
      "oversample",
      "focal",
      "smote",
      "undersample",
      "balanced",
      "guessing",
    ]);
  });

  it("says the baselines beside the figures, and accuracy beside that of always real", () => {
    expect(rows(1).at(-1)).toEqual(["guessing", "0.091", "", "0.500", "0.010", "0.010", "0.500"]);
    expect(rows(2).at(-1)).toEqual(["always “real”", "", "0.000", "", "1.000", "0.000", "0.000", "0.909"]);
    expect(rows(4).at(-1)?.[5]).toBe("0.000"); // the skill of the base rate
  });

  it("shows why a figure is missing, and never a number that is none", () => {
    const thin = example.ratios[1]!.strategies.find(({ name }) => name === "smote")!;
    expect(thin.metrics.prAuc).toEqual({ undefinedBecause: expect.any(String) });
    expect(textOf(".reason")).toContain(Object.values(thin.metrics.prAuc)[0]);
    expect(html).not.toMatch(/NaN|undefined|Infinity|\bnull\b/);
  });

  it("names every strategy once among pros and cons, with every sentence", () => {
    expect([...textOf(".strategy h3")].sort()).toEqual([...names].sort());
    for (const { pros, cons } of example.ratios.flatMap(({ strategies }) => strategies))
      for (const sentence of [...pros, ...cons]) expect(page.body.textContent).toContain(sentence);
  });

  it("asks for nothing from elsewhere and runs nothing", () => {
    expect(html).not.toMatch(/<script|<link|src=|https?:\/\/(?!www\.w3\.org)/);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/ id="/);
  });

  it("shows names as text, whatever they hold", () => {
    const bad = `"><script>alert('x')</script>&amp;`;
    const [first] = example.ratios;
    const nasty = compareHtml({
      ...example,
      command: bad,
      machine: bad,
      calibration: bad,
      dataset: { ...example.dataset, name: bad },
      ratios: [
        {
          ...first!,
          ratio: bad,
          strategies: first!.strategies.map((strategy) => ({
            ...strategy,
            name: bad,
            summary: bad,
            failure: bad,
            pros: [bad],
          })),
          recommended: { name: bad, why: bad },
          improve: [bad],
        },
      ],
    });
    const { document } = parseHTML(nasty);
    expect([...document.querySelectorAll("script, [onerror]")]).toEqual([]);
    expect(document.querySelector(".strategy h3")!.textContent).toBe(bad);
    expect(document.querySelector("figure svg")!.getAttribute("aria-label")).toContain("<script>alert('x')");
  });
});

const [first] = example.ratios;
const nothing = { undefinedBecause: "all pictures are real" };
const bare: Readonly<Record<string, ComparisonData>> = {
  "no ratios": { ...example, ratios: [] },
  "a ratio without strategies": { ...example, ratios: [{ ...first!, strategies: [] }] },
  "whole networks and no curves": {
    ...example,
    learner: { kind: "whole", recipe: "tracenet" },
    ratios: [
      {
        ...first!,
        curves: { of: "none", fakes: [], real: [], labelNoise: { real: nothing, fake: nothing } },
        improve: [],
      },
    ],
  },
};
it.each(Object.entries(bare))("stands with %s", (_, data) => {
  expect(compareHtml(data)).not.toMatch(/NaN|undefined|Infinity/);
  expect(formatComparison(data)).not.toMatch(/NaN|undefined|Infinity/);
});

it("draws no curve through one size", () => {
  expect(learningChart("fakes", [{ share: 1, n: 30, rocAuc: nothing, prAuc: nothing }])).toContain("no curve");
});

describe("a comparison in the terminal", () => {
  const text = formatComparison(example);

  it("stays within 100 columns", () => {
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it("gives a line to every strategy of every ratio, marks what is recommended and what is clear of the control", () => {
    for (const name of names) expect(text.match(new RegExp(`^[> ] ${name} `, "gm"))).toHaveLength(2);
    expect(text).toMatch(/^> balancedEnsemble .*\+\.049 ±\.026\*/m);
    expect(text).toContain("Use balancedEnsemble.");
    expect(text).toContain("No strategy beats doing nothing and setting the threshold.");
    expect(text).toContain("smote: 6 fakes in a fold's train part");
  });

  it("has colours where they are asked for, and only there", () => {
    expect(text).not.toContain("\u001b");
    expect(formatComparison(example, { colour: true })).toContain("\u001b[1m");
  });
});
