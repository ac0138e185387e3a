import { type Canvas, createCanvas } from "@napi-rs/canvas";
import type { Box } from "../box.ts";
import { type BankName, banks } from "./banks.ts";
import { compacted, type Device, type Signals } from "./device.ts";
import { languages } from "./languages/index.ts";
import { drawLayout, type FieldName, paletteOf } from "./layout.ts";
import { paintSlip } from "./paint.ts";
import type { Promo } from "./promo.ts";
import { type RasteriserName, rasterisers } from "./rasterisers/index.ts";
import type { TransferRecord } from "./record.ts";
import { openSheet } from "./sheet.ts";
import type { TextStyle } from "./text.ts";

/** A field as it was drawn: everything that a forger, or an honest re-render, must know. */
export interface DrawnField<N extends string = string> {
  readonly name: N;
  /** qr: the mini-QR; its box holds the quiet zone, its text is the payload, its style says nothing. */
  readonly kind: "text" | "qr";
  readonly text: string;
  readonly style: TextStyle;
  /** Where its ink stands. */
  readonly box: Box;
  /** Width that a longer text may take before it meets something else, in pixels. */
  readonly room: number;
  /** Colour behind the text, #rrggbb. */
  readonly ground: string;
}
export type SlipField = DrawnField<FieldName>;

/** What is drawn. */
export interface SlipContent {
  readonly bank: BankName;
  /** From 0; the benchmark has releasesPerBank of each bank. */
  readonly release: number;
  readonly record: TransferRecord;
  readonly device: Device;
  readonly signals: Signals;
  readonly promo?: Promo;
  /** The engine that draws all of the slip's own text. */
  readonly rasteriser?: RasteriserName;
}

/** A slip as the phone shows it. */
export interface Slip {
  readonly content: SlipContent;
  readonly canvas: Canvas;
  readonly fields: readonly SlipField[];
}

/** Narrower pictures show a compact phone: its text stays legible. */
export const compactBelow = 480;

/**
 * The screenshot of a transfer, `width` pixels wide; 0: as wide as the device's screen. The same content gives the
 * same pixels on the same machine.
 */
export async function drawSlip(content: SlipContent, width = 0): Promise<Slip> {
  const pixelWidth = width === 0 ? content.device.pixelWidth : width;
  const device = pixelWidth < compactBelow ? compacted(content.device) : content.device;
  const canvas = createCanvas(pixelWidth, Math.round(pixelWidth * device.aspect));
  const context = canvas.getContext("2d");
  const sheet = openSheet(context);
  const bank = banks[content.bank];
  paintSlip(sheet, {
    ...content,
    bank,
    device,
    steps: languages[bank.language].steps,
    layout: drawLayout(content.bank, content.release),
    palette: paletteOf(content.bank, device.theme, content.release),
    width: canvas.width,
    height: canvas.height,
    dp: pixelWidth / device.widthDp,
  });
  const boxes = await rasterisers[content.rasteriser ?? "canvas"].paint(context, sheet.items);
  const fields = sheet.fields.map(({ placed, item }) => ({ ...placed, box: placed.box ?? boxes[item!]! }));
  return { content, canvas, fields };
}
