import type { Canvas } from "@napi-rs/canvas";
import type { Rng } from "../../core/rng.ts";
import type { Codec } from "../../image/codec.ts";
import { grow } from "../box.ts";
import { copyCanvas, saveOnce } from "../canvas.ts";
import { cover } from "./operations/ground.ts";
import type { SlipField } from "./slip.ts";
import { paintText } from "./text.ts";

/** What honest people and programs do to a slip without changing what it says; the same chance in both classes. */
export const shams = {
  /** Opened and saved again. */
  async resave(canvas: Canvas, _field: SlipField, rng: Rng, codec: Codec) {
    const quality = 80 + rng.integer(16);
    await saveOnce(canvas, codec, { quality, subsampling: "4:2:0" });
    return { quality };
  },

  /** A field's own pixels cut and pasted back. */
  async pasteBack(canvas: Canvas, field: SlipField) {
    const { x, y, width, height } = grow(field.box, 3, canvas);
    canvas.getContext("2d").drawImage(copyCanvas(canvas), x, y, width, height, x, y, width, height);
    return { field: field.name };
  },

  /** A field covered in its true colour and set again, in its own letters. */
  async rerender(canvas: Canvas, field: SlipField) {
    const context = canvas.getContext("2d");
    cover(context, grow(field.box, 1, canvas), field.ground);
    paintText(context, field.text, field.style);
    return { field: field.name };
  },
} as const;

export type ShamName = keyof typeof shams;
export const shamNames = Object.keys(shams) as ShamName[];
