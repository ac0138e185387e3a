import { paintMark } from "../shapes.ts";
import type { Section, SectionTools } from "./section.ts";

/** What was paid: mark, title and amount. */
export function outcomeSection({ scene, sheet, context, values, inset, inner, look }: SectionTools) {
  const { layout, palette, width } = scene;
  const { fonts, weights, sizes, spacing } = layout;

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
  return outcome;
}
