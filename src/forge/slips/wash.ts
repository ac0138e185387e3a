import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import type { Rng } from "../../core/rng.ts";
import { type Box, grow } from "../box.ts";
import { mix, parseColour, type Rgb } from "./colour.ts";
import type { Palette } from "./layout.ts";
import { strokeLine } from "./shapes.ts";

/** What runs across a ground, text upon it or not: a second colour that comes in slowly, and a faint texture. */
export interface Wash {
  readonly shape: "none" | "vertical" | "diagonal" | "radial";
  /** Of the second colour where it is strongest, 0..1. */
  readonly strength: number;
  /** Whether it begins at the far end. */
  readonly turned: boolean;
  /** Browsers dither gradients, most other programs leave bands of one level. */
  readonly dithered: boolean;
  readonly texture: "none" | "waves" | "hexagons" | "grid";
  /** Of the texture's lines, 0..1. */
  readonly faint: number;
  /** Whether cards and papers have it, too. */
  readonly cards: boolean;
}

export function drawWash(rng: Rng): Wash | undefined {
  if (rng.chance(0.25)) return undefined;
  return {
    shape: rng.pick(["none", "vertical", "vertical", "diagonal", "radial"] as const),
    strength: rng.chance(0.3) ? rng.between(0.45, 0.85) : rng.between(0.06, 0.45),
    turned: rng.chance(0.5),
    dithered: rng.chance(0.4),
    texture: rng.pick(["none", "none", "waves", "hexagons", "grid"] as const),
    faint: rng.between(0.03, 0.12),
    cards: rng.chance(0.35),
  };
}

/** What runs in lies between the brand and its accent. */
export function washColours({ page, brand, accent }: Palette): { second: string; ink: string } {
  return { second: mix(brand, accent, 0.4), ink: mix(brand, page, 0.2) };
}

/** Lays a wash over an area with rounded corners. `second` runs in, `ink` draws the texture; both #rrggbb. */
export function paintWash(
  context: SKRSContext2D,
  { x, y, width, height }: Box,
  wash: Wash,
  { second, ink, radius, dp }: { second: string; ink: string; radius: number; dp: number },
): void {
  const { shape, texture, faint } = wash;
  context.save();
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(radius, width / 2, height / 2));
  context.clip();
  if (shape !== "none") {
    const area = grow({ x, y, width, height }, 0, context.canvas);
    context.drawImage(shaded(context, area, wash, parseColour(second)), area.x, area.y);
  }
  context.globalAlpha = faint;
  if (texture === "waves") paintWaves();
  else if (texture === "hexagons") paintHexagons();
  else if (texture === "grid") paintGrid();
  context.restore();

  function paintWaves(): void {
    for (let at = y; at < y + height + 20 * dp; at += 13 * dp) {
      const points: [number, number][] = [];
      for (let along = x; along <= x + width; along += 6 * dp)
        points.push([along, at + 9 * dp * Math.sin(along / (38 * dp) + at / (90 * dp))]);
      strokeLine(context, points, dp, ink);
    }
  }

  function paintHexagons(): void {
    const side = 16 * dp;
    for (let row = 0; row * 1.5 * side < height + side; row++)
      for (let column = 0; column * 1.732 * side < width + 2 * side; column++) {
        const [cx, cy] = [x + (column + (row % 2) / 2) * 1.732 * side, y + row * 1.5 * side];
        const corners = Array.from({ length: 7 }, (_, i): [number, number] => {
          const angle = (i * Math.PI) / 3 + Math.PI / 6;
          return [cx + side * Math.cos(angle), cy + side * Math.sin(angle)];
        });
        strokeLine(context, corners, dp, ink);
      }
  }

  function paintGrid(): void {
    const step = 22 * dp;
    for (let at = x; at < x + width; at += step)
      strokeLine(
        context,
        [
          [at, y],
          [at, y + height],
        ],
        dp,
        ink,
      );
    for (let at = y; at < y + height; at += step)
      strokeLine(
        context,
        [
          [x, at],
          [x + width, at],
        ],
        dp,
        ink,
      );
  }
}

/** What stands there with the second colour run in:   level' = (1 - a) level + a second, a = strength (1 - t / .9) along the way t */
function shaded(context: SKRSContext2D, { x: left, y: top, width, height }: Box, wash: Wash, second: Rgb): Canvas {
  const { shape, strength, turned, dithered } = wash;
  const image = context.getImageData(left, top, width, height);
  const { data } = image;
  const slope = width * width + height * height;
  const far = (width / 2) ** 2 + height ** 2;
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i += 4) {
      const way =
        shape === "vertical"
          ? y / height
          : shape === "diagonal"
            ? (x * width + y * height) / slope
            : Math.sqrt(((x - width / 2) * (x - width / 2) + y * y) / far);
      const share = strength * (1 - (turned ? 1 - way : way) / 0.9);
      if (share <= 0) continue;
      const nudge = dithered ? (bayer[(y & 3) * 4 + (x & 3)]! + 0.5) / 16 : 0.5;
      // Truncated to whole levels: both are above 0.
      for (let c = 0; c < 3; c++) data[i + c] = (data[i + c]! + share * (second[c]! - data[i + c]!) + nudge) | 0;
    }
  const canvas = createCanvas(width, height);
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}
/** Ordered dither (Bayer, 1973). */
const bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];
