import { paintLogo } from "../logo.ts";
import { modulePixels, paintQr, qrMatrix, quietZone } from "../qr.ts";
import { fillRounded } from "../shapes.ts";
import type { Section, SectionTools } from "./section.ts";

/** The mini-QR and what stands beside it. */
export function codeSection({ scene, sheet, context, inset, inner, pad, paintCard, look }: SectionTools) {
  const { bank, layout, palette, record, width, dp } = scene;
  const { fonts, weights } = layout;

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
  return qr;
}
