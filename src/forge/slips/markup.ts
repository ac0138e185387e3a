import type { Canvas } from "@napi-rs/canvas";
import type { Rng } from "../../core/rng.ts";
import type { Box } from "../box.ts";

/** A pen stroke under or around the box, a highlighter over it or an arrow beside it. */
export function drawMarkup(canvas: Canvas, box: Box, dp: number, rng: Rng) {
  const context = canvas.getContext("2d");
  const tool = rng.pick(["underline", "circle", "highlighter", "arrow"] as const);
  const colour = tool === "highlighter" ? rng.pick(["#ffe600", "#7dff6a", "#ff9bd2"]) : rng.pick(inks);
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
  const wobble = () => rng.between(-2, 2) * dp;
  context.save();
  context.strokeStyle = colour;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.lineWidth = rng.between(2, 4) * dp;
  context.beginPath();
  if (tool === "underline" || tool === "highlighter") {
    const y = tool === "underline" ? box.y + box.height + 3 * dp : middleY;
    if (tool === "highlighter") {
      context.globalAlpha = 0.4;
      context.lineWidth = box.height * rng.between(0.8, 1.1);
      context.lineCap = "butt";
    }
    context.moveTo(box.x - 3 * dp, y + wobble());
    context.quadraticCurveTo(middleX, y + 2 * wobble(), box.x + box.width + 3 * dp, y + wobble());
  } else if (tool === "circle") {
    const tilt = rng.between(-0.05, 0.05);
    context.ellipse(middleX, middleY, box.width / 2 + 10 * dp, box.height / 2 + 7 * dp, tilt, 0.3, 0.3 + 2 * Math.PI);
  } else {
    const side = middleX < canvas.width / 2 ? 1 : -1;
    const tip = side > 0 ? box.x + box.width + 5 * dp : box.x - 5 * dp;
    const [tailX, tailY] = [tip + side * rng.between(25, 45) * dp, middleY + rng.between(-30, 30) * dp];
    context.moveTo(tailX, tailY);
    context.lineTo(tip, middleY);
    const angle = Math.atan2(tailY - middleY, tailX - tip);
    for (const turn of [-0.5, 0.5]) {
      context.moveTo(tip, middleY);
      context.lineTo(tip + 10 * dp * Math.cos(angle + turn), middleY + 10 * dp * Math.sin(angle + turn));
    }
  }
  context.stroke();
  context.restore();
  return { tool, colour };
}

const inks = ["#ff2d20", "#007aff", "#34c759", "#000000", "#ff9500"];
