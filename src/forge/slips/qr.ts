import type { SKRSContext2D } from "@napi-rs/canvas";
import qrcode from "qrcode-generator";

/** The modules of the code that says the payload, true where dark; no quiet zone.   // [side, side] */
export function qrMatrix(payload: string, correction: "L" | "M" | "Q" = "M"): boolean[][] {
  const code = qrcode(0, correction);
  code.addData(payload, "Byte");
  code.make();
  const side = code.getModuleCount();
  return Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => code.isDark(y, x)));
}

/** Modules of the quiet zone on each side. */
export const quietZone = 2;

/** Pixels of a module, whole, so that the code is crisp: the largest that fit the room, at least 1. */
export function modulePixels(matrix: readonly unknown[], room: number): number {
  return Math.max(1, Math.floor(room / (matrix.length + 2 * quietZone)));
}

/** Draws the code with its quiet zone; x, y: the corner of the zone, whole pixels. Returns its side. */
export function paintQr(
  context: SKRSContext2D,
  matrix: readonly (readonly boolean[])[],
  { x, y, pixels, ink, ground }: { x: number; y: number; pixels: number; ink: string; ground: string },
): number {
  const side = (matrix.length + 2 * quietZone) * pixels;
  context.fillStyle = ground;
  context.fillRect(x, y, side, side);
  context.fillStyle = ink;
  for (const [row, modules] of matrix.entries())
    for (const [column, dark] of modules.entries())
      if (dark) context.fillRect(x + (column + quietZone) * pixels, y + (row + quietZone) * pixels, pixels, pixels);
  return side;
}
