import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import type { Rng } from "../../src/core/rng.ts";
import { fromHsl } from "../../src/forge/slips/colour.ts";
import { drawWash, paintWash } from "../../src/forge/slips/wash.ts";
import { digits, fill, fonts, hue, type PhotoSource, words, write } from "./brush.ts";

/**
 * An app's screen, as the gate was fitted on them: bars, cards, rows, bubbles, pictures in a grid, a keyboard, in light or dark. Screens
 * of the forge (src/forge/screens/) are others: what the gate says of them is a test.
 */
export async function screen(rng: Rng, photo: PhotoSource): Promise<Canvas> {
  const width = rng.pick([540, 720, 828, 1080, 1170, 1440]);
  const isTablet = rng.chance(0.1);
  const dp = width / (isTablet ? 800 : 360);
  const height = Math.round(width * (isTablet ? rng.between(0.6, 1.4) : rng.between(1.5, 2.3)));
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  const dark = rng.chance(0.4);
  const family = rng.pick(fonts);
  const font = (size: number) => `${Math.round(size * dp)}px "${family}"`;
  const ink = dark ? "#eee" : rng.pick(["#111", "#222c38", "#333"]);
  const faint = dark ? "#9a9a9a" : "#777";
  const ground = dark
    ? rng.pick(["#000", "#121212", "#14181f"])
    : rng.pick(["#fff", "#f5f5f7", "#fafafa", hue(rng, 30, 95)]);
  const card = dark ? rng.pick(["#1c1c1e", "#1e2430"]) : "#fff";
  const accent = hue(rng, 70, 45);
  fill(context, [0, 0, width, height], ground);
  if (rng.chance(0.5)) washGround(context, rng, { dark, dp });
  write(context, `${rng.integer(24)}:${10 + rng.integer(50)}`, [14 * dp, 18 * dp], font(12), ink);
  const bar = rng.chance(0.5);
  if (bar) fill(context, [0, 26 * dp, width, 52 * dp], accent);
  write(context, words(rng, 2), [18 * dp, 58 * dp], font(18), bar ? "#fff" : ink);
  // Many screens end early: an empty list, a form of two fields, a menu.
  const end = height * (rng.chance(0.5) ? rng.between(0.1, 0.7) : 1) - 40 * dp;
  let y = 90 * dp;
  if (rng.chance(0.15)) {
    context.fillStyle = rng.chance(0.5) ? faint : accent;
    context.beginPath();
    context.arc(width / 2, height * 0.4, rng.between(20, 70) * dp, 0, 7);
    context.fill();
    write(context, words(rng, 4), [width * 0.28, height * 0.4 + 100 * dp], font(15), ink);
    write(context, words(rng, 6), [width * 0.2, height * 0.4 + 124 * dp], font(12), faint);
    if (rng.chance(0.6)) y = height;
  }
  while (y < end) {
    const kind = rng.pick([
      "row",
      "row",
      "row",
      "card",
      "amount",
      "bubble",
      "gallery",
      "button",
      "note",
      "chart",
      "keys",
      "menu",
      "menu",
      "form",
      "ring",
    ] as const);
    const left = 16 * dp;
    if (kind === "row") {
      for (let k = 2 + rng.integer(5); k > 0; k--, y += 48 * dp) {
        if (rng.chance(0.6)) {
          context.fillStyle = hue(rng, 60, 55);
          context.beginPath();
          context.arc(left + 16 * dp, y + 20 * dp, 15 * dp, 0, 7);
          context.fill();
        }
        write(context, words(rng, 2), [left + 42 * dp, y + 18 * dp], font(14), ink);
        write(context, words(rng, 3), [left + 42 * dp, y + 35 * dp], font(11), faint);
        write(context, digits(rng), [width - 80 * dp, y + 24 * dp], font(13), ink);
        fill(context, [left, y + 46 * dp, width - 2 * left, Math.max(1, dp / 2)], dark ? "#333" : "#ddd");
      }
    } else if (kind === "card") {
      const rows = 3 + rng.integer(5);
      fill(context, [left, y, width - 2 * left, rows * 30 * dp + 16 * dp], card, 12 * dp);
      for (let k = 0; k < rows; k++) {
        write(context, words(rng, 1), [left + 14 * dp, y + (26 + 30 * k) * dp], font(12), faint);
        write(
          context,
          rng.chance(0.5) ? digits(rng) : words(rng, 2),
          [width / 2, y + (26 + 30 * k) * dp],
          font(12),
          ink,
        );
      }
      y += rows * 30 * dp + 28 * dp;
    } else if (kind === "amount") {
      write(context, digits(rng), [width * 0.25, y + 40 * dp], font(34), ink);
      write(context, words(rng, 3), [width * 0.25, y + 62 * dp], font(13), faint);
      y += 84 * dp;
    } else if (kind === "bubble") {
      const own = rng.chance(0.5);
      const lines = 1 + rng.integer(3);
      fill(context, [own ? width * 0.3 : left, y, width * 0.64, (14 + 20 * lines) * dp], own ? accent : card, 14 * dp);
      for (let k = 0; k < lines; k++)
        write(
          context,
          words(rng, 4),
          [(own ? width * 0.3 : left) + 12 * dp, y + (22 + 20 * k) * dp],
          font(14),
          own ? "#fff" : ink,
        );
      y += (26 + 20 * lines) * dp;
    } else if (kind === "gallery") {
      const columns = 1 + rng.integer(3);
      const side = (width - 2 * left) / columns;
      for (let k = 0; k < columns; k++)
        context.drawImage(await photo(rng), left + k * side, y, side - 4 * dp, (columns === 1 ? 0.5 : 1) * side);
      y += (columns === 1 ? 0.5 : 1) * side + 12 * dp;
    } else if (kind === "button") {
      fill(context, [left, y, width - 2 * left, 44 * dp], accent, 22 * dp);
      write(context, words(rng, 1), [width * 0.42, y + 28 * dp], font(15), "#fff");
      y += 60 * dp;
    } else if (kind === "note") {
      for (let k = 3 + rng.integer(6); k > 0; k--, y += 20 * dp)
        write(context, words(rng, 6), [left, y + 14 * dp], font(13), ink);
      y += 14 * dp;
    } else if (kind === "menu") {
      const [step, icons, switches] = [rng.between(44, 76) * dp, rng.chance(0.6), rng.chance(0.4)];
      for (let k = 1 + rng.integer(8); k > 0; k--, y += step) {
        if (icons) fill(context, [left, y + 8 * dp, 18 * dp, 18 * dp], faint, 4 * dp);
        write(context, words(rng, 1 + rng.integer(3)), [left + (icons ? 40 : 0) * dp, y + 22 * dp], font(15), ink);
        if (switches)
          fill(context, [width - 60 * dp, y + 8 * dp, 36 * dp, 18 * dp], rng.chance(0.5) ? accent : faint, 9 * dp);
      }
    } else if (kind === "form") {
      for (let k = 1 + rng.integer(5); k > 0; k--, y += 72 * dp) {
        write(context, words(rng, 1), [left, y + 10 * dp], font(11), faint);
        context.strokeStyle = faint;
        context.lineWidth = dp;
        context.strokeRect(left, y + 18 * dp, width - 2 * left, 40 * dp);
        if (rng.chance(0.7)) write(context, words(rng, 2), [left + 12 * dp, y + 43 * dp], font(14), ink);
      }
    } else if (kind === "ring") {
      let from = 0;
      context.lineWidth = 30 * dp;
      for (let k = 2 + rng.integer(5); k > 0; k--) {
        context.strokeStyle = hue(rng, 60, 55);
        context.beginPath();
        const to = k === 1 ? 6.283 : from + rng.between(0.3, 1.5);
        context.arc(width / 2, y + 100 * dp, 70 * dp, from, Math.min(6.283, to));
        context.stroke();
        from = Math.min(6.283, to);
      }
      y += 200 * dp;
    } else if (kind === "chart") {
      for (let k = 0; k < 8; k++) {
        const tall = rng.between(10, 90) * dp;
        fill(context, [left + k * 40 * dp, y + 100 * dp - tall, 24 * dp, tall], accent, 3 * dp);
      }
      y += 116 * dp;
    } else {
      fill(context, [0, y, width, 170 * dp], dark ? "#26282c" : "#d4d7dd");
      for (let k = 0; k < 30; k++) {
        const [x, top] = [(6 + (k % 10) * 35) * dp, y + (10 + Math.floor(k / 10) * 52) * dp];
        fill(context, [x, top, 30 * dp, 42 * dp], card, 5 * dp);
        write(context, "qwertyuiopasdfghjklzxcvbnm.,?!"[k]!, [x + 11 * dp, top + 27 * dp], font(18), ink);
      }
      y += 180 * dp;
    }
    y += rng.between(0, 24) * dp;
  }
  if (rng.chance(0.4)) {
    fill(context, [0, height - 56 * dp, width, 56 * dp], card);
    for (let k = 0; k < 4; k++) {
      fill(context, [(36 + 86 * k) * dp, height - 48 * dp, 20 * dp, 20 * dp], k === 0 ? accent : faint, 5 * dp);
      write(context, words(rng, 1), [(30 + 86 * k) * dp, height - 12 * dp], font(10), faint);
    }
  }
  if (rng.chance(0.3)) fill(context, [width - 76 * dp, height - 140 * dp, 56 * dp, 56 * dp], accent, 28 * dp);
  return canvas;
}

/** A gradient over the whole page, from pale to vivid, or what slips may have under their text (a gradient, a texture). */
function washGround(context: SKRSContext2D, rng: Rng, { dark, dp }: { dark: boolean; dp: number }): void {
  const { width, height } = context.canvas;
  const colour = () =>
    fromHsl(rng.between(0, 360), rng.between(0.2, 1), dark ? rng.between(0.05, 0.6) : rng.between(0.45, 0.97));
  const wash = drawWash(rng);
  if (wash !== undefined && rng.chance(0.5)) {
    paintWash(context, { x: 0, y: 0, width, height }, wash, { second: colour(), ink: colour(), radius: 0, dp });
    return;
  }
  const end = (length: number) => rng.between(-0.2, 1.2) * length;
  const gradient = rng.chance(0.25)
    ? context.createRadialGradient(end(width), end(height), 0, width / 2, height / 2, height * rng.between(0.5, 1))
    : context.createLinearGradient(end(width), 0, end(width), height);
  const stops = 2 + rng.integer(2);
  for (let k = 0; k < stops; k++) gradient.addColorStop(k / (stops - 1), colour());
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
}
