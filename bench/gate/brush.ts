import { createRequire } from "node:module";
import { type Canvas, GlobalFonts, type Image, type SKRSContext2D } from "@napi-rs/canvas";
import type { Rng } from "../../src/core/rng.ts";

/** What screens and other drawings of the gate have in common; everything is drawn from a seed. */

export const fonts = ["inter", "roboto", "lato", "open-sans"].map((family) => {
  const file = `@fontsource/${family}/files/${family}-latin-400-normal.woff2`;
  GlobalFonts.registerFromPath(createRequire(import.meta.url).resolve(file), `gate ${family}`);
  return `gate ${family}`;
});

export type PhotoSource = (rng: Rng) => Promise<Image>;
export type Painter = (rng: Rng, photo: PhotoSource) => Promise<Canvas>;

export const hue = (rng: Rng, saturation: number, lightness: number) =>
  `hsl(${rng.integer(360)} ${saturation}% ${lightness}%)`;
export const words = (rng: Rng, count: number) =>
  Array.from({ length: count }, () =>
    Array.from({ length: 2 + rng.integer(8) }, () => "etaoinshrdlucmfwypvbgk"[rng.integer(22)]).join(""),
  ).join(" ");
export const digits = (rng: Rng) => (rng.integer(90_000_00) / 100).toLocaleString("en", { minimumFractionDigits: 2 });

export function fill(
  context: SKRSContext2D,
  [x, y, width, height]: readonly number[],
  style: string,
  radius = 0,
): void {
  context.fillStyle = style;
  context.beginPath();
  context.roundRect(x!, y!, width!, height!, radius);
  context.fill();
}

export function write(
  context: SKRSContext2D,
  text: string,
  [x, y]: readonly [number, number],
  font: string,
  style: string,
) {
  context.font = font;
  context.fillStyle = style;
  context.fillText(text, x, y);
}
