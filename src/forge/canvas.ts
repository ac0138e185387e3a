import { type Canvas, createCanvas, ImageData } from "@napi-rs/canvas";
import type { Codec, JpegSave, Pixels } from "../image/codec.ts";
import type { Box } from "./box.ts";

/** The canvas's pixels without their alpha, which is opaque everywhere.   // [height, width, 3] */
export function readPixels(canvas: Canvas): Pixels {
  const { width, height } = canvas;
  const rgba = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4, to += 3) {
    data[to] = rgba[from]!;
    data[to + 1] = rgba[from + 1]!;
    data[to + 2] = rgba[from + 2]!;
  }
  return { width, height, channels: 3, data };
}

/** Puts pixels of the canvas's own size upon it; an ImageData made of an array would copy it, slowly. */
function writePixels(canvas: Canvas, pixels: Pixels): void {
  const { width, height, data } = pixels;
  const image = new ImageData(width, height);
  const rgba = image.data;
  for (let from = 0, to = 0; from < data.length; to += 4) {
    rgba[to] = data[from++]!;
    rgba[to + 1] = data[from++]!;
    rgba[to + 2] = data[from++]!;
    rgba[to + 3] = 255;
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

/** The whole canvas or a part of it, in its own size or another one. */
export function copyCanvas(
  canvas: Canvas,
  part: Box = { x: 0, y: 0, width: canvas.width, height: canvas.height },
  size: { readonly width: number; readonly height: number } = part,
): Canvas {
  const copy = createCanvas(size.width, size.height);
  const { x, y, width, height } = part;
  copy.getContext("2d").drawImage(canvas, x, y, width, height, 0, 0, size.width, size.height);
  return copy;
}

/** Saves the canvas as a JPEG and opens it again: an earlier generation. */
export async function saveOnce(canvas: Canvas, codec: Codec, save: JpegSave): Promise<void> {
  writePixels(canvas, await codec.decodePixels(await codec.encodeJpeg(readPixels(canvas), save)));
}

/** Levels of a part of the canvas. */
export interface Region {
  readonly box: Box;
  /** Red, green and blue, not rounded.   // [height, width, 3] */
  readonly data: Float32Array;
}

export function readRegion(canvas: Canvas, box: Box): Region {
  const { x, y, width, height } = box;
  const rgba = canvas.getContext("2d").getImageData(x, y, width, height).data;
  const data = new Float32Array(width * height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4) for (let c = 0; c < 3; c++) data[to++] = rgba[from + c]!;
  return { box, data };
}

/** Levels are rounded and cut at 0 and 255. */
export function writeRegion(canvas: Canvas, { box, data }: Region): void {
  const image = new ImageData(box.width, box.height);
  const rgba = image.data;
  for (let from = 0, to = 0; from < data.length; to++) {
    for (let c = 0; c < 3; c++) rgba[to++] = data[from++]!;
    rgba[to] = 255;
  }
  canvas.getContext("2d").putImageData(image, box.x, box.y);
}
