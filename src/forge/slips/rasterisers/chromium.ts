import { existsSync, readFileSync } from "node:fs";
import { loadImage, type SKRSContext2D } from "@napi-rs/canvas";
import type { Browser, Page } from "playwright-core";
import { UserError } from "../../../core/errors.ts";
import { type Box, union } from "../../box.ts";
import { facesOf } from "../fonts.ts";
import { inkBox, type TextItem } from "../text.ts";
import type { Rasteriser } from "./rasteriser.ts";

/** One page, opened once; all texts of a slip stand on it at once, upon nothing. */
export const chromium = {
  summary: "Headless Chromium: HTML upon a transparent page",
  cite: "As web apps, and forgers with a browser's developer tools, draw text",
  available: async () => executable() !== undefined,
  paint: (context, items) => {
    // One page serves all callers, one after another.
    const painted = queue.then(() => paintOnPage(context, items));
    queue = painted.catch(() => undefined);
    return painted;
  },
} satisfies Rasteriser;
let queue: Promise<unknown> = Promise.resolve();
let opening: Promise<{ browser: Browser; page: Page }> | undefined;
const loadedFaces = new Set<string>();

export async function closeChromium(): Promise<void> {
  const opened = opening;
  opening = undefined;
  loadedFaces.clear();
  await queue;
  await (await opened)?.browser.close();
}

/** CHROME_PATH, ASSAY_CHROMIUM or the usual places. */
function executable(): string | undefined {
  const { CHROME_PATH, ASSAY_CHROMIUM } = process.env;
  const usual = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
  return [ASSAY_CHROMIUM, CHROME_PATH, ...usual].find((path) => path !== undefined && existsSync(path));
}

async function open(): Promise<{ browser: Browser; page: Page }> {
  const { chromium: launcher } = await import("playwright-core");
  const executablePath = executable();
  if (executablePath === undefined)
    throw new UserError(
      "bad-options",
      "No Chromium was found. Set ASSAY_CHROMIUM to its program, or draw with another rasteriser.",
    );
  const browser = await launcher.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--font-render-hinting=none",
      "--disable-lcd-text",
    ],
  });
  const page = await browser.newPage({ deviceScaleFactor: 1 });
  await page.setContent("<!doctype html><style>body{margin:0;background:transparent}</style><body></body>");
  return { browser, page };
}

async function paintOnPage(context: SKRSContext2D, items: readonly TextItem[]): Promise<Box[]> {
  if (items.length === 0) return [];
  opening ??= open();
  const { page } = await opening;
  await loadFaces(page, items);
  const expected = items.map(({ text, style }) => inkBox(context, text, style));
  const margin = Math.ceil(0.3 * Math.max(...items.map(({ style }) => style.size))) + 2;
  const all = expected.reduce(union);
  const clip = { x: all.x - margin, y: all.y - margin, width: all.width + 2 * margin, height: all.height + 2 * margin };
  await page.setViewportSize({ width: clip.width, height: clip.height });
  // A sentence of script, since this room's types know no page.
  await page.evaluate(`document.body.innerHTML = ${JSON.stringify(items.map((item) => htmlOf(item, clip)).join(""))}`);
  const image = await loadImage(await page.screenshot({ type: "png", omitBackground: true }));
  context.drawImage(image, clip.x, clip.y);
  // Chromium may set a letter a pixel beside where the canvas would.
  return expected.map(({ x, y, width, height }) => ({ x: x - 1, y: y - 1, width: width + 2, height: height + 2 }));
}

/** The strut is an empty box whose lower edge is the line's baseline, whatever the font's own measures say. */
function htmlOf({ text, style }: TextItem, { x, y }: { x: number; y: number }): string {
  const strut = Math.ceil(3 * style.size);
  const names = facesOf(style.family, style.weight, text).map(({ name }) => `'${name}'`);
  const place = { left: "flex-start", center: "center", right: "flex-end" }[style.align];
  const line = `position:absolute;left:${style.x - x}px;top:${style.baseline - y - strut}px;width:0;display:flex;justify-content:${place}`;
  const look = `font:${style.size}px ${names.join(",")};line-height:0;color:${style.colour};letter-spacing:${style.letterSpacing ?? 0}px;white-space:pre;flex:none`;
  const foot = `display:inline-block;width:0;height:${strut}px`;
  return `<div style="${line}"><div style="${look}"><i style="${foot}"></i>${escapeHtml(text)}</div></div>`;
}

async function loadFaces(page: Page, items: readonly TextItem[]): Promise<void> {
  const faces = items
    .flatMap(({ text, style }) => facesOf(style.family, style.weight, text))
    .filter(({ name }) => !loadedFaces.has(name));
  const fresh = [...new Map(faces.map((face) => [face.name, face])).values()];
  if (fresh.length === 0) return;
  const fonts = fresh.map(({ name, file }) => [name, readFileSync(file).toString("base64")]);
  await page.evaluate(`Promise.all(${JSON.stringify(fonts)}.map(async ([name, data]) =>
    document.fonts.add(await new FontFace(name, "url(data:font/woff2;base64," + data + ")").load()))).then(() => true)`);
  for (const { name } of fresh) loadedFaces.add(name);
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
