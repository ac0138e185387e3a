import { createCanvas } from "@napi-rs/canvas";
import type { Rng } from "../../../core/rng.ts";
import { type Box, grow } from "../../box.ts";
import { paintQr, qrMatrix, quietZone } from "../qr.ts";
import type { DrawnField } from "../slip.ts";
import { groundAround } from "./ground.ts";
import type { Edit, Target } from "./operation.ts";

/** What stands for the height of letters where the field is a code. */
export function letterHeight({ kind, style, box }: DrawnField): number {
  return kind === "qr" ? box.height / 12 : style.size;
}

/** A code that a program made somewhere else, laid over the old one: made at another size, so most are resampled. */
export function setCode(
  { canvas }: Edit,
  { field, text }: Target,
  rng: Rng,
): { box: Box; parameters: Record<string, unknown> } {
  const { box, style } = field;
  const matrix = qrMatrix(text);
  const fits = box.width / (matrix.length + 2 * quietZone);
  const pixels = rng.chance(0.4) ? Math.max(1, Math.round(fits)) : 3 + rng.integer(6);
  const ink = rng.chance(0.7) ? style.colour : "#000000";
  const code = createCanvas(1, 1);
  code.width = code.height = (matrix.length + 2 * quietZone) * pixels;
  paintQr(code.getContext("2d"), matrix, { x: 0, y: 0, pixels, ink, ground: groundAround(canvas, box) });
  const slip = () => Math.round(rng.between(-1.5, 1.5));
  const place = grow({ x: box.x + slip(), y: box.y + slip(), width: box.width, height: box.height }, 0, canvas);
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = pixels !== Math.round(fits);
  context.drawImage(code, place.x, place.y, place.width, place.height);
  context.imageSmoothingEnabled = true;
  return { box: place, parameters: { pixels, ink } };
}
