import { createCanvas } from "@napi-rs/canvas";
import { inkBox, paintText } from "../text.ts";
import type { Rasteriser } from "./rasteriser.ts";

const factor = 2;

/** Drawn twice as large and reduced: a pixel is the mean of 2 x 2 that were hinted at the larger size. */
export const supersampled = {
  summary: "Drawn at twice the size and reduced",
  cite: "As screens of another density are scaled, and as image editors smooth text",
  available: async () => true,
  async paint(context, items) {
    return items.map(({ text, style }) => {
      const box = inkBox(context, text, style);
      const large = createCanvas(factor * box.width, factor * box.height);
      paintText(large.getContext("2d"), text, {
        ...style,
        size: factor * style.size,
        x: factor * (style.x - box.x),
        baseline: factor * (style.baseline - box.y),
        ...(style.letterSpacing !== undefined && { letterSpacing: factor * style.letterSpacing }),
      });
      context.save();
      context.imageSmoothingEnabled = true;
      context.imageSmoothingQuality = "medium";
      context.drawImage(large, box.x, box.y, box.width, box.height);
      context.restore();
      return box;
    });
  },
} satisfies Rasteriser;
