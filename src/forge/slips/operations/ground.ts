import type { SKRSContext2D } from "@napi-rs/canvas";
import { z } from "zod";
import type { Rng } from "../../../core/rng.ts";
import type { Box } from "../../box.ts";
import { parseColour, showColour } from "../colour.ts";

/** How far the forger's colour is off, in levels of 0..255 per channel. */
export const colourErrorOption = z
  .tuple([z.number().min(0).max(255), z.number().min(0).max(255)])
  .default([1, 3])
  .describe("how far the colour of the patch is off, low..high, in levels of 0..255");

/** A colour as far off as the range says: all channels together, each with a tint of its own. */
export function missColour(colour: string, [low, high]: readonly [number, number], rng: Rng): string {
  const rgb = parseColour(colour);
  const distance = rng.between(low, high);
  const mean = (rgb[0] + rgb[1] + rgb[2]) / 3;
  // White has no room above and black none below.
  const sign = mean > 255 - 2 * high ? -1 : mean < 2 * high ? 1 : rng.pick([-1, 1]);
  return showColour(rgb.map((level) => level + sign * distance * rng.between(0.6, 1.4)));
}

/** Covers the box with one colour. */
export function cover(context: SKRSContext2D, box: Box, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(box.x, box.y, box.width, box.height);
}
