import type { SKRSContext2D } from "@napi-rs/canvas";
import { rasterisers as engines } from "../rasterisers/index.ts";
import type { TextStyle } from "../text.ts";

const paint = (name: "canvas" | "pango") => async (context: SKRSContext2D, text: string, style: TextStyle) =>
  (await engines[name].paint(context, [{ text, style }]))[0]!;

/** Programs that draw text, one text at a time. */
export const rasterisers = { canvas: paint("canvas"), pango: paint("pango") } as const;
