import { createCanvas, ImageData } from "@napi-rs/canvas";
import sharp from "sharp";
import { plainFaces } from "../fonts.ts";
import { inkBox, type TextItem } from "../text.ts";
import type { Rasteriser } from "./rasteriser.ts";

export const pango = {
  summary: "Pango, Cairo and FreeType through sharp",
  cite: "As GTK programs, ImageMagick and many servers draw text",
  available: async () => true,
  async paint(context, items) {
    const layers = await Promise.all(items.map(draw));
    return layers.map(({ data, info }, i) => {
      const { text, style } = items[i]!;
      // The feet of the letters stand where the canvas would set them; Pango gives the ink alone.
      const ink = inkBox(context, text, style);
      const box = { x: ink.x + 1, y: ink.y + ink.height - 1 - info.height, width: info.width, height: info.height };
      if (style.align === "right") box.x = ink.x + ink.width - 1 - info.width;
      if (style.align === "center") box.x = Math.round(ink.x + (ink.width - info.width) / 2);
      const layer = createCanvas(info.width, info.height);
      const image = new ImageData(info.width, info.height);
      image.data.set(data);
      layer.getContext("2d").putImageData(image, 0, 0);
      context.drawImage(layer, box.x, box.y);
      // A pixel of margin, as all engines give.
      return { x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2 };
    });
  },
} satisfies Rasteriser;

async function draw({ text, style }: TextItem) {
  const faces = plainFaces(style.family, style.weight, text);
  for (const { file } of faces) await load(file);
  // Pango counts in points of 1/72 inch: at 72 dpi a point is a pixel. Spacing is in 1024ths of a point.
  const spacing =
    style.letterSpacing === undefined ? "" : ` letter_spacing="${Math.round(1024 * style.letterSpacing)}"`;
  return sharp({
    text: {
      text: `<span foreground="${style.colour}"${spacing}>${escapeMarkup(text)}</span>`,
      font: `${faces.map(({ name }) => name).join(",")}, ${Math.round(style.size * 4) / 4}`,
      fontfile: faces[0]!.file,
      rgba: true,
      dpi: 72,
      wrap: "none",
    },
  })
    .raw()
    .toBuffer({ resolveWithObject: true });
}

/** sharp knows a font file once a text was drawn with it. */
function load(file: string): Promise<unknown> {
  const loading =
    loaded.get(file) ??
    sharp({ text: { text: "1", font: "Assay 8", fontfile: file, dpi: 72 } })
      .raw()
      .toBuffer();
  loaded.set(file, loading);
  return loading;
}
const loaded = new Map<string, Promise<unknown>>();

function escapeMarkup(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
