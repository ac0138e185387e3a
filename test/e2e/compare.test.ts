import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sharpCodec as codec } from "../../src/image/sharpCodec.ts";
import { compareHtml } from "../../src/report/compare/compareHtml.ts";
import { serve } from "../../src/server/main.ts";
import { exampleComparison } from "../golden/report/exampleComparison.ts";
import { buildPage, launchChromium, violations } from "./browser.ts";

/** The Compare view of the page, and compare.html, in a real Chromium. */

const example = exampleComparison();
const file = (name: string, text: string) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });

let browser: Browser;
let folder: string;
let server: Awaited<ReturnType<typeof serve>>;
let serverWithoutRuns: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  browser = await launchChromium();
  folder = await mkdtemp(join(tmpdir(), "assay-compare-"));
  const [webFolder, runs] = [join(folder, "web"), join(folder, "runs")];
  await buildPage(webFolder);
  await mkdir(join(runs, "slips heads"), { recursive: true });
  await writeFile(join(runs, "slips heads", "compare.json"), JSON.stringify(example));
  server = await serve({ port: 0, codec, webFolder, runs });
  serverWithoutRuns = await serve({ port: 0, codec, webFolder, runs: join(folder, "none") });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await serverWithoutRuns?.close();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

let complaints: string[] = [];
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  expect(complaints).toEqual([]);
});

async function open(hash: string, options: BrowserContextOptions = {}, { url } = server): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("status of 404")) complaints.push(message.text());
  });
  await page.goto(`${url}${hash}`);
  return page;
}

const one = "#compare/slips%20heads";
const strategies = (page: Page) => page.getByRole("region", { name: "Table of strategies" });
const rowNames = (page: Page) =>
  strategies(page)
    .locator("tbody th")
    .evaluateAll((heads) => heads.map((head) => head.firstChild?.textContent));

describe("the Compare view", () => {
  it("is reached from the header, lists what lies in runs/, and opens one", async () => {
    const page = await open("");
    await page.getByRole("link", { name: "Compare" }).click();
    await page.getByRole("link", { name: /slips heads.*1:10 balancedEnsemble.*1:100 nothing beats/s }).click();
    await page.getByRole("heading", { name: "Use balancedEnsemble" }).waitFor();
    await page.getByRole("button", { name: "1:100" }).click();
    await page.getByRole("heading", { name: "No strategy beats doing nothing and setting the threshold" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "What helps when fakes are rare?" }).waitFor();
    await page.getByRole("link", { name: "Detect" }).click();
    await page.getByRole("heading", { name: "Was this picture altered?" }).waitFor();
  });

  it("sorts by a column, the best first, then the worst, then as it was", async () => {
    const page = await open(one);
    const head = page.getByRole("columnheader", { name: /ROC-AUC/ });
    await head.waitFor();
    const before = await rowNames(page);
    expect(before.slice(0, 2)).toEqual(["none", "balancedEnsemble"]);
    await head.getByRole("button").click();
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    expect((await rowNames(page))[0]).toBe("balancedEnsemble");
    await head.getByRole("button").press("Enter");
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    expect((await rowNames(page))[0]).toBe("undersample");
    await head.getByRole("button").press("Enter");
    expect(await rowNames(page)).toEqual(before);
  });

  it("shows other columns by the arrow keys, with what knowing nothing would get", async () => {
    const page = await open(one);
    await page.getByRole("tab", { name: "Finding fakes" }).focus();
    await page.keyboard.press("ArrowRight");
    const tail = strategies(page).locator("tfoot tr").last();
    await expect.poll(() => tail.innerText()).toMatch(/^always “real”.*0\.909$/s);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => tail.innerText()).toMatch(/^always the base rate/);
  });

  it("recomputes what an alarm is worth at the share of fakes that the reader sets", async () => {
    const page = await open(one);
    const slider = page.getByRole("slider", { name: "Fakes to genuine pictures" });
    const row = page.getByRole("region", { name: "Table of alarms" }).getByRole("row", { name: /^balancedEnsemble/ });
    const { recall, specificity } = example.ratios[0]!.strategies.find(
      ({ name }) => name === "balancedEnsemble",
    )!.metrics;
    if (!("value" in recall) || !("value" in specificity)) throw new Error("The example has both.");
    for (const [key, k] of [
      ["Home", 1],
      ["End", 10_000],
    ] as const) {
      await slider.press(key);
      expect(await slider.getAttribute("aria-valuetext")).toBe(`1 : ${k.toLocaleString("en")}`);
      const right = (100 * recall.value) / (recall.value + k * (1 - specificity.value));
      const shown = Number.parseFloat(await row.getByRole("cell").first().innerText());
      expect(shown).toBeCloseTo(right, right > 10 ? -1 : 1);
    }
    expect(await page.locator("output").innerText()).toMatch(/^With balancedEnsemble, of 100 alarms about 0\.\d/);
    for (let i = 0; i < 5; i++) await slider.press("ArrowLeft");
    expect(await slider.getAttribute("aria-valuetext")).toBe("1 : 5,600");
  });

  it("moves nothing while the slider moves", async () => {
    const page = await open(one);
    const slider = page.getByRole("slider", { name: "Fakes to genuine pictures" });
    const places = () =>
      page.locator("h2, table, .slider").evaluateAll((all) => all.map((element) => element.getBoundingClientRect().y));
    await slider.press("Home");
    const before = await places();
    for (let i = 0; i < 10; i++) {
      await slider.press("PageUp");
      expect(await places()).toEqual(before);
    }
  });

  it("draws the differences in the metric that is chosen", async () => {
    const page = await open(one);
    const row = page.getByRole("region", { name: "Table of differences" }).getByRole("row", { name: /^undersample/ });
    await expect.poll(() => row.innerText()).toContain("−0.044");
    await page.getByRole("combobox", { name: "Measured by" }).selectOption("Brier score");
    await expect.poll(() => row.innerText()).toContain("both raise no alarm in most resamples");
    await page.getByText("left of the line is better").waitFor();
  });

  it("opens a file that is dropped or chosen, and explains one that is no comparison", async () => {
    const page = await open("#compare", {}, serverWithoutRuns);
    await page.getByText("assay compare <dataset>").waitFor();
    const choose = (name: string, text: string) => page.locator(".compare input").setInputFiles(file(name, text));
    await choose("notes.json", "{");
    await page.getByRole("alert").getByText("notes.json: This file is no JSON.").waitFor();
    await choose("report.json", '{"schemaVersion":1}');
    await page.getByRole("alert").getByText("This is no comparison.").waitFor();
    await choose("mine.json", JSON.stringify(example));
    await page.getByRole("heading", { name: "Use balancedEnsemble" }).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    await page.getByRole("button", { name: "All comparisons" }).click();

    await page.evaluate(`{
      const data = new DataTransfer();
      data.items.add(new File([${JSON.stringify(JSON.stringify(example))}], "dropped.json"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }`);
    await page.getByText(/dropped\.json/).waitFor();
    // It was no picture: the table of pictures stays empty.
    await page.getByRole("link", { name: "Detect" }).click();
    await page.getByRole("heading", { name: "Was this picture altered?" }).waitFor();
  });

  it("says that a name leads nowhere, and what there is instead", async () => {
    const page = await open("#compare/nowhere");
    await page.getByText('There is no comparison "nowhere"').waitFor();
    await page.getByRole("link", { name: /slips heads/ }).waitFor();
  });

  it("fits a phone", async () => {
    const page = await open(one, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await page.getByRole("heading", { name: "Use balancedEnsemble" }).waitFor();
    for (const name of ["Threshold", "Probabilities", "Cost"]) {
      await page.getByRole("tab", { name }).tap();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    }
    expect(await violations(page)).toEqual([]);
  });

  // Colours differ between the schemes, everything else is the same: axe takes its time.
  it.each([
    { colorScheme: "light", rule: undefined },
    { colorScheme: "dark", rule: "color-contrast" },
  ] as const)("has no accessibility violations in $colorScheme", async ({ colorScheme, rule }) => {
    const page = await open("#compare", { colorScheme });
    await page.getByRole("link", { name: /slips heads/ }).waitFor();
    expect(await violations(page, rule)).toEqual([]);
    await page.getByRole("link", { name: /slips heads/ }).click();
    await page.getByRole("button", { name: "1:100" }).click();
    await page.getByRole("heading", { name: /No strategy beats/ }).waitFor();
    await page.evaluate('document.querySelectorAll("details").forEach((details) => { details.open = true; })');
    expect(await violations(page, rule)).toEqual([]);
  });
});

describe("compare.html", () => {
  // axe takes its time: the rare ratio has everything, the reasons of what could not be measured among it.
  const rare = { ...example, ratios: example.ratios.slice(1) };

  it.each([
    { colorScheme: "light", viewport: { width: 390, height: 844 }, rule: undefined },
    { colorScheme: "dark", viewport: { width: 1280, height: 900 }, rule: "color-contrast" },
  ] as const)("is readable in $colorScheme at $viewport.width pixels", async ({ rule, ...options }) => {
    const page = await (await browser.newContext(options)).newPage();
    complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    await page.setContent(compareHtml(rare));
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(options.viewport.width);
    expect(await violations(page, rule)).toEqual([]);
  });
});
