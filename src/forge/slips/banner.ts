import type { Canvas } from "@napi-rs/canvas";
import type { Rng } from "../../core/rng.ts";
import { type Box, grow } from "../box.ts";
import type { Device } from "./device.ts";
import { paintText } from "./text.ts";

/** A notification as phones drop them over the screen; returns all that it touches. */
export function drawBanner(canvas: Canvas, dp: number, { theme, font }: Device, rng: Rng) {
  const context = canvas.getContext("2d");
  const dark = theme === "dark";
  const box: Box = { x: 8 * dp, y: rng.between(6, 30) * dp, width: canvas.width - 16 * dp, height: 58 * dp };
  const app = rng.pick(apps);
  const message = rng.pick(messages);
  context.save();
  context.shadowColor = "rgba(0, 0, 0, 0.3)";
  context.shadowBlur = 10 * dp;
  context.fillStyle = dark ? "#2a2d33" : "#f6f6f8";
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 16 * dp);
  context.fill();
  context.restore();
  context.fillStyle = rng.pick(["#25a55a", "#2d7fe0", "#d8572a", "#7a4fd0"]);
  context.beginPath();
  context.roundRect(box.x + 11 * dp, box.y + 11 * dp, 36 * dp, 36 * dp, 9 * dp);
  context.fill();
  const line = { family: font, align: "left", x: box.x + 58 * dp } as const;
  const ink = dark ? "#f2f3f5" : "#16181d";
  paintText(context, app, { ...line, weight: 700, size: 13 * dp, colour: ink, baseline: Math.round(box.y + 25 * dp) });
  paintText(context, message, {
    ...line,
    weight: 400,
    size: 12.5 * dp,
    colour: ink,
    baseline: Math.round(box.y + 43 * dp),
  });
  return { box: grow(box, 14 * dp, canvas), parameters: { app, y: Math.round(box.y) } };
}

const apps = ["Messages", "Mail", "Calendar", "Family chat", "Parcels"];
const messages = [
  "See you at six",
  "Your parcel is on its way",
  "Did it arrive?",
  "Meeting moved to 15:00",
  "2 new messages",
];
