import { createRequire } from "node:module";
import { type Canvas, createCanvas, GlobalFonts, type Image, type SKRSContext2D } from "@napi-rs/canvas";
import type { Rng } from "../../src/core/rng.ts";

/** Screens, drawings and scans for the gate, drawn from a seed: nothing here looks like anybody's app. */

const fonts = ["inter", "roboto", "lato", "open-sans"].map((family) => {
  const file = `@fontsource/${family}/files/${family}-latin-400-normal.woff2`;
  GlobalFonts.registerFromPath(createRequire(import.meta.url).resolve(file), `gate ${family}`);
  return `gate ${family}`;
});

export type PhotoSource = (rng: Rng) => Promise<Image>;
type Painter = (rng: Rng, photo: PhotoSource) => Promise<Canvas>;

const hue = (rng: Rng, saturation: number, lightness: number) =>
  `hsl(${rng.integer(360)} ${saturation}% ${lightness}%)`;
const words = (rng: Rng, count: number) =>
  Array.from({ length: count }, () =>
    Array.from({ length: 2 + rng.integer(8) }, () => "etaoinshrdlucmfwypvbgk"[rng.integer(22)]).join(""),
  ).join(" ");
const digits = (rng: Rng) => (rng.integer(90_000_00) / 100).toLocaleString("en", { minimumFractionDigits: 2 });

function fill(context: SKRSContext2D, [x, y, width, height]: readonly number[], style: string, radius = 0): void {
  context.fillStyle = style;
  context.beginPath();
  context.roundRect(x!, y!, width!, height!, radius);
  context.fill();
}

function write(context: SKRSContext2D, text: string, [x, y]: readonly [number, number], font: string, style: string) {
  context.font = font;
  context.fillStyle = style;
  context.fillText(text, x, y);
}

/** An app's screen: bars, cards, rows, bubbles, pictures in a grid, a keyboard, in light or dark. */
async function screen(rng: Rng, photo: PhotoSource): Promise<Canvas> {
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
  if (rng.chance(0.25)) {
    const gradient = context.createLinearGradient(0, 0, rng.chance(0.5) ? width : 0, height);
    gradient.addColorStop(0, hue(rng, 50, dark ? 20 : 70));
    gradient.addColorStop(1, hue(rng, 50, dark ? 12 : 90));
    context.fillStyle = gradient;
    context.fillRect(0, 0, width, height);
  }
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

function blank(rng: Rng, ratio: readonly [number, number] = [0.5, 2]): Canvas {
  const width = rng.pick([512, 800, 1080, 1280]);
  return createCanvas(width, Math.round(width * rng.between(...ratio)));
}

/** A cartoon: large shapes with outlines on a flat or graded ground. */
const cartoon: Painter = async (rng) => {
  const canvas = blank(rng);
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  const gradient = context.createLinearGradient(0, 0, 0, height);
  gradient.addColorStop(0, hue(rng, 60, 60));
  gradient.addColorStop(1, rng.chance(0.5) ? hue(rng, 60, 85) : hue(rng, 40, 30));
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
  context.lineWidth = rng.chance(0.6) ? rng.between(2, 8) : 0;
  for (let k = 5 + rng.integer(60); k > 0; k--) {
    context.beginPath();
    const [x, y, r] = [rng.between(0, width), rng.between(0, height), rng.between(0.02, 0.25) * width];
    if (rng.chance(0.5)) context.ellipse(x, y, r, r * rng.between(0.3, 1), rng.between(0, 3), 0, 7);
    else
      for (let i = 3 + rng.integer(5), a = rng.between(0, 6); i > 0; i--, a += rng.between(0.5, 2))
        context.quadraticCurveTo(
          x + r * Math.cos(a + 1),
          y + r * Math.sin(a),
          x + r * Math.cos(a),
          y + r * Math.sin(a),
        );
    context.closePath();
    context.fillStyle = hue(rng, 40 + rng.integer(50), 20 + rng.integer(70));
    context.fill();
    if (context.lineWidth > 1) context.stroke();
  }
  return canvas;
};

/** A painting: thousands of strokes. */
const painting: Painter = async (rng) => {
  const canvas = blank(rng);
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  const base = rng.integer(360);
  fill(context, [0, 0, width, height], `hsl(${base} 30% 50%)`);
  context.lineCap = "round";
  for (let k = 0; k < 6000; k++) {
    const [x, y] = [rng.between(0, width), rng.between(0, height)];
    const angle = Math.sin((3 * x) / width) + Math.cos((4 * y) / height);
    const length = rng.between(0.01, 0.06) * width;
    context.strokeStyle = `hsl(${base + 80 * Math.sin((2 * y) / height) + rng.between(-20, 20)} ${rng.between(30, 70)}% ${rng.between(20, 80)}% / .8)`;
    context.lineWidth = rng.between(1, 9);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + length * Math.cos(angle), y + length * Math.sin(angle));
    context.stroke();
  }
  return canvas;
};

/** A pencil or line drawing on white paper. */
const sketch: Painter = async (rng) => {
  const canvas = blank(rng);
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  fill(context, [0, 0, width, height], rng.pick(["#fff", "#fdfaf0", "#222"]));
  context.strokeStyle = rng.pick(["#222", "#345", "#888"]);
  context.lineWidth = rng.between(1, 5);
  for (let k = 10 + rng.integer(120); k > 0; k--) {
    context.beginPath();
    let [x, y] = [rng.between(0, width), rng.between(0, height)];
    context.moveTo(x, y);
    for (let i = 0; i < 5; i++) {
      x += rng.between(-0.15, 0.15) * width;
      y += rng.between(-0.15, 0.15) * height;
      context.quadraticCurveTo(x + rng.between(-90, 90), y + rng.between(-90, 90), x, y);
    }
    context.stroke();
  }
  return canvas;
};

/** Axes, curves and a few labels. */
const plot: Painter = async (rng) => {
  const canvas = blank(rng, [0.5, 0.9]);
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  fill(context, [0, 0, width, height], rng.chance(0.8) ? "#fff" : "#1b1b1b");
  context.lineWidth = rng.between(1, 4);
  for (let k = 1 + rng.integer(6); k > 0; k--) {
    context.strokeStyle = hue(rng, 70, 45);
    context.beginPath();
    let y = rng.between(0.2, 0.8) * height;
    for (let x = 0.08 * width; x < 0.95 * width; x += 3) {
      y += rng.normal() * 3;
      context.lineTo(x, y);
    }
    context.stroke();
  }
  for (let k = 0; k < 6; k++)
    write(context, String(k * 20), [0.01 * width, (0.9 - 0.15 * k) * height], `14px "${fonts[0]}"`, "#777");
  return canvas;
};

/** One code and nothing else. */
const code: Painter = async (rng) => {
  const canvas = blank(rng, [0.9, 1.1]);
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  fill(context, [0, 0, width, height], "#fff");
  const modules = 25 + 4 * rng.integer(8);
  const side = Math.floor((0.9 * Math.min(width, height)) / modules);
  for (let i = 0; i < modules * modules; i++)
    if (rng.chance(0.5))
      fill(
        context,
        [0.05 * width + side * (i % modules), 0.05 * height + side * Math.floor(i / modules), side, side],
        "#000",
      );
  return canvas;
};

/** A photograph with a caption. */
const meme: Painter = async (rng, photo) => {
  const canvas = blank(rng, [0.6, 1.4]);
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  const strip = rng.chance(0.5) ? 0.16 * height : 0;
  fill(context, [0, 0, width, height], "#fff");
  context.drawImage(await photo(rng), 0, strip, width, height - strip);
  const size = Math.round(0.06 * width);
  write(context, words(rng, 4), [0.05 * width, 0.1 * height], `${size}px "${fonts[2]}"`, strip > 0 ? "#000" : "#fff");
  if (rng.chance(0.5)) write(context, words(rng, 4), [0.05 * width, 0.95 * height], `${size}px "${fonts[2]}"`, "#fff");
  return canvas;
};

/** Several photographs side by side; a panorama among them. */
const collage: Painter = async (rng, photo) => {
  const canvas = blank(rng, rng.chance(0.3) ? [0.18, 0.3] : [0.7, 1.6]);
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  const [columns, rows] = [1 + rng.integer(3), 1 + rng.integer(3)];
  for (let k = 0; k < columns * rows; k++)
    context.drawImage(
      await photo(rng),
      ((k % columns) * width) / columns,
      (Math.floor(k / columns) * height) / rows,
      width / columns - 4,
      height / rows - 4,
    );
  return canvas;
};

/** Grain and uneven light, as a camera or a scanner adds them. */
function grain(canvas: Canvas, rng: Rng, deviation: number): Canvas {
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  const picture = context.getImageData(0, 0, width, height);
  const noise = Float32Array.from({ length: 8191 }, () => deviation * rng.normal());
  const [u, v] = [rng.between(-0.25, 0.25), rng.between(-0.25, 0.25)];
  for (let i = 0; i < picture.data.length; i += 4) {
    const at = i >> 2;
    const light = 0.85 + u * ((at % width) / width) + v * (at / width / height);
    for (let c = 0; c < 3; c++) picture.data[i + c] = picture.data[i + c]! * light + noise[(at * 3 + c * 2711) % 8191]!;
  }
  context.putImageData(picture, 0, 0);
  return canvas;
}

/** A page of print, as a scanner or a camera takes it. */
const scan: Painter = async (rng) => {
  const canvas = blank(rng, [1.2, 1.5]);
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  fill(context, [0, 0, width, height], rng.pick(["#fbf9f2", "#f2efe8", "#e8e6e0"]));
  context.rotate(rng.between(-0.03, 0.03));
  const size = rng.between(0.014, 0.03) * width;
  for (let y = 0.08 * height; y < 0.92 * height; y += 1.5 * size)
    if (!rng.chance(0.12))
      write(context, words(rng, 9 + rng.integer(6)), [0.09 * width, y], `${size}px "${rng.pick(fonts)}"`, "#2a2a2a");
  return grain(canvas, rng, rng.between(1.5, 8));
};

/** A screen photographed with another phone: slanted, grainy, on a desk. */
const photographed: Painter = async (rng, photo) => {
  const shown = await screen(rng, photo);
  const canvas = blank(rng, [0.8, 1.6]);
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  context.drawImage(await photo(rng), 0, 0, width, height);
  const scale = (rng.between(0.7, 1.2) * height) / shown.height;
  context.setTransform(
    scale,
    rng.between(-0.15, 0.15),
    rng.between(-0.15, 0.15),
    scale,
    rng.between(0, 0.3) * width,
    rng.between(-0.05, 0.15) * height,
  );
  context.drawImage(shown, 0, 0);
  context.resetTransform();
  return grain(canvas, rng, rng.between(2, 9));
};

export const screens: Readonly<Record<string, Painter>> = { screen };
export const others: Readonly<Record<string, Painter>> = {
  cartoon,
  painting,
  sketch,
  plot,
  code,
  meme,
  collage,
  scan,
  photographed,
};
