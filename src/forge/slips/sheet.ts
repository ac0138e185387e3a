import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Box } from "../box.ts";
import type { Family, Weight } from "./fonts.ts";
import type { FieldName } from "./layout.ts";
import { type Align, fitted, type TextItem, type TextStyle } from "./text.ts";

/** How a text is asked for; lengths in pixels. It is made smaller, as apps do, where it is wider than its room. */
export interface Look {
  readonly family: Family;
  readonly weight: Weight;
  readonly size: number;
  readonly colour: string;
  readonly align: Align;
  readonly x: number;
  readonly baseline: number;
  readonly letterSpacing?: number;
  readonly room?: number;
}

/** A field whose ink is not yet drawn, or a code that is. */
export interface PlacedField<N extends string = FieldName> {
  readonly name: N;
  readonly kind: "text" | "qr";
  readonly text: string;
  readonly style: TextStyle;
  readonly room: number;
  readonly ground: string;
  readonly box?: Box;
}

/** A slip while it is drawn: shapes at once, texts gathered for the slip's own rasteriser. */
export interface Sheet<N extends string = FieldName> {
  readonly context: SKRSContext2D;
  readonly items: TextItem[];
  /** Fields, each with the place of its text among the items. */
  readonly fields: { readonly placed: PlacedField<N>; readonly item: number | undefined }[];
  text(text: string, look: Look): TextStyle;
  field(name: N, text: string, look: Look & { room: number }, ground: string): void;
}

export function openSheet<N extends string = FieldName>(context: SKRSContext2D): Sheet<N> {
  const items: TextItem[] = [];
  const fields: Sheet<N>["fields"] = [];
  const text = (value: string, { room, letterSpacing, ...look }: Look): TextStyle => {
    const spaced = letterSpacing === undefined || letterSpacing === 0 ? look : { ...look, letterSpacing };
    const wanted: TextStyle = { ...spaced, baseline: Math.round(look.baseline) };
    const style = room === undefined ? wanted : fitted(context, value, wanted, room);
    items.push({ text: value, style });
    return style;
  };
  return {
    context,
    items,
    fields,
    text,
    field(name, value, look, ground) {
      const style = text(value, look);
      fields.push({
        placed: { name, kind: "text", text: value, style, room: look.room, ground },
        item: items.length - 1,
      });
    },
  };
}
