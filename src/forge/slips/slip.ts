import { type Canvas, createCanvas } from "@napi-rs/canvas";
import type { Box } from "../box.ts";
import { type BankName, banks } from "./banks.ts";
import type { Device, Signals } from "./device.ts";
import { drawLayout, type FieldName, paletteOf } from "./layout.ts";
import { paintSlip } from "./paint.ts";
import type { Promo } from "./promo.ts";
import type { TransferRecord } from "./record.ts";
import type { TextStyle } from "./text.ts";

/** A field as it was drawn: everything that a forger, or an honest re-render, must know. */
export interface SlipField {
  readonly name: FieldName;
  readonly text: string;
  readonly style: TextStyle;
  /** Where its ink stands. */
  readonly box: Box;
  /** Width that a longer text may take before it meets something else, in pixels. */
  readonly room: number;
  /** Colour behind the text, #rrggbb. */
  readonly ground: string;
}

/** What is drawn. */
export interface SlipContent {
  readonly bank: BankName;
  /** 0..releasesPerBank - 1 */
  readonly release: number;
  readonly record: TransferRecord;
  readonly device: Device;
  readonly signals: Signals;
  readonly promo?: Promo;
}

/** A slip as the phone shows it. */
export interface Slip {
  readonly content: SlipContent;
  readonly canvas: Canvas;
  readonly fields: readonly SlipField[];
}

/** The screenshot of a transfer, `width` pixels wide. The same content gives the same pixels on the same machine. */
export async function drawSlip(content: SlipContent, width: number): Promise<Slip> {
  const { device } = content;
  const canvas = createCanvas(width, Math.round(width * device.aspect));
  const fields = paintSlip(canvas.getContext("2d"), {
    ...content,
    bank: banks[content.bank],
    layout: drawLayout(content.bank, content.release),
    palette: paletteOf(content.bank, device.theme, content.release),
    width: canvas.width,
    height: canvas.height,
    dp: width / device.widthDp,
  });
  return { content, canvas, fields };
}
