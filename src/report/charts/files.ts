import { createCanvas, loadImage } from "@napi-rs/canvas";
import { canvasFamily } from "../../forge/slips/fonts.ts";
import type { ReportData } from "../reportData.ts";
import { type Chart, charts } from "./index.ts";
import { inLight, palette } from "./palette.ts";

/** Every chart as a PNG for the run folder, by name (`loss`, `roc`, …): light colours, at twice their size. */
export async function plotFiles(data: ReportData): Promise<(readonly [name: string, png: Uint8Array])[]> {
  const drawn = Object.entries<Chart>(charts).map(([name, { title, draw }]) => [name, png(title, draw(data))] as const);
  return Promise.all(drawn.map(async ([name, picture]) => [name, await picture] as const));
}

/** Twice the size on the page, for sharp prints and screens. */
const density = 2;

/** The chart on white under its title, drawn by the canvas: the decoder of pictures refuses SVG in this process. */
async function png(title: string, svg: string): Promise<Uint8Array> {
  const [width, chartHeight] = ["width", "height"].map((name) =>
    Number(new RegExp(` ${name}="(\\d+)"`).exec(svg)?.[1]),
  );
  const height = chartHeight! + 30;
  const chart = inLight(svg)
    .replaceAll("currentColor", palette.ink.light)
    .replaceAll(/font-family="[^"]*"/g, "");
  const headed =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width! * density}" height="${height * density}" viewBox="0 0 ${width} ${height}" font-family="${canvasFamily("inter", 400)}">` +
    `<rect width="100%" height="100%" fill="${palette.paper.light}"/>` +
    `<text x="14" y="24" font-size="14" font-weight="600" fill="${palette.ink.light}">${title}</text>` +
    `<g transform="translate(0,30)">${chart}</g></svg>`;
  const canvas = createCanvas(width! * density, height * density);
  canvas.getContext("2d").drawImage(await loadImage(Buffer.from(headed)), 0, 0);
  return canvas.toBuffer("image/png");
}
