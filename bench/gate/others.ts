import { type Canvas, createCanvas } from "@napi-rs/canvas";
import type { Rng } from "../../src/core/rng.ts";
import { fill, fonts, hue, type Painter, words, write } from "./brush.ts";
import { screen } from "./screen.ts";

/** Drawings, paintings, plots, scans and photographs of screens: what is no screenshot of an app. */

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
