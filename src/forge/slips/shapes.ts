import type { SKRSContext2D } from "@napi-rs/canvas";
import { mix } from "./colour.ts";
import type { Layout } from "./layout.ts";

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function fillRounded(
  context: SKRSContext2D,
  { x, y, width, height }: Area,
  radius: number,
  colour: string,
): void {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(radius, height / 2, width / 2));
  context.fill();
}

export function fillDisc(context: SKRSContext2D, x: number, y: number, radius: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

export function strokeLine(
  context: SKRSContext2D,
  points: readonly (readonly [number, number])[],
  width: number,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.stroke();
}

/** A paper that ends in teeth or bows below. */
export function fillPaper(
  context: SKRSContext2D,
  { x, y, width, height }: Area,
  { edge, radius, tooth }: { edge: Layout["edge"]; radius: number; tooth: number },
  colour: string,
): void {
  if (edge === "straight") {
    fillRounded(context, { x, y, width, height }, radius, colour);
    return;
  }
  const teeth = Math.max(4, Math.round(width / tooth));
  const step = width / teeth;
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x, y, width, height - tooth / 2, [radius, radius, 0, 0]);
  context.fill();
  context.beginPath();
  const foot = y + height - tooth / 2;
  context.moveTo(x, foot - 1);
  for (let i = 0; i < teeth; i++) {
    const left = x + i * step;
    if (edge === "zigzag") {
      context.lineTo(left, foot);
      context.lineTo(left + step / 2, foot + tooth / 2);
      context.lineTo(left + step, foot);
    } else context.arc(left + step / 2, foot, step / 2.4, Math.PI, 0, true);
  }
  context.lineTo(x + width, foot - 1);
  context.fill();
}

/** Faint ornament of an area that holds no field. */
export function paintPattern(
  context: SKRSContext2D,
  { x, y, width, height }: Area,
  { pattern, ground, ink, dp }: { pattern: "dots" | "diagonals" | "rings"; ground: string; ink: string; dp: number },
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  const faint = mix(ground, ink, 0.12);
  if (pattern === "dots") {
    const step = 14 * dp;
    for (let row = 0; row * step < height; row++)
      for (let at = (row % 2) * (step / 2); at < width; at += step)
        fillDisc(context, x + at, y + row * step, 1.6 * dp, faint);
  } else if (pattern === "diagonals") {
    for (let at = -height; at < width; at += 16 * dp)
      strokeLine(
        context,
        [
          [x + at, y + height],
          [x + at + height, y],
        ],
        2 * dp,
        faint,
      );
  } else {
    context.strokeStyle = faint;
    context.lineWidth = 7 * dp;
    for (let radius = 22; radius < 190; radius += 24) {
      context.beginPath();
      context.arc(x + width, y, radius * dp, 0, 2 * Math.PI);
      context.stroke();
    }
  }
  context.restore();
}

/** The sign that a transfer succeeded, about (x, y). */
export function paintMark(
  context: SKRSContext2D,
  mark: Layout["mark"],
  { x, y, radius, colour, ground }: { x: number; y: number; radius: number; colour: string; ground: string },
): void {
  const tick = (ink: string, width: number) =>
    strokeLine(
      context,
      [
        [x - 0.42 * radius, y + 0.04 * radius],
        [x - 0.1 * radius, y + 0.36 * radius],
        [x + 0.44 * radius, y - 0.34 * radius],
      ],
      width * radius,
      ink,
    );
  switch (mark) {
    case "disc":
      fillDisc(context, x, y, radius, colour);
      tick(ground, 0.17);
      break;
    case "ring":
      context.strokeStyle = colour;
      context.lineWidth = 0.16 * radius;
      context.beginPath();
      context.arc(x, y, 0.92 * radius, 0, 2 * Math.PI);
      context.stroke();
      tick(colour, 0.16);
      break;
    case "badge":
      context.fillStyle = colour;
      context.beginPath();
      for (let i = 0; i < 24; i++) {
        const [angle, reach] = [(i * Math.PI) / 12, i % 2 === 0 ? 1.08 : 0.92];
        context.lineTo(x + reach * radius * Math.cos(angle), y + reach * radius * Math.sin(angle));
      }
      context.fill();
      tick(ground, 0.17);
      break;
    case "plane":
      fillDisc(context, x, y, radius, mix(ground, colour, 0.18));
      context.fillStyle = colour;
      context.beginPath();
      for (const [u, v] of [
        [-0.55, -0.05],
        [0.6, -0.5],
        [0.2, 0.55],
        [-0.02, 0.18],
      ] as const)
        context.lineTo(x + u * radius, y + v * radius);
      context.fill();
      strokeLine(
        context,
        [
          [x - 0.02 * radius, y + 0.16 * radius],
          [x + 0.34 * radius, y - 0.28 * radius],
        ],
        0.08 * radius,
        ground,
      );
      break;
    case "none":
      break;
  }
}
