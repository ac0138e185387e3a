import { paintText } from "../text.ts";
import type { Rasteriser } from "./rasteriser.ts";

export const canvas = {
  summary: "Skia through the canvas: glyph masks with its own hinting and grey antialiasing",
  cite: "Skia graphics library; Android and Chrome draw text with it",
  available: async () => true,
  paint: async (context, items) => items.map(({ text, style }) => paintText(context, text, style)),
} satisfies Rasteriser;
