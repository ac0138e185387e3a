import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Bank } from "./banks.ts";
import { mix } from "./colour.ts";
import type { Device, Signals } from "./device.ts";
import type { FieldName, Layout, Palette } from "./layout.ts";
import { paintLogo } from "./logo.ts";
import { type Promo, paintPromo } from "./promo.ts";
import { showClock, type TransferRecord, valuesOf } from "./record.ts";
import type { SlipField } from "./slip.ts";
import { paintStatusBar, statusBarHeight } from "./statusBar.ts";
import { type Align, fitted, paintText, type TextStyle } from "./text.ts";

interface Scene {
  readonly bank: Bank;
  readonly layout: Layout;
  readonly palette: Palette;
  readonly record: TransferRecord;
  readonly device: Device;
  readonly signals: Signals;
  readonly promo?: Promo;
  /** Of the picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels of one dp. */
  readonly dp: number;
}

/** Draws the whole screen from the top down and returns the fields in the order in which they stand. */
export function paintSlip(context: SKRSContext2D, scene: Scene): SlipField[] {
  const { bank, layout, palette, record, width, height, dp } = scene;
  const fields: SlipField[] = [];
  const values = valuesOf(bank, record);
  const inset = layout.card.inset * dp;

  context.fillStyle = palette.page;
  context.fillRect(0, 0, width, height);
  const heroHeight = Math.round(146 * dp);
  const bandHeight = Math.round((statusBarHeight + 38) * dp);
  const coloured = layout.header === "hero" ? heroHeight : layout.header === "band" ? bandHeight : 0;
  context.fillStyle = palette.brand;
  context.fillRect(0, 0, width, coloured);
  paintStatusBar(context, {
    device: scene.device,
    signals: scene.signals,
    clock: showClock(record.captured),
    colour: coloured > 0 ? palette.onBrand : palette.text,
    width,
    dp,
  });

  const ground = layout.header === "hero" ? palette.brand : palette.page;
  const headerGround = coloured > 0 ? palette.brand : palette.page;
  const headerInk = coloured > 0 ? palette.onBrand : palette.text;
  paintTitleBar();
  let y = layout.header === "hero" ? 66 * dp : 70 * dp;
  y = paintOutcome(y);
  y = layout.header === "hero" ? heroHeight + 12 * dp : y + 8 * dp;
  const rows = layout.parties === "cards" ? layout.order : [...layout.order];
  if (layout.parties === "cards") {
    y = paintParty(y, "sender", "senderAccount") + 6 * dp;
    y = paintParty(y, "recipient", "recipientAccount") + 8 * dp;
  }
  paintBelow(paintRows(y, rows));
  paintButtons();
  return fields;

  function label(text: string, style: TextStyle): void {
    paintText(context, layout.upperCaseLabels ? text.toUpperCase() : text, style);
  }

  /** Sets a field's value and keeps what is known of it. */
  function field(
    name: FieldName,
    look: Pick<TextStyle, "weight" | "size" | "colour" | "align" | "x" | "baseline">,
    room: number,
    behind: string,
  ): void {
    const text = values[name];
    const style: TextStyle = fitted(
      context,
      text,
      { family: bank.font, ...look, baseline: Math.round(look.baseline) },
      room,
    );
    fields.push({ name, text, style, box: paintText(context, text, style), room, ground: behind });
  }

  function style(
    size: number,
    weight: 400 | 700,
    colour: string,
    align: Align,
    x: number,
    baseline: number,
  ): TextStyle {
    return { family: bank.font, size: size * dp, weight, colour, align, x, baseline: Math.round(baseline) };
  }

  function paintTitleBar(): void {
    const side = 20 * dp;
    const top = (statusBarHeight + 9) * dp;
    if (layout.header === "plain") {
      paintLogo(context, bank.logo, { x: inset, y: top, side, ink: palette.brand, ground: palette.page });
      paintText(context, bank.name, style(14, 700, headerInk, "left", inset + side + 8 * dp, top + 15 * dp));
      return;
    }
    paintLogo(context, bank.logo, { x: width - inset - side, y: top, side, ink: headerInk, ground: headerGround });
    context.strokeStyle = headerInk;
    context.lineWidth = 1.8 * dp;
    context.beginPath();
    context.moveTo(inset + 6 * dp, top + 4 * dp);
    context.lineTo(inset, top + 10 * dp);
    context.lineTo(inset + 6 * dp, top + 16 * dp);
    context.stroke();
    paintText(context, bank.name, style(14, 700, headerInk, "left", inset + 16 * dp, top + 15 * dp));
  }

  /** Tick, title and the amount; returns where it ends. */
  function paintOutcome(top: number): number {
    const onHero = layout.header === "hero";
    const [x, align]: [number, Align] = onHero ? [inset, "left"] : [width / 2, "center"];
    const tick = onHero ? palette.onBrand : palette.success;
    const radius = 11 * dp;
    const tickX = onHero ? width - inset - radius : width / 2;
    const tickY = top + radius + (onHero ? 22 * dp : 0);
    context.fillStyle = tick;
    context.beginPath();
    context.arc(tickX, tickY, radius, 0, 2 * Math.PI);
    context.fill();
    context.strokeStyle = ground;
    context.lineWidth = 2 * dp;
    context.beginPath();
    context.moveTo(tickX - 5 * dp, tickY + 0.5 * dp);
    context.lineTo(tickX - 1.5 * dp, tickY + 4 * dp);
    context.lineTo(tickX + 5 * dp, tickY - 4 * dp);
    context.stroke();
    const titleBaseline = onHero ? top + 16 * dp : top + 2 * radius + 19 * dp;
    const muted = onHero ? mix(palette.brand, palette.onBrand, 0.8) : palette.muted;
    paintText(context, layout.title, style(13, 400, muted, align, x, titleBaseline));
    const room = onHero ? width - 2 * inset - 34 * dp : width - 2 * inset;
    field(
      "amount",
      style(27, 700, onHero ? palette.onBrand : palette.text, align, x, titleBaseline + 35 * dp),
      room,
      ground,
    );
    return titleBaseline + 46 * dp;
  }

  function card(top: number, cardHeight: number): void {
    const { radius, border } = layout.card;
    context.fillStyle = palette.card;
    context.beginPath();
    context.roundRect(inset, top, width - 2 * inset, cardHeight, radius * dp);
    context.fill();
    if (!border) return;
    context.strokeStyle = palette.line;
    context.lineWidth = Math.max(1, dp);
    context.stroke();
  }

  /** A card with an avatar, a name and an account. */
  function paintParty(
    top: number,
    name: "sender" | "recipient",
    account: "senderAccount" | "recipientAccount",
  ): number {
    const cardHeight = 50 * dp;
    card(top, cardHeight);
    const radius = 15 * dp;
    const centre = [inset + 10 * dp + radius, top + cardHeight / 2] as const;
    const avatar = mix(palette.card, palette.brand, name === "sender" ? 0.85 : 0.3);
    context.fillStyle = avatar;
    context.beginPath();
    context.arc(...centre, radius, 0, 2 * Math.PI);
    context.fill();
    if (name === "sender") {
      paintLogo(context, bank.logo, {
        x: centre[0] - radius / 2,
        y: centre[1] - radius / 2,
        side: radius,
        ink: palette.onBrand,
        ground: avatar,
      });
    } else {
      const initial = record.recipient.bank[0]!;
      paintText(context, initial, style(15, 700, palette.text, "center", centre[0], centre[1] + 5 * dp));
    }
    const x = centre[0] + radius + 10 * dp;
    const room = width - inset - 10 * dp - x;
    field(name, style(14, 700, palette.text, "left", x, top + 22 * dp), room, palette.card);
    field(account, style(12.5, 400, palette.muted, "left", x, top + 39 * dp), room, palette.card);
    const place = name === "recipient" ? record.recipient.bank : bank.name;
    paintText(context, place, style(11, 400, palette.muted, "right", width - inset - 10 * dp, top + 39 * dp));
    return top + cardHeight;
  }

  function paintRows(top: number, names: readonly FieldName[]): number {
    const stacked = layout.rows === "stacked";
    const available = height - 58 * dp - top;
    const rowHeight = Math.min((stacked ? 1.25 : 1) * layout.rowHeight * dp, (available - 8 * dp) / names.length);
    const pad = 12 * dp;
    card(top, names.length * rowHeight + 8 * dp);
    const valueWeight = layout.boldValues ? 700 : 400;
    const right = width - inset - pad;
    names.forEach((name, i) => {
      const rowTop = top + 4 * dp + i * rowHeight;
      if (i > 0 && layout.dividers !== "none") {
        context.strokeStyle = palette.line;
        context.lineWidth = Math.max(1, dp * 0.8);
        context.setLineDash(layout.dividers === "dashed" ? [4 * dp, 3 * dp] : []);
        context.beginPath();
        context.moveTo(inset + pad, Math.round(rowTop) + 0.5);
        context.lineTo(right, Math.round(rowTop) + 0.5);
        context.stroke();
        context.setLineDash([]);
      }
      if (stacked) {
        label(
          layout.labels[name],
          style(10.5, 400, palette.muted, "left", inset + pad, rowTop + rowHeight / 2 - 4 * dp),
        );
        field(
          name,
          style(13.5, valueWeight, palette.text, "left", inset + pad, rowTop + rowHeight / 2 + 11 * dp),
          right - inset - pad,
          palette.card,
        );
      } else {
        const baseline = rowTop + rowHeight / 2 + 4.5 * dp;
        label(layout.labels[name], style(12, 400, palette.muted, "left", inset + pad, baseline));
        field(
          name,
          style(13, valueWeight, palette.text, "right", right, baseline),
          (right - inset - pad) * 0.64,
          palette.card,
        );
      }
    });
    return top + names.length * rowHeight + 8 * dp;
  }

  /** Between the rows and the buttons, where there is room. */
  function paintBelow(top: number): void {
    const room = height - 56 * dp - top - 10 * dp;
    if (scene.promo === undefined || room < 40 * dp) return;
    const place = { x: inset, y: Math.round(top + 10 * dp), width: width - 2 * inset, height: Math.min(54 * dp, room) };
    paintPromo(context, scene.promo, { ...place, dp, font: bank.font, palette });
  }

  function paintButtons(): void {
    const gap = 8 * dp;
    const count = layout.buttons.length;
    const buttonWidth = (width - 2 * inset - (count - 1) * gap) / count;
    const top = height - 48 * dp;
    layout.buttons.forEach((text, i) => {
      const x = inset + i * (buttonWidth + gap);
      const filled = i === count - 1;
      context.beginPath();
      context.roundRect(x, top, buttonWidth, 34 * dp, Math.min(17, layout.card.radius) * dp);
      context.fillStyle = palette.brand;
      context.strokeStyle = palette.brand;
      context.lineWidth = 1.2 * dp;
      if (filled) context.fill();
      else context.stroke();
      const ink = filled ? palette.onBrand : palette.brand;
      paintText(context, text, style(13, 700, ink, "center", x + buttonWidth / 2, top + 21.5 * dp));
    });
  }
}
