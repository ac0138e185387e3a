import { type Canvas, createCanvas, ImageData } from "@napi-rs/canvas";
import type { Codec, JpegSave, Pixels } from "../image/codec.ts";

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

/** Puts pixels of the canvas's own size upon it. */
function writePixels(canvas: Canvas, pixels: Pixels): void {
  const { width, height, data } = pixels;
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let from = 0, to = 0; from < data.length; to += 4) {
    rgba[to] = data[from++]!;
    rgba[to + 1] = data[from++]!;
    rgba[to + 2] = data[from++]!;
    rgba[to + 3] = 255;
  }
  canvas.getContext("2d").putImageData(new ImageData(rgba, width, height), 0, 0);
}

export function copyCanvas(canvas: Canvas): Canvas {
  const copy = createCanvas(canvas.width, canvas.height);
  copy.getContext("2d").drawImage(canvas, 0, 0);
  return copy;
}

/** Saves the canvas as a JPEG and opens it again: an earlier generation. */
export async function saveOnce(canvas: Canvas, codec: Codec, save: JpegSave): Promise<void> {
  writePixels(canvas, await codec.decodePixels(await codec.encodeJpeg(readPixels(canvas), save)));
}
