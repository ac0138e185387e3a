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
  return measuredInk(context, text, style);
}

/** Where the ink of the text stands, rounded outwards by a pixel for its antialiasing. */
export function inkBox(context: SKRSContext2D, text: string, style: TextStyle): Box {
  setFont(context, text, style);
  return measuredInk(context, text, style);
}

function measuredInk(context: SKRSContext2D, text: string, style: TextStyle): Box {
  const ink = context.measureText(text);
  // The canvas knows the ink of the first font alone where a text is set from several files.
  if (!/^[\x20-\xff\u2022\u20ac]*$/.test(text)) return seenInk(text, style, ink.width);
  const left = Math.floor(style.x - ink.actualBoundingBoxLeft) - 1;
  const top = Math.floor(style.baseline - ink.actualBoundingBoxAscent) - 1;
  const right = Math.ceil(style.x + ink.actualBoundingBoxRight) + 1;
  const bottom = Math.ceil(style.baseline + ink.actualBoundingBoxDescent) + 1;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The same, by drawing the text and looking. */
function seenInk(text: string, style: TextStyle, advance: number): Box {
  const margin = Math.ceil(style.size);
  const start = style.x - { left: 0, center: advance / 2, right: advance }[style.align];
  const [x, y] = [Math.floor(start) - margin, Math.floor(style.baseline) - 2 * margin];
  const [width, height] = [Math.ceil(advance) + 2 * margin + 1, 3 * margin];
  const pen = createCanvas(width, height).getContext("2d");
  setFont(pen, text, { ...style, align: "left" });
  pen.fillText(text, start - x, style.baseline - y);
  const { data } = pen.getImageData(0, 0, width, height);
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++, at++) {
      if (pixels[at] === 0) continue;
      if (column < left) left = column;
      if (column > right) right = column;
      if (row < top) top = row;
      bottom = row;
    }
  if (right < 0) return { x: Math.floor(start), y: Math.floor(style.baseline), width: 1, height: 1 };
  return { x: x + left - 1, y: y + top - 1, width: right - left + 3, height: bottom - top + 3 };
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
