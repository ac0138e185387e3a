import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Bank } from "./bank.ts";

/** The bank's sign inside a square of the given side, in pixels; `ink` upon `ground`. */
export function paintLogo(
  context: SKRSContext2D,
  logo: Bank["logo"],
  place: { x: number; y: number; side: number; ink: string; ground: string },
): void {
  const { x, y, side, ink, ground } = place;
  const at = (u: number, v: number) => [x + u * side, y + v * side] as const;
  const polygon = (points: readonly (readonly [number, number])[]) => {
    context.beginPath();
    for (const [u, v] of points) context.lineTo(...at(u, v));
    context.closePath();
    context.fill();
  };
  const disc = (u: number, v: number, radius: number) => {
    context.beginPath();
    context.arc(...at(u, v), radius * side, 0, 2 * Math.PI);
    context.fill();
  };
  context.fillStyle = ink;
  switch (logo) {
    case "disc":
      disc(0.5, 0.5, 0.5);
      context.fillStyle = ground;
      disc(0.68, 0.38, 0.3);
      break;
    case "shield":
      polygon([
        [0.08, 0.06],
        [0.92, 0.06],
        [0.92, 0.55],
        [0.5, 1],
        [0.08, 0.55],
      ]);
      context.fillStyle = ground;
      polygon([
        [0.5, 0.2],
        [0.76, 0.55],
        [0.58, 0.55],
        [0.58, 0.78],
        [0.42, 0.78],
        [0.42, 0.55],
        [0.24, 0.55],
      ]);
      break;
    case "bars":
      for (let i = 0; i < 3; i++)
        context.fillRect(...at(0.05 + i * 0.33, 0.55 - i * 0.25), 0.24 * side, (0.45 + i * 0.25) * side);
      break;
    case "wave":
      disc(0.5, 0.5, 0.5);
      context.strokeStyle = ground;
      context.lineWidth = 0.11 * side;
      for (const v of [0.42, 0.66]) {
        context.beginPath();
        context.moveTo(...at(0.12, v));
        context.bezierCurveTo(...at(0.36, v - 0.26), ...at(0.6, v + 0.26), ...at(0.88, v));
        context.stroke();
      }
      break;
    case "hexagon":
      polygon([
        [0.5, 0],
        [0.95, 0.26],
        [0.95, 0.74],
        [0.5, 1],
        [0.05, 0.74],
        [0.05, 0.26],
      ]);
      context.fillStyle = ground;
      disc(0.5, 0.5, 0.2);
      break;
    case "leaf":
      context.beginPath();
      context.moveTo(...at(0.06, 0.94));
      context.bezierCurveTo(...at(0, 0.2), ...at(0.4, 0.02), ...at(0.96, 0.05));
      context.bezierCurveTo(...at(1, 0.6), ...at(0.75, 1), ...at(0.06, 0.94));
      context.fill();
      context.strokeStyle = ground;
      context.lineWidth = 0.07 * side;
      context.beginPath();
      context.moveTo(...at(0.12, 0.88));
      context.lineTo(...at(0.7, 0.32));
      context.stroke();
      break;
    case "arch":
      context.strokeStyle = ink;
      context.lineWidth = 0.14 * side;
      for (const radius of [0.43, 0.2]) {
        context.beginPath();
        context.arc(...at(0.5, 0.62), radius * side, Math.PI, 0);
        context.stroke();
      }
      context.fillRect(...at(0, 0.66), side, 0.14 * side);
      break;
    case "peak":
      polygon([
        [0, 0.92],
        [0.4, 0.12],
        [0.6, 0.5],
        [0.72, 0.34],
        [1, 0.92],
      ]);
      context.fillStyle = ground;
      polygon([
        [0.4, 0.12],
        [0.51, 0.34],
        [0.4, 0.44],
        [0.29, 0.34],
      ]);
      break;
    case "knot":
      context.strokeStyle = ink;
      context.lineWidth = 0.15 * side;
      for (const u of [0.32, 0.68]) {
        context.beginPath();
        context.arc(...at(u, 0.5), 0.25 * side, 0, 2 * Math.PI);
        context.stroke();
      }
      break;
    case "petals":
      for (let i = 0; i < 6; i++) {
        const angle = (i * Math.PI) / 3;
        disc(0.5 + 0.3 * Math.sin(angle), 0.5 - 0.3 * Math.cos(angle), 0.19);
      }
      context.fillStyle = ground;
      disc(0.5, 0.5, 0.13);
      break;
    case "letter":
      context.beginPath();
      context.roundRect(...at(0.04, 0.04), 0.92 * side, 0.92 * side, 0.26 * side);
      context.fill();
      context.strokeStyle = ground;
      context.lineWidth = 0.13 * side;
      context.lineJoin = "round";
      context.beginPath();
      for (const [u, v] of [
        [0.3, 0.74],
        [0.3, 0.28],
        [0.7, 0.74],
        [0.7, 0.28],
      ] as const)
        context.lineTo(...at(u, v));
      context.stroke();
      break;
  }
}
