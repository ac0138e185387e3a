import { createCanvas, Path2D, SvgExportFlag } from "@napi-rs/canvas";
import { inkBox, setFont } from "../text.ts";
import type { Rasteriser } from "./rasteriser.ts";

/** Letters as curves, filled like any other shape: no hinting, exact coverage, the baseline anywhere. */
export const outline = {
  summary: "Glyph outlines, unhinted, filled as shapes with exact coverage",
  cite: "As PDF viewers and vector editors draw text; outlines by Skia and HarfBuzz",
  available: async () => true,
  async paint(context, items) {
    return items.map(({ text, style }) => {
      const box = inkBox(context, text, style);
      // Skia cuts curves off at the borders of an SVG canvas: the text stands well inside of one of its own.
      const margin = Math.ceil(2 * style.size);
      const drawing = createCanvas(box.width + 2 * margin, box.height + 2 * margin, SvgExportFlag.ConvertTextToPaths);
      const pen = drawing.getContext("2d");
      setFont(pen, text, style);
      pen.fillText(text, style.x - box.x + margin, style.baseline - box.y + margin);
      const svg = drawing.getContent().toString();
      context.save();
      context.translate(box.x - margin, box.y - margin);
      context.fillStyle = style.colour;
      for (const [, curve] of svg.matchAll(/<path[^>]*? d="([^"]+)"/g)) context.fill(new Path2D(curve!));
      context.restore();
      return box;
    });
  },
} satisfies Rasteriser;
