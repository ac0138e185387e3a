import { mix } from "../colour.ts";
import type { TextFieldName } from "../layout.ts";
import { fillRounded, strokeLine } from "../shapes.ts";
import type { Section, SectionTools } from "./section.ts";

/** Facts in rows, each with its label. */
export function rowsSection({
  scene,
  sheet,
  context,
  values,
  inset,
  card,
  pad,
  paintCard,
  label,
  say,
  value,
}: SectionTools) {
  const { layout, palette, width, dp } = scene;

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
  return rows;
}
