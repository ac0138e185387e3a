import sharp from "sharp";
import type { ReportData } from "../reportData.ts";
import { type Chart, charts } from "./index.ts";
import { inLight, palette } from "./palette.ts";

/** Every chart as a PNG for the run folder, by name (`loss`, `roc`, …): light colours, at twice their size. */
export async function plotFiles(data: ReportData): Promise<(readonly [name: string, png: Uint8Array])[]> {
  const drawn = Object.entries<Chart>(charts).map(
    ([name, { title, draw }]) => [name, chartPng(title, draw(data))] as const,
  );
  return Promise.all(drawn.map(async ([name, picture]) => [name, await picture] as const));
}

/** The chart on white under its title, at twice its size on the page. */
export async function chartPng(title: string, svg: string): Promise<Uint8Array> {
  const [width, height] = ["width", "height"].map((name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(svg)?.[1]));
  const chart = inLight(svg).replaceAll("currentColor", palette.ink.light);
  const headed =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height! + 30}" font-family="Inter, Helvetica, Arial, sans-serif">` +
    `<rect width="100%" height="100%" fill="${palette.paper.light}"/>` +
    `<text x="14" y="24" font-size="14" font-weight="600" fill="${palette.ink.light}">${title}</text>` +
    `<g transform="translate(0,30)">${chart}</g></svg>`;
  // The codec blocks every loader that a picture from outside has no business with; these bytes are our own, and the
  // codec still refuses SVG by its first bytes.
  sharp.unblock({ operation: ["VipsForeignLoadSvgBuffer"] });
  return sharp(Buffer.from(headed), { density: 144 }).png().toBuffer();
}
