import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Rng } from "../../core/rng.ts";
import { fromHsl } from "../slips/colour.ts";

/** What stands where an app shows a photograph: soft light, round shapes, grain; lengths in pixels. */
export function paintPicture(
  context: SKRSContext2D,
  [x, y, width, height]: readonly [number, number, number, number],
  rng: Rng,
): void {
  const hue = rng.integer(360);
  const tone = (lightness: number) =>
    fromHsl((hue + rng.between(-50, 50) + 360) % 360, rng.between(0.1, 0.6), lightness);
  const ground = context.createLinearGradient(x, y, x + rng.between(-0.4, 0.4) * width, y + height);
  ground.addColorStop(0, tone(rng.between(0.55, 0.9)));
  ground.addColorStop(1, tone(rng.between(0.2, 0.6)));
  context.fillStyle = ground;
  context.fillRect(x, y, width, height);
  for (let k = 4 + rng.integer(10); k > 0; k--) {
    const [u, v] = [x + rng.uniform() * width, y + rng.between(0.2, 1.1) * height];
    const reach = rng.between(0.05, 0.4) * width;
    const light = context.createRadialGradient(u - 0.3 * reach, v - 0.3 * reach, 0.1 * reach, u, v, reach);
    light.addColorStop(0, tone(rng.between(0.4, 0.9)));
    light.addColorStop(1, tone(rng.between(0.1, 0.5)));
    context.fillStyle = light;
    context.beginPath();
    context.ellipse(u, v, reach, reach * rng.between(0.4, 1.4), rng.between(0, 3), 0, 2 * Math.PI);
    context.fill();
  }
  const [columns, rows] = [Math.ceil(width), Math.ceil(height)];
  for (let k = Math.round(columns * rows * 0.06); k > 0; k--) {
    context.fillStyle = rng.chance(0.5) ? "rgba(255, 255, 255, 0.08)" : "rgba(0, 0, 0, 0.08)";
    context.fillRect(Math.floor(x) + rng.integer(columns), Math.floor(y) + rng.integer(rows), 1, 2);
  }
}
