import type { Canvas } from "@napi-rs/canvas";
import { z } from "zod";
import type { Rng } from "../../../core/rng.ts";
import { type Box, grow } from "../../box.ts";
import { readRegion } from "../../canvas.ts";
import { parseColour, type Rgb, showColour } from "../colour.ts";

/** How far the forger's colour is off. */
export const colourErrorOption = z
  .tuple([z.number().min(0).max(255), z.number().min(0).max(255)])
  .default([0, 3])
  .describe("how far the colour of the patch is off, low..high, in levels of 0..255");

/** An error as large as the range says: all channels together, each with a tint of its own, in whole levels. */
export function drawMiss([low, high]: readonly [number, number], rng: Rng): Rgb {
  const distance = rng.between(low, high) * rng.pick([-1, 1]);
  return [0, 1, 2].map(() => Math.round(distance * rng.between(0.6, 1.4))) as unknown as Rgb;
}

/** The colour with the error, which turns round where white has no room above or black none below. */
export function missed(colour: string, error: Rgb): string {
  const rgb = parseColour(colour);
  const fits = rgb.every((level, c) => level + error[c]! >= 0 && level + error[c]! <= 255);
  return showColour(rgb.map((level, c) => level + (fits ? 1 : -1) * error[c]!));
}

/** What an eyedropper finds beside the box: the median of every channel over the pixels around it. */
export function groundAround(canvas: Canvas, box: Box): string {
  const outer = grow(box, 2, canvas);
  const { data } = readRegion(canvas, outer);
  const levels: [number[], number[], number[]] = [[], [], []];
  for (let y = 0; y < outer.height; y++)
    for (let x = 0; x < outer.width; x++) {
      const [px, py] = [outer.x + x, outer.y + y];
      if (px >= box.x && px < box.x + box.width && py >= box.y && py < box.y + box.height) continue;
      for (let c = 0; c < 3; c++) levels[c]!.push(data[3 * (y * outer.width + x) + c]!);
    }
  return showColour(levels.map((channel) => channel.sort((a, b) => a - b)[channel.length >> 1] ?? 255));
}

/** Covers the box with one colour. */
export function cover(canvas: Canvas, box: Box, colour: string): void {
  const context = canvas.getContext("2d");
  context.fillStyle = colour;
  context.fillRect(box.x, box.y, box.width, box.height);
}
