import { mix } from "../colour.ts";
import { paintLogo } from "../logo.ts";
import { fillDisc, fillRounded, strokeLine } from "../shapes.ts";
import type { Section, SectionTools } from "./section.ts";

/** Who paid whom: in two cards, or joined in one. */
export function partySections({
  scene,
  sheet,
  context,
  values,
  inset,
  card,
  pad,
  paintCard,
  look,
  label,
  say,
}: SectionTools) {
  const { bank, layout, palette, record, width, dp } = scene;
  const { fonts, weights } = layout;

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
  return { party, joined };
}
