import type { TextFieldName } from "../layout.ts";
import { valuesOf } from "../record.ts";
import type { Scene } from "../scene.ts";
import { fillRounded } from "../shapes.ts";
import type { Look, Sheet } from "../sheet.ts";
import { paintWash, washColours } from "../wash.ts";

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

/** What all sections of a slip are drawn with. `ground`: colour of the page or the paper on which sections without card stand. */
export function sectionTools(scene: Scene, sheet: Sheet, ground: string) {
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
    if (layout.card.border) {
      context.strokeStyle = palette.line;
      context.lineWidth = Math.max(1, dp);
      context.stroke();
    }
    if (layout.wash?.cards)
      paintWash(context, area, layout.wash, { ...washColours(palette), radius: layout.card.radius * dp, dp });
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
  return { scene, sheet, ground, context, values, inset, inner, card, pad, paintCard, look, label, say, value };
}
export type SectionTools = ReturnType<typeof sectionTools>;
