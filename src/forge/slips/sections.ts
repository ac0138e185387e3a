import { mix } from "./colour.ts";
import type { TextFieldName } from "./layout.ts";
import { paintLogo } from "./logo.ts";
import { paintPromo } from "./promo.ts";
import { modulePixels, paintQr, qrMatrix, quietZone } from "./qr.ts";
import { valuesOf } from "./record.ts";
import type { Scene } from "./scene.ts";
import { fillDisc, fillRounded, paintMark, strokeLine } from "./shapes.ts";
import type { Look, Sheet } from "./sheet.ts";

/** A part of a slip; heights in units, which are dp unless a slip is too full for its screen. */
export interface Section {
  readonly height: number;
  /** How much higher it may become where the screen has room. */
  readonly stretch?: number;
  /** Dropped where the screen lacks room, the lowest first. Sections with fields have none. */
  readonly dispensable?: number;
  /** Whether it paints a card of its own; others stand on the page. */
  paint(top: number, height: number, unit: number): void;
}

/** All that a layout can be made of. `ground`: colour of the page or the paper on which sections without card stand. */
export function sectionsOf(scene: Scene, sheet: Sheet, ground: string) {
  const { bank, layout, palette, record, width, dp } = scene;
  const { context } = sheet;
  const { fonts, weights, sizes, spacing } = layout;
  const values = valuesOf(bank, record);
  const paper = layout.sheet === "receipt";
  const inset = (layout.card.inset + (paper ? 10 : 0)) * dp;
  const inner = width - 2 * inset;
  const card = paper ? ground : palette.card;
  const pad = paper ? 4 * dp : 12 * dp;

  function paintCard(top: number, height: number): void {
    if (paper) return;
    const area = { x: inset, y: top, width: inner, height };
    if (layout.card.shadow) {
      context.save();
      context.shadowColor = "rgba(0,0,0,0.14)";
      context.shadowBlur = 10 * dp;
      context.shadowOffsetY = 3 * dp;
      fillRounded(context, area, layout.card.radius * dp, card);
      context.restore();
    } else fillRounded(context, area, layout.card.radius * dp, card);
    if (!layout.card.border) return;
    context.strokeStyle = palette.line;
    context.lineWidth = Math.max(1, dp);
    context.stroke();
  }

  const look = (
    family: Look["family"],
    weight: Look["weight"],
    size: number,
    colour: string,
  ): Omit<Look, "x" | "baseline" | "align"> => ({
    family,
    weight,
    size,
    colour,
  });
  const label = (unit: number) => ({
    ...look(fonts.text, weights.label, sizes.label * unit * (layout.upperCaseLabels ? 0.88 : 1), palette.muted),
    letterSpacing: (spacing.label + (layout.upperCaseLabels ? 0.04 : 0)) * sizes.label * unit,
  });
  const say = (text: string) => (layout.upperCaseLabels ? text.toLocaleUpperCase() : text);
  const value = (name: TextFieldName, unit: number) =>
    name === "reference"
      ? {
          ...look(fonts.reference, weights.value, (sizes.value - 0.5) * unit, palette.text),
          letterSpacing: spacing.reference * sizes.value * unit,
        }
      : look(fonts.text, weights.value, sizes.value * unit, palette.text);

  /** Mark, title and amount in the middle, or left with the mark at the right. */
  function outcome({
    left,
    ink,
    muted,
    behind,
  }: {
    left: boolean;
    ink: string;
    muted: string;
    behind: string;
  }): Section {
    const marked = layout.mark !== "none" && !left;
    return {
      height: (marked ? 44 : 8) + 24 + sizes.amount * 1.35 + 8,
      stretch: 1.15,
      paint(top, height, unit) {
        const slack = (height - this.height * unit) / 2;
        const start = top + slack;
        const radius = 15 * unit;
        const colour = left ? ink : palette.success;
        if (left)
          paintMark(context, layout.mark, {
            x: width - inset - radius,
            y: start + 30 * unit,
            radius,
            colour,
            ground: behind,
          });
        else
          paintMark(context, layout.mark, {
            x: width / 2,
            y: start + 4 * unit + radius,
            radius,
            colour,
            ground: behind,
          });
        const [x, align] = left ? [inset, "left" as const] : [width / 2, "center" as const];
        const titleBaseline = start + (marked ? 58 : 24) * unit;
        const room = left ? inner - 44 * unit : inner;
        sheet.text(layout.title, {
          ...look(fonts.heading, 500, 14.5 * unit, muted),
          align,
          x,
          baseline: titleBaseline,
          room,
        });
        sheet.field(
          "amount",
          values.amount,
          {
            ...look(fonts.amount, weights.amount, sizes.amount * unit, ink),
            letterSpacing: spacing.amount * sizes.amount * unit,
            align,
            x,
            baseline: titleBaseline + (sizes.amount * 1.12 + 8) * unit,
            room,
          },
          behind,
        );
      },
    };
  }

  function paintAvatar(who: "sender" | "recipient", x: number, y: number, radius: number): void {
    const colour = who === "sender" ? palette.brand : mix(card, palette.accent, 0.4);
    if (layout.avatar === "disc") fillDisc(context, x, y, radius, colour);
    else
      fillRounded(
        context,
        { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius },
        0.45 * radius,
        colour,
      );
    if (who === "sender")
      paintLogo(context, bank.logo, {
        x: x - radius / 2,
        y: y - radius / 2,
        side: radius,
        ink: palette.onBrand,
        ground: colour,
      });
    else {
      const initials = record.recipient.bank.replace(/^(ธ\.|NH )/, "").slice(0, 1);
      const first = /\p{L}\p{M}*/u.exec(initials)?.[0] ?? initials;
      sheet.text(first, {
        ...look(fonts.text, 700, radius, palette.text),
        align: "center",
        x,
        baseline: y + 0.36 * radius,
      });
    }
  }

  function paintParty(who: "sender" | "recipient", top: number, height: number, unit: number): void {
    const account = who === "sender" ? "senderAccount" : "recipientAccount";
    const radius = 17 * unit;
    const centre = [inset + pad + radius, top + height / 2] as const;
    paintAvatar(who, ...centre, radius);
    const x = centre[0] + radius + 11 * dp;
    const room = width - inset - pad - x;
    const place = who === "recipient" ? record.recipient.bank : bank.name;
    const middle = top + height / 2;
    sheet.text(say(layout.labels[who]), {
      ...label(unit),
      size: 0.88 * label(unit).size,
      align: "left",
      x,
      baseline: middle - 16 * unit,
      room,
    });
    sheet.field(
      who,
      values[who],
      {
        ...look(fonts.text, weights.value > 500 ? weights.value : 600, 14.5 * unit, palette.text),
        align: "left",
        x,
        baseline: middle + 2 * unit,
        room,
      },
      card,
    );
    const style = { ...look(fonts.text, 400, 12.2 * unit, palette.muted), baseline: middle + 22 * unit };
    sheet.text(place, { ...style, align: "right", x: width - inset - pad, room: 0.42 * room });
    sheet.field(account, values[account], { ...style, align: "left", x, room: 0.54 * room }, card);
  }

  function party(who: "sender" | "recipient"): Section {
    return {
      height: 65,
      stretch: 1.15,
      paint(top, height, unit) {
        paintCard(top, height);
        paintParty(who, top, height, unit);
      },
    };
  }

  const joined: Section = {
    height: 132,
    stretch: 1.15,
    paint(top, height, unit) {
      paintCard(top, height);
      const x = inset + pad + 17 * unit;
      strokeLine(
        context,
        [
          [x, top + height / 4 + 20 * unit],
          [x, top + (3 * height) / 4 - 20 * unit],
        ],
        1.5 * dp,
        palette.line,
      );
      paintParty("sender", top, height / 2, unit);
      paintParty("recipient", top + height / 2, height / 2, unit);
    },
  };

  function rows(names: readonly TextFieldName[]): Section {
    const each = layout.rowHeight * (layout.rows === "stacked" ? 1.32 : 1);
    return {
      height: names.length * each + 12,
      stretch: 1.3,
      paint(top, height, unit) {
        paintCard(top, height);
        const rowHeight = (height - 12 * unit) / names.length;
        for (const [i, name] of names.entries()) paintRow(name, i, top + 6 * unit + i * rowHeight, rowHeight, unit);
      },
    };
  }

  function paintRow(name: TextFieldName, i: number, top: number, height: number, unit: number): void {
    const [left, right] = [inset + pad, width - inset - pad];
    const behind = layout.dividers === "stripes" && i % 2 === 1 ? mix(card, palette.text, 0.045) : card;
    if (behind !== card)
      fillRounded(
        context,
        { x: left - 6 * dp, y: Math.round(top), width: right - left + 12 * dp, height: Math.round(height) },
        4 * dp,
        behind,
      );
    if (i > 0 && (layout.dividers === "line" || layout.dividers === "dashed")) {
      context.setLineDash(layout.dividers === "dashed" ? [4 * dp, 3 * dp] : []);
      const y = Math.round(top) + 0.5;
      strokeLine(
        context,
        [
          [left, y],
          [right, y],
        ],
        Math.max(1, 0.8 * dp),
        palette.line,
      );
      context.setLineDash([]);
    }
    const text = say(layout.labels[name]);
    const middle = top + height / 2;
    if (layout.rows === "stacked") {
      sheet.text(text, {
        ...label(unit),
        size: 0.92 * label(unit).size,
        align: "left",
        x: left,
        baseline: middle - 5 * unit,
        room: right - left,
      });
      sheet.field(
        name,
        values[name],
        { ...value(name, unit), align: "left", x: left, baseline: middle + 13 * unit, room: right - left },
        behind,
      );
      return;
    }
    const baseline = middle + 4.6 * unit;
    sheet.text(text, { ...label(unit), align: "left", x: left, baseline, room: 0.36 * (right - left) });
    if (layout.rows === "inline") {
      const x = left + 0.4 * (right - left);
      sheet.field(name, values[name], { ...value(name, unit), align: "left", x, baseline, room: right - x }, behind);
    } else
      sheet.field(
        name,
        values[name],
        { ...value(name, unit), align: "right", x: right, baseline, room: 0.6 * (right - left) },
        behind,
      );
  }

  const note: Section = {
    height: 52,
    paint(top, height, unit) {
      const bubble = mix(card, palette.brand, 0.1);
      const area = { x: inset, y: top, width: inner, height };
      fillRounded(context, area, 12 * unit, bubble);
      context.beginPath();
      context.moveTo(inset + 22 * unit, top + 1);
      context.lineTo(inset + 29 * unit, top - 6 * unit);
      context.lineTo(inset + 36 * unit, top + 1);
      context.fill();
      const [x, room] = [inset + 12 * dp, inner - 24 * dp];
      sheet.text(say(layout.labels.note), {
        ...label(unit),
        size: 0.9 * label(unit).size,
        align: "left",
        x,
        baseline: top + height / 2 - 6 * unit,
        room,
      });
      sheet.field(
        "note",
        values.note,
        {
          ...look(fonts.text, weights.value, sizes.value * unit, palette.text),
          align: "left",
          x,
          baseline: top + height / 2 + 13 * unit,
          room,
        },
        bubble,
      );
    },
  };

  const qr: Section = {
    height: layout.qr.size + (layout.qr.place === "centre" ? 34 : 16),
    stretch: 1.1,
    paint(top, height, unit) {
      paintCard(top, height);
      const withLogo = layout.qr.logo;
      const matrix = qrMatrix(record.payload, withLogo ? "Q" : "M");
      const pixels = modulePixels(matrix, layout.qr.size * unit);
      const side = (matrix.length + 2 * quietZone) * pixels;
      const { place } = layout.qr;
      const x = Math.round(
        place === "centre" ? (width - side) / 2 : place === "beside" ? inset + pad : width - inset - pad - side,
      );
      const y = Math.round(place === "centre" ? top + (height - side - 22 * unit) / 2 : top + (height - side) / 2);
      paintQr(context, matrix, { x, y, pixels, ink: "#111111", ground: "#ffffff" });
      if (withLogo) {
        const half = Math.round(matrix.length * 0.1) * pixels;
        const [cx, cy] = [x + side / 2, y + side / 2];
        fillRounded(context, { x: cx - half, y: cy - half, width: 2 * half, height: 2 * half }, pixels, "#ffffff");
        paintLogo(context, bank.logo, {
          x: cx - 0.8 * half,
          y: cy - 0.8 * half,
          side: 1.6 * half,
          ink: bank.brand,
          ground: "#ffffff",
        });
      }
      const caption = look(fonts.text, 400, 11.5 * unit, palette.muted);
      const style =
        place === "centre"
          ? sheet.text(layout.scan, {
              ...caption,
              align: "center",
              x: width / 2,
              baseline: y + side + 17 * unit,
              room: inner - 2 * pad,
            })
          : paintCaption(
              place === "beside" ? x + side + 14 * dp : inset + pad,
              inner - 2 * pad - side - 14 * dp,
              top + height / 2,
              unit,
            );
      sheet.fields.push({
        placed: {
          name: "qr",
          kind: "qr",
          text: record.payload,
          style,
          room: side,
          ground: "#ffffff",
          box: { x, y, width: side, height: side },
        },
        item: undefined,
      });
    },
  };

  function paintCaption(x: number, room: number, middle: number, unit: number) {
    sheet.text(bank.name, {
      ...look(fonts.heading, weights.heading, 13.5 * unit, palette.text),
      align: "left",
      x,
      baseline: middle - 4 * unit,
      room,
    });
    return sheet.text(layout.scan, {
      ...look(fonts.text, 400, 11.5 * unit, palette.muted),
      align: "left",
      x,
      baseline: middle + 14 * unit,
      room,
    });
  }

  const steps: Section = {
    height: 48,
    dispensable: 2,
    paint(top, _height, unit) {
      const places = [0.14, 0.5, 0.86].map((share) => inset + share * inner);
      const y = top + 14 * unit;
      strokeLine(
        context,
        [
          [places[0]!, y],
          [places[2]!, y],
        ],
        2 * dp,
        palette.success,
      );
      for (const [i, x] of places.entries()) {
        fillDisc(context, x, y, 6 * unit, palette.success);
        fillDisc(context, x, y, 2.4 * unit, ground);
        sheet.text(scene.steps[i]!, {
          ...look(fonts.text, 400, 10.8 * unit, palette.muted),
          align: "center",
          x,
          baseline: y + 22 * unit,
          room: 0.3 * inner,
        });
      }
    },
  };

  const footer: Section = {
    height: 26,
    dispensable: 1,
    paint(top, height, unit) {
      sheet.text(layout.footer ?? "", {
        ...look(fonts.text, 400, 10.8 * unit, palette.muted),
        align: "center",
        x: width / 2,
        baseline: top + height / 2 + 4 * unit,
        room: inner,
      });
    },
  };

  const promo: Section = {
    height: 58,
    dispensable: 0,
    paint(top, height) {
      if (scene.promo !== undefined)
        paintPromo(sheet, scene.promo, {
          x: inset,
          y: Math.round(top),
          width: inner,
          height,
          dp,
          font: bank.font,
          palette,
        });
    },
  };
  return { outcome, party, joined, rows, note, qr, steps, footer, promo };
}
