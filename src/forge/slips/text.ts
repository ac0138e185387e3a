import { createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import type { Box } from "../box.ts";
import { canvasFamilies, type Family, type Weight } from "./fonts.ts";

export type Align = "left" | "center" | "right";

/** How a text is set; lengths in pixels of the picture. */
export interface TextStyle {
  readonly family: Family;
  readonly weight: Weight;
  readonly size: number;
  /** #rrggbb */
  readonly colour: string;
  readonly align: Align;
  /** Of the left end, the middle or the right end, by align. */
  readonly x: number;
  readonly baseline: number;
  /** Between two letters, beyond what the font says. */
  readonly letterSpacing?: number;
}

/** A text and how it is set: what rasterisers draw. */
export interface TextItem {
  readonly text: string;
  readonly style: TextStyle;
}

/** Draws the text and returns where its ink stands. */
export function paintText(context: SKRSContext2D, text: string, style: TextStyle): Box {
  setFont(context, text, style);
  context.fillStyle = style.colour;
  context.fillText(text, style.x, style.baseline);
  return inkBox(context, text, style);
}

/** Where the ink of the text stands, rounded outwards by a pixel for its antialiasing. */
export function inkBox(context: SKRSContext2D, text: string, style: TextStyle): Box {
  setFont(context, text, style);
  const ink = context.measureText(text);
  const left = Math.floor(style.x - ink.actualBoundingBoxLeft) - 1;
  const top = Math.floor(style.baseline - ink.actualBoundingBoxAscent) - 1;
  const right = Math.ceil(style.x + ink.actualBoundingBoxRight) + 1;
  const bottom = Math.ceil(style.baseline + ink.actualBoundingBoxDescent) + 1;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Width of the text, in pixels. */
export function textWidth(context: SKRSContext2D, text: string, style: Omit<TextStyle, "x" | "baseline">): number {
  setFont(context, text, style);
  return context.measureText(text).width;
}

/** The style with its size reduced, as apps do, until the text fits. */
export function fitted<S extends Omit<TextStyle, "x" | "baseline">>(
  context: SKRSContext2D,
  text: string,
  style: S,
  room: number,
): S {
  const width = textWidth(context, text, style);
  if (width <= room) return style;
  const spacing = style.letterSpacing === undefined ? {} : { letterSpacing: (style.letterSpacing * room) / width };
  return { ...style, size: (style.size * room) / width, ...spacing };
}

export function setFont(context: SKRSContext2D, text: string, style: Omit<TextStyle, "x" | "baseline">): void {
  context.font = `${style.size}px ${canvasFamilies(style.family, style.weight, text)}`;
  context.letterSpacing = `${style.letterSpacing ?? 0}px`;
  context.textAlign = style.align;
  context.textBaseline = "alphabetic";
}

/** For measuring where nothing is drawn. */
export const rulerContext = createCanvas(1, 1).getContext("2d");
