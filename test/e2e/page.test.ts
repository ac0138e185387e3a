import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import sharp, { type Sharp } from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Detector } from "../../src/detect/detection.ts";
import { detectorOf } from "../../src/detect/testDetector.ts";
import { sharpCodec as codec } from "../../src/image/sharpCodec.ts";
import { serve } from "../../src/server/main.ts";
import { buildPage, launchChromium, violations } from "./browser.ts";

const model = { name: "test-model", sha256: "0".repeat(64), domain: "noise with a grey square" };

const regions = [
  { x: 0, y: 0, width: 80, height: 50, score: 0.93, field: "recipientName" },
  { x: 160, y: 150, width: 32, height: 16, score: 0.7 },
];

/** Says "fake" of pictures wider than 300 px, and that it looked at their stored top left; does not know narrow ones. */
const detector: Detector = detectorOf({
  model,
  operatingPoint: {
    recall: { value: 0.5, low: 0.4, high: 0.6, n: 200 },
    falseAlarmRate: { value: 0.01, low: 0.005, high: 0.02, n: 900 },
  },
  async detect(bytes) {
    const { sha256, format, pixels, orientation, warnings } = await codec.decode(bytes);
    const isFake = pixels.width > 300;
    const isStrange = pixels.width < 160;
    return {
      sha256,
      verdict: isStrange ? "inconclusive" : isFake ? "fake" : "real",
      ...(isStrange && { outside: "This picture looks like a drawing." }),
      ...(isFake && { regions }),
      probability: isFake ? 0.97 : 0.04,
      thresholds: { real: 0.2, fake: 0.6 },
      falseAlarmRate: 0.01,
      model,
      evidence: ["The file names an editor."],
      warnings,
      picture: { format, width: pixels.width, height: pixels.height, orientation, bytes: bytes.length },
      heatMap: { width: 4, height: 4, data: Float32Array.of(1, ...new Array<number>(15).fill(0)) },
    };
  },
  async close() {},
});

/** Noise with a grey square, as a file of any format. */
async function picture(name: string, width: number, encode: (image: Sharp) => Sharp, height = 200) {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    return x > 60 && x < 120 && y > 60 && y < 120 ? 128 : (x + y) / 3 + ((i * 7919) % 23);
  });
  const buffer = await encode(sharp(data, { raw: { width, height, channels: 3 } })).toBuffer();
  return { name, mimeType: "application/octet-stream", buffer };
}

let browser: Browser;
let folder: string;
let server: Awaited<ReturnType<typeof serve>>;
let serverWithoutModel: Awaited<ReturnType<typeof serve>>;
let fake: Awaited<ReturnType<typeof picture>>;
let real: Awaited<ReturnType<typeof picture>>;
const text = { name: "notes.jpg", mimeType: "image/jpeg", buffer: Buffer.from("this is no picture") };

beforeAll(async () => {
  browser = await launchChromium();
  folder = await mkdtemp(join(tmpdir(), "assay-page-"));
  await buildPage(folder);
  server = await serve({ port: 0, codec, detector, webFolder: folder });
  serverWithoutModel = await serve({ port: 0, codec, webFolder: folder });
  fake = await picture("fake.jpg", 320, (image) => image.jpeg({ quality: 90 }));
  real = await picture("real.png", 200, (image) => image.png());
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await serverWithoutModel?.close();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

let complaints: string[] = [];
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  expect(complaints).toEqual([]);
});

/** The page in a context of its own; what its console complains of fails the test, refused uploads aside. */
async function open(options: BrowserContextOptions = {}, { url } = server): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("status of 415")) complaints.push(message.text());
  });
  await page.goto(url);
  await page.getByRole("heading", { name: "Was this picture altered?" }).waitFor();
  return page;
}

const pick = (page: Page, ...files: (typeof text)[]) => page.locator("input[type=file]").setInputFiles(files);
const headline = (page: Page, words: string) => page.getByRole("heading", { level: 1, name: words }).waitFor();
const altered = "Evidence suggests that this picture was altered";

/** What an expression about the first element of a selector gives in the page. */
const read = (page: Page, selector: string, expression: string) =>
  page.evaluate(`((element) => ${expression})(document.querySelector("${selector}"))`);

/** Mean grey level of what an element looks like on the screen. */
async function brightness(element: Locator): Promise<number> {
  const { channels } = await sharp(await element.screenshot())
    .greyscale()
    .stats();
  return channels[0]!.mean;
}

/** The same event that a browser sends when files are dropped on, or pasted into, the page. */
const give = (page: Page, event: "drop" | "paste", { name, buffer }: typeof text) =>
  page.evaluate(`{
    const bytes = Uint8Array.from(atob("${buffer.toString("base64")}"), (c) => c.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], "${name}"));
    document.body.dispatchEvent(
      "${event}" === "drop"
        ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
        : new ClipboardEvent("paste", { clipboardData: data, bubbles: true }),
    );
  }`);

describe("the page", () => {
  it("gives a verdict in plain words with its limits", async () => {
    const page = await open();
    await page.getByText("It knows noise with a grey square").waitFor();
    await pick(page, fake);
    await headline(page, altered);
    const verdict = await page.getByRole("region", { name: "Verdict", exact: true }).innerText();
    expect(verdict).toContain("Probability of alteration: 97 %");
    expect(verdict).toContain("about 1 in 100 genuine pictures");
    const limits = await page.getByRole("region", { name: "Limits of the verdict" }).innerText();
    expect(limits).toContain("What it cannot see");
    expect(limits).toContain("noise with a grey square");
    expect(limits).toContain("The file names an editor.");
    expect(await page.getByRole("status").innerText()).toBe(`fake.jpg: ${altered}. Probability of alteration 97 %.`);
  });

  it.each(["drop", "paste"] as const)("takes a picture by %s", async (way) => {
    const page = await open();
    await give(page, way, real);
    await headline(page, "No alteration evidence found");
  });

  it("never calls a picture genuine", async () => {
    const page = await open();
    await pick(page, real);
    await headline(page, "No alteration evidence found");
    expect(await page.getByRole("region", { name: "Verdict", exact: true }).innerText()).toContain(
      "does not prove that the picture is genuine",
    );
  });

  it("lays the heat map over the picture, as strong as the slider says, away while held", async () => {
    const page = await open();
    await pick(page, fake);
    const map = page.getByRole("img", { name: "Heat map over the picture" });
    await map.waitFor();
    const opacity = () => read(page, ".heat", "getComputedStyle(element).opacity");
    const slider = page.getByRole("slider", { name: "Heat map" });
    await slider.fill("100");
    await expect.poll(opacity).toBe("1");
    await slider.fill("20");
    await expect.poll(opacity).toBe("0.2");
    const hold = page.getByRole("button", { name: "Hold to see the original" });
    await hold.focus();
    await page.keyboard.down("Space");
    await expect.poll(opacity).toBe("0");
    await page.keyboard.up("Space");
    await expect.poll(opacity).toBe("0.2");
  });

  it("says what an alarm is worth where fakes are as rare as the reader says, and keeps that", async () => {
    const page = await open();
    await pick(page, fake, real);
    await headline(page, altered);
    const worth = page.locator(".alarm-answer");
    // .5 / (.5 + 100 * .01), from .4 / (.4 + 100 * .02) to .6 / (.6 + 100 * .005)
    await expect.poll(() => worth.innerText()).toBe("Of 100 such alarms about 33 are right (17 to 55).");
    await page.getByRole("slider", { name: "Fakes to genuine pictures" }).press("End");
    await expect.poll(() => worth.innerText()).toBe("Of 100 such alarms about 0.5 are right (0.2 to 1.2).");
    await page.getByRole("button", { name: /^real\.png/ }).click();
    await headline(page, "No alteration evidence found");
    expect(await worth.count()).toBe(0);
    await page.getByRole("button", { name: /^fake\.jpg/ }).click();
    await expect.poll(() => worth.innerText()).toContain("about 0.5 are right");
  });

  it("boxes the regions, goes to one by its name, and back", async () => {
    const page = await open();
    await pick(page, fake);
    await headline(page, altered);
    const labels = page.locator(".region");
    await expect.poll(() => labels.allInnerTexts()).toEqual(["1 Recipient name", "2"]);
    const share = (side: string) => read(page, ".region", `Number.parseFloat(element.style.${side})`);
    expect([await share("width"), await share("height")]).toEqual([25, 25]);

    await page.keyboard.press("r");
    await expect.poll(() => labels.count()).toBe(0);
    await page.getByRole("button", { name: "Regions" }).click();
    await expect.poll(() => labels.count()).toBe(2);

    const width = () => read(page, ".stage-picture", "element.getBoundingClientRect().width");
    const before = Number(await width());
    const place = page.getByRole("button", { name: "Place" });
    await place.click();
    await page.getByRole("button", { name: "Whole picture" }).waitFor();
    // Its middle lies in the middle of the stage, as far as the picture reaches.
    const isSeen = `(() => {
      const [box, stage] = [element.getBoundingClientRect(), element.closest(".stage").getBoundingClientRect()];
      return box.left >= stage.left && box.right <= stage.right && box.top >= stage.top && box.bottom <= stage.bottom;
    })()`;
    await expect.poll(() => read(page, ".region.is-focus", isSeen)).toBe(true);
    expect(await violations(page)).toEqual([]);
    await place.click();
    await expect.poll(width).toBe(before);
  });

  it("gives the reason, and no number, for a picture that the model does not know", async () => {
    const page = await open();
    await pick(page, await picture("drawing.png", 120, (image) => image.png()));
    await headline(page, "Inconclusive");
    const verdict = await page.getByRole("region", { name: "Verdict", exact: true }).innerText();
    expect(verdict).toContain("This picture looks like a drawing.");
    expect(verdict).not.toContain("%");
    expect(await page.locator(".heat").count()).toBe(0);
    expect(await page.getByRole("status").innerText()).toBe(
      "drawing.png: inconclusive. This picture looks like a drawing.",
    );
  });

  it("shows a scroll capture at a width that can be read, to scroll through", async () => {
    const page = await open();
    await pick(page, await picture("long.png", 320, (image) => image.png(), 20_000));
    await headline(page, altered);
    const width = () => read(page, ".stage-picture", "element.getBoundingClientRect().width");
    await expect.poll(width).toBeGreaterThan(300);
    expect(await read(page, ".stage", "[element.clientHeight < 900, element.scrollHeight > 10_000]")).toEqual([
      true,
      true,
    ]);
    expect(await violations(page)).toEqual([]);
  });

  it("turns picture and heat map alike by the EXIF orientation", async () => {
    const page = await open();
    await pick(page, await picture("turned.jpg", 320, (image) => image.withMetadata({ orientation: 6 }).jpeg()));
    await headline(page, altered);
    const size = await read(page, ".stage img", "[element.naturalWidth, element.naturalHeight]");
    expect(size).toEqual([200, 320]);
    // Stored top left is shown at the top right.
    const corners = "[0, 3].map((x) => element.getContext('2d').getImageData(x, 0, 1, 1).data[3])";
    await expect.poll(() => read(page, ".heat", corners)).toEqual([0, 255]);
  });

  it("shows error levels that follow quality and gain", async () => {
    const page = await open();
    await pick(page, fake);
    await page.getByRole("tab", { name: "Error levels" }).click();
    const levels = page.getByAltText("Error levels at quality 90");
    await levels.waitFor();
    await expect.poll(() => brightness(levels)).toBeGreaterThan(1);
    const before = await brightness(levels);
    await page.getByRole("slider", { name: "Gain" }).fill("30");
    await expect.poll(() => brightness(levels)).toBeGreaterThan(before * 1.5);
    await page.getByRole("slider", { name: "Gain" }).fill("15");
    await page.getByRole("slider", { name: "Quality of the extra save" }).fill("55");
    await expect.poll(() => brightness(page.getByAltText("Error levels at quality 55"))).toBeGreaterThan(before * 1.5);
  });

  it("says when error levels mean little", async () => {
    const page = await open();
    await pick(page, real);
    await page.getByRole("tab", { name: "Error levels" }).click();
    await page.getByText("shows no 8 x 8 grid of an earlier JPEG save").waitFor();
  });

  it("shows tables, metadata and hashes", async () => {
    const page = await open();
    await pick(page, fake);
    await page.getByRole("tab", { name: "File facts" }).click();
    await page.getByRole("table", { name: "Luminance (table 0)" }).waitFor();
    const facts = await page.getByRole("tabpanel").innerText();
    expect(facts).toContain("baseline, chroma 4:2:0");
    expect(facts).toContain("90, with the standard tables");
    expect(facts).toContain((await codec.decode(fake.buffer)).sha256);
  });

  it("answers the good ones beside a bad one, which it explains", async () => {
    const page = await open();
    await pick(page, text, real, fake);
    await headline(page, "This file could not be examined");
    await page.getByText("the first bytes decide, not the name").first().waitFor();
    const frames = page.getByRole("navigation", { name: "Pictures" }).getByRole("listitem");
    await expect
      .poll(() => frames.allInnerTexts())
      .toEqual([
        expect.stringContaining("Not examined"),
        expect.stringContaining("No evidence"),
        expect.stringContaining("Altered?"),
      ]);
    expect(await violations(page)).toEqual([]);
  });

  it("shows formats that the browser cannot", async () => {
    const page = await open();
    await pick(page, await picture("scan.tiff", 320, (image) => image.tiff({ compression: "none" })));
    await headline(page, altered);
    const width = () => read(page, ".stage img", "element.naturalWidth");
    await expect.poll(width).toBe(320);
  });

  it("works without a model, and says how to get one", async () => {
    const page = await open({}, serverWithoutModel);
    await page.getByText("npm run quickstart").waitFor();
    expect(await violations(page)).toEqual([]);
    await pick(page, fake);
    await page.getByRole("heading", { name: "No model is loaded, so there is no verdict" }).waitFor();
    await page.getByRole("tab", { name: "Error levels" }).click();
    await page.getByAltText("Error levels at quality 90").waitFor();
  });

  it("is worked by keyboard alone", async () => {
    const page = await open();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: /Drop pictures here/ }).focus();
    await page.keyboard.press("Enter");
    await (await chooser).setFiles([fake, real]);
    await headline(page, altered);

    await page.getByRole("button", { name: /^fake\.jpg/ }).focus();
    await page.keyboard.press("ArrowRight");
    await headline(page, "No alteration evidence found");
    await page.keyboard.press("ArrowLeft");
    await headline(page, altered);

    await page.getByRole("tab", { name: "Where it looked" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByAltText("Error levels at quality 90").waitFor();
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    expect(await focused.getAttribute("type")).toBe("range");
    await page.keyboard.press("ArrowRight");
    expect(await focused.inputValue()).toBe("91");
    const outline = await read(page, ":focus", "getComputedStyle(element).outlineStyle");
    expect(outline).toBe("solid");
  });

  it("fits a phone", async () => {
    const page = await open({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await pick(page, fake, real);
    await headline(page, altered);
    for (const name of ["Where it looked", "Error levels", "File facts"]) {
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
    const page = await open({ colorScheme });
    expect(await violations(page, rule)).toEqual([]);
    await pick(page, fake, real);
    await headline(page, altered);
    for (const name of ["Where it looked", "Error levels", "File facts"]) {
      await page.getByRole("tab", { name }).click();
      expect(await violations(page, rule)).toEqual([]);
    }
  });

  it("follows the system's colours until the reader chooses, and remembers the choice", async () => {
    const page = await open({ colorScheme: "dark" });
    const isDark = async () => (await brightness(page.locator("body"))) < 80;
    expect(await isDark()).toBe(true);
    await page.getByRole("button", { name: "Switch to light colours" }).click();
    await expect.poll(isDark).toBe(false);
    await page.reload();
    await page.getByRole("button", { name: "Switch to dark colours" }).waitFor();
    expect(await isDark()).toBe(false);
  });
});
