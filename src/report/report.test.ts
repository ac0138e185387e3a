import { stripVTControlCharacters } from "node:util";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { scores } from "../../test/golden/metrics/madeUpScores.ts";
import { exampleReport, resultOf } from "../../test/golden/report/exampleReport.ts";
import type { Estimate } from "../core/estimate.ts";
import { wilson } from "../metrics/wilson.ts";
import { alarmWorth } from "./baseRates.ts";
import { reportHtml } from "./html.ts";
import { limits } from "./limits.ts";
import { modelCard } from "./modelCard.ts";
import type { ProtocolResult, ReportData } from "./reportData.ts";
import { resultFigures } from "./resultFigures.ts";
import { formatEvaluation, formatReport } from "./terminal.ts";
import { percent, protocolFalls, protocolsOnTheFloor, verdictInWords } from "./words.ts";

const example = await exampleReport();
const oneClass: ReportData = {
  ...example,
  results: [resultOf("reencoded", scores("test", [0, 0, 0], [0.1, 0.5, 0.9]), example.thresholds)],
};
const flattering: ReportData = {
  ...example,
  dataset: { ...example.dataset, toy: "Drawn slips: the figures say nothing of real ones." },
  split: { ...example.split, kind: "random", naive: true },
};

describe("report.html", () => {
  const html = reportHtml(example);
  const { document } = parseHTML(html);
  const all = (selector: string) => [...document.querySelectorAll(selector)] as { textContent: string }[];

  it("has its sections, charts and figures", () => {
    expect(all("h2").map((h) => h.textContent)).toEqual([
      "Evidence suggests that the model tells altered pictures of this kind from genuine ones, with mistakes.",
      "Three ways of seeing the same test pictures",
      "Where fakes are rare",
      "How it decides",
      "How it was trained",
      "All metrics, re-encoded",
      "Worst mistakes",
      "Data",
      "Limits",
      "Configuration",
    ]);
    expect(all("svg").length).toBe(9);
    expect(all("img").length).toBe(example.mistakes.length + 1);
    expect(all(".figures div").length).toBe(3);
    expect(all("table").map((table) => [...table.textContent.matchAll(/\d\.\d{3}/g)].length)).toEqual([
      72, 0, 24, 28, 56, 0,
    ]);
    expect(html).toContain("weighted avg");
    expect(html).toContain("avg / total");
  });

  it("asks for nothing from elsewhere and runs nothing", () => {
    expect(html).not.toMatch(/https?:|<script|<link|@import|<iframe|\son\w+=/i);
    for (const [, address] of html.matchAll(/(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]*)/g)) {
      expect(address).toMatch(/^data:image\/(png|jpeg);base64,/);
    }
    expect(html).toContain(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`);
  });

  it("shows names as text, whatever they hold", () => {
    const bad = `"><script>alert('x')</script>&amp;`;
    const { toy: _, ...dataset } = example.dataset;
    const nasty = reportHtml({
      ...example,
      title: bad,
      command: bad,
      recipe: { bad },
      machine: bad,
      dataset: {
        ...dataset,
        name: bad,
        groupedBy: bad,
        toy: bad,
        warnings: [bad],
        unreadable: [{ path: bad, error: bad }],
      },
      mistakes: [{ path: bad, label: "fake", probability: 0.1, thumbnail: Uint8Array.of(0xff) }],
    });
    expect(nasty).not.toContain("<script");
    expect(
      nasty.match(/&quot;&gt;&lt;script&gt;alert\(&#39;x&#39;\)&lt;\/script&gt;&amp;amp;/g)!.length,
    ).toBeGreaterThanOrEqual(9);
    const img = parseHTML(nasty).document.querySelector(".gallery img")!;
    expect(img.getAttribute("alt")).toBe(bad);
  });

  it("speaks of evidence, never of proof", () => {
    for (const text of [html, modelCard(example), formatReport(example)]) expect(text).not.toMatch(/\bprove[sdn]?\b/i);
    expect(html).toContain("no alteration evidence found");
  });

  it("warns of a toy set and of a naive split, first and everywhere", () => {
    const page = parseHTML(reportHtml(flattering)).document;
    expect([...page.querySelectorAll(".banner strong")].map((b) => b.textContent)).toEqual([
      "Toy set.",
      "Naive split.",
    ]);
    for (const text of [modelCard(flattering), formatReport(flattering)])
      expect(text).toMatch(/Toy set[\s\S]*Naive split/);
    expect(html).not.toContain("Naive split");
  });

  it.each([
    ["one class", oneClass, "all pictures are real, there is no fake"],
    ["no results", { ...example, results: [] }, "Nothing was measured."],
    ["no mistakes, no training", { ...example, mistakes: [], results: example.results.slice(0, 1) }, "Configuration"],
  ] satisfies [string, ReportData, string][])("says why where it has no figures: %s", (_, data, sentence) => {
    for (const text of [reportHtml(data), modelCard(data), formatReport(data)]) {
      expect(text).not.toMatch(/NaN|undefined|\[object/);
    }
    expect(reportHtml(data)).toContain(sentence);
  });
});

/** The example's results with other ROC-AUCs; floors at chance unless given. */
function withAucs(aucs: Partial<Record<ProtocolResult["protocol"], Estimate>>, floor = around(0.5, 0.03)): ReportData {
  const results = example.results.flatMap((result) => {
    const rocAuc = aucs[result.protocol];
    if (rocAuc === undefined) return [];
    const atFake = { ...result.atFake, metrics: { ...result.atFake.metrics, rocAuc } };
    return [{ ...result, atFake, floors: { file: { rocAuc: floor, accuracy: floor } } }];
  });
  return { ...example, results };
}

function around(value: number, half = 0.02): Estimate {
  return { value, low: value - half, high: value + half, n: 100 };
}

describe("in words", () => {
  it.each([
    [0.97, "tells altered pictures of this kind from genuine ones well", "good"],
    [0.85, "from genuine ones, with mistakes", "good"],
    [0.65, "only weakly", "doubtful"],
    [0.51, "No evidence", "none"],
    [0.3, "No evidence", "none"],
  ])("a ROC-AUC of %f", (auc, words, tone) => {
    const verdict = verdictInWords(withAucs({ reencoded: around(auc) }));
    expect(verdict.headline).toContain(words);
    expect(verdict.tone).toBe(tone);
  });

  it("a model on its floor, and one on a naive split", () => {
    const onFloor = withAucs({ reencoded: around(0.93) }, around(0.92));
    expect(verdictInWords(onFloor)).toMatchObject({
      tone: "doubtful",
      headline: expect.stringContaining("no better than its file floor"),
    });
    expect(protocolsOnTheFloor(onFloor)).toEqual([
      expect.stringMatching(/^Re-encoded: the file floor alone reaches 0.92.*no evidence about edits/),
    ]);
    const naive = { ...withAucs({ reencoded: around(0.97) }), split: flattering.split };
    expect(verdictInWords(naive)).toMatchObject({ tone: "doubtful", headline: expect.stringContaining("naive split") });
  });

  it("what falls from one protocol to the next, and why", () => {
    const [first, second] = protocolFalls(
      withAucs({ raw: around(0.98), reencoded: around(0.64), rescaled: around(0.5) }),
    );
    expect(first).toMatch(/^Raw to re-encoded: ROC-AUC falls by 0.34 \(0.98 to 0.64\)\. One common save/);
    expect(second).toMatch(/^Re-encoded to rescaled: ROC-AUC falls by 0.14.*double compression/);
    expect(protocolFalls(withAucs({ raw: around(0.8), reencoded: around(0.795), rescaled: around(0.9) }))).toEqual([
      expect.stringMatching(/ROC-AUC holds/),
      expect.stringMatching(/ROC-AUC rises/),
    ]);
    expect(protocolFalls(withAucs({ raw: around(0.8, 0.05), reencoded: around(0.77, 0.05) }))).toEqual([
      expect.stringMatching(/no more than chance allows/),
    ]);
    expect(protocolFalls(withAucs({ raw: around(0.8), reencoded: { undefinedBecause: "x" } }))).toEqual([]);
  });

  it("shares", () => {
    const shown = [0, 0.003, 0.01, 0.012, 0.0999, 0.1, 0.714, 0.9894, 0.995, 1].map((x) =>
      percent(x).replace("\u00a0", " "),
    );
    expect(shown).toEqual(["0 %", "0.3 %", "1 %", "1.2 %", "10 %", "10 %", "71 %", "99 %", "99.5 %", "100 %"]);
  });

  it("limits name the run's own first", () => {
    expect(
      limits(flattering)
        .slice(0, 4)
        .map((limit) => limit.slice(0, 12)),
    ).toEqual(["Toy set: Dra", "Naive split:", "The test par", "The threshol"]);
    const sure = {
      ...example,
      split: { ...example.split, looks: 1 },
      thresholds: { ...example.thresholds, falseAlarmRate: wilson(0, 5000) },
    };
    expect(limits(sure)[0]).toMatch(/^The figures hold for pictures like those of casia-v1/);
    expect(limits(example).join(" ")).toContain("takes none in 299");
  });
});

it("an alarm's worth falls with the share of fakes (.8 recall, 1 % false alarms)", () => {
  const result = {
    ...example.results[1]!,
    atFake: {
      ...example.results[1]!.atFake,
      confusionMatrix: [
        [990, 10],
        [200, 800],
      ] as const,
    },
  };
  const recall = { value: 0.8, low: 0.77, high: 0.82, n: 1000 };
  const given = { ...result, atFake: { ...result.atFake, metrics: { ...result.atFake.metrics, recall } } };
  const worth = alarmWorth(given).map(({ precision }) => precision) as { value: number; low: number; high: number }[];
  expect(worth.map(({ value }) => Number(value.toFixed(3)))).toEqual([0.889, 0.444, 0.074]);
  for (const { value, low, high } of worth) expect(low < value && value < high).toBe(true);
  const asked = alarmWorth({ ...given, prevalence: { share: 1 / 501, ratio: "1:500", from: "asked" } });
  expect(asked.map(({ realPerFake }) => realPerFake)).toEqual([10, 100, 500, 1000]);
});

describe("terminal", () => {
  it("aligns its columns and colours only when asked", () => {
    const plain = formatReport(example);
    const lines = plain.split("\n");
    const at = lines.find((line) => line.includes("Raw "))!.indexOf("Rescaled");
    const table = lines
      .slice(
        0,
        lines.findIndex((line) => line.startsWith("* ")),
      )
      .filter((line) => /^(ROC-AUC {2}|PR|recall|accuracy|file|history)/.test(line));
    expect(table.length).toBe(8);
    for (const line of table) expect(line.slice(at)).toMatch(/^0\.\d{3} \[/);
    expect(plain).not.toContain("\u001b");
    expect(stripVTControlCharacters(formatReport(example, { colour: true }))).toBe(plain);
  });

  it("shows an evaluation with its matrix and warnings", () => {
    const { atFake, atBestAccuracy, floors, protocol } = example.results[1]!;
    const text = formatEvaluation({
      ...resultFigures(example.results[1]!),
      ...{ model: "best.onnx", dataset: "casia-v1", part: "test", n: { real: 120, fake: 138 }, testLooks: 2 },
      ...{
        protocol,
        floors,
        atBestAccuracy,
        ...atFake,
        split: { kind: "random", naive: true },
        warnings: ["Seen before."],
        operatingPoint: example.thresholds,
      },
    });
    expect(text).toMatch(/the test part of the random split \(naive: the figures flatter\), seen re-encoded/);
    expect(text).toContain("Seen before.");
    expect(text).toMatch(/real +116 +4\nfake +52 +86/);
    expect(text).toMatch(/^rocAuc +0\.\d{3} \[.*\] +0\.\d{3} \[/m);
  });
});

it("the model card lets no name make markup", () => {
  const card = modelCard({ ...example, title: "a | b <img src=x> `c` [d](e)" });
  expect(card.split("\n")[0]).toBe("# a \\| b \\<img src=x\\> \\`c\\` \\[d\\](e)");
});
