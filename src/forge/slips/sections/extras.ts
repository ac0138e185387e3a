import { mix } from "../colour.ts";
import { paintPromo } from "../promo.ts";
import { fillDisc, fillRounded, strokeLine } from "../shapes.ts";
import type { Section, SectionTools } from "./section.ts";

/** A note in a bubble, and what carries no field: steps, a footer, an advertisement. */
export function extraSections({
  scene,
  sheet,
  ground,
  context,
  values,
  inset,
  inner,
  card,
  look,
  label,
  say,
}: SectionTools) {
  const { bank, layout, palette, width, dp } = scene;
  const { fonts, weights, sizes } = layout;

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
  return { note, steps, footer, promo };
}
