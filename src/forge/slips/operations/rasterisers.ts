import { createCanvas, ImageData, type SKRSContext2D } from "@napi-rs/canvas";
import sharp from "sharp";
import type { Box } from "../../box.ts";
import { families, fontFile } from "../fonts.ts";
import { inkBox, paintText, type TextStyle } from "../text.ts";

/** Programs that draw text: the app's own (Skia, by the canvas) and another one (Pango and FreeType, by sharp). */
export const rasterisers = {
  canvas: async (context: SKRSContext2D, text: string, style: TextStyle): Promise<Box> =>
    paintText(context, text, style),
  pango: paintWithPango,
} as const;

/** Draws the text so that the feet of its letters stand where the canvas would set them. */
async function paintWithPango(context: SKRSContext2D, text: string, style: TextStyle): Promise<Box> {
  const face = `${families[style.family].pango}${style.weight === 700 ? " Bold" : ""}`;
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${style.colour}">${escapeMarkup(text)}</span>`,
      // Pango counts in points of 1/72 inch: at 72 dpi a point is a pixel. Sizes are halves at the finest.
      font: `${face} ${Math.round(style.size * 2) / 2}`,
      fontfile: fontFile(style.family, style.weight),
      rgba: true,
      dpi: 72,
      wrap: "none",
    },
  })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const ink = inkBox(context, text, style);
  const box = { x: ink.x + 1, y: ink.y + ink.height - 1 - info.height, width: info.width, height: info.height };
  if (style.align === "right") box.x = ink.x + ink.width - 1 - info.width;
  if (style.align === "center") box.x = Math.round(ink.x + (ink.width - info.width) / 2);
  const layer = createCanvas(info.width, info.height);
  layer.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(data), info.width, info.height), 0, 0);
  context.drawImage(layer, box.x, box.y);
  return box;
}

function escapeMarkup(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
