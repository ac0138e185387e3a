import { createCanvas } from "@napi-rs/canvas";
import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { blobs } from "../data/testPictures.ts";
import type { Pixels } from "../image/codec.ts";
import { blur, resave, resizePixels } from "../image/perturb.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { gateOf } from "./gate.ts";
import { sharpnessOf } from "./sharpness.ts";

interface Colours {
  readonly ground: string;
  readonly card: string;
  readonly ink: string;
}
const light: Colours = { ground: "#f4f4f6", card: "#fff", ink: "#1a1a1a" };
const dark: Colours = { ground: "#101114", card: "#1e2026", ink: "#eee" };

/** An app's screen: a bar, cards, and bars of ink the size of letters in rows. */
function screen({ ground, card, ink }: Colours, width = 720, height = 1500): Pixels {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  const rng = createRng(`screen/${width}x${height}`);
  const fill = (style: string, x: number, y: number, w: number, h: number) => {
    context.fillStyle = style;
    context.fillRect(x, y, w, h);
  };
  fill(ground, 0, 0, width, height);
  fill("#2b5ea8", 0, 0, width, 110);
  for (let y = 130; y + 120 < height; y += 120) {
    fill(card, 24, y, width - 48, 104);
    for (const [x, count, top] of [
      [48, 12, 20],
      [48, 18, 62],
      [width - 190, 7, 38],
    ] as const)
      for (let k = 0; k < count; k++) {
        const left = x + 17 * k;
        fill(ink, left, y + top, 3, 22);
        fill(ink, left, y + top + rng.integer(20), 11, 3);
        if (rng.chance(0.6)) fill(ink, left + 8, y + top + 6, 3, 16);
      }
  }
  return pixelsOf(canvas.data(), width, height);
}

/** White letters straight on a page whose vivid colour turns into another, as wallets and neobanks have it. */
function onGradient(width = 720, height = 1500): Pixels {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  const rng = createRng("gradient");
  const ground = context.createLinearGradient(0, 0, width, height);
  ground.addColorStop(0, "#7b2ff7");
  ground.addColorStop(1, "#f107a3");
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  context.fillStyle = "#fff";
  for (let y = 180; y + 80 < height; y += 96)
    for (const [x, count] of [
      [48, 9],
      [360, 14],
    ] as const)
      for (let left = x; left < x + 17 * count; left += 17) {
        context.fillRect(left, y, 3, 22);
        context.fillRect(left, y + rng.integer(20), 11, 3);
        if (rng.chance(0.6)) context.fillRect(left + 8, y + 6, 3, 16);
      }
  return pixelsOf(canvas.data(), width, height);
}

function pixelsOf(rgba: Uint8Array, width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data.set(rgba.subarray(4 * i, 4 * i + 3), 3 * i);
  return { width, height, channels: 3, data };
}

const inside = (pixels: Pixels) => gateOf({ pixels }).inside;
const because = (pixels: Pixels) => {
  const gate = gateOf({ pixels });
  return gate.inside ? "inside" : gate.because;
};

describe("screenshots are let in", () => {
  const cases: [string, () => Pixels | Promise<Pixels>][] = [
    ["light", () => screen(light)],
    ["dark", () => screen(dark)],
    ["saved at quality 40", () => resave(screen(light), { quality: 40 }, codec)],
    ["dark, saved at quality 40", () => resave(screen(dark), { quality: 40 }, codec)],
    ["at .5 of their size", () => resizePixels(screen(light), { width: 360, height: 750, kernel: "bicubic" })],
    [
      "at .45, saved twice",
      async () => {
        const small = resizePixels(screen(light), { width: 324, height: 675, kernel: "bilinear" });
        return resave(await resave(small, { quality: 70 }, codec), { quality: 55 }, codec);
      },
    ],
    ["a part, a little wider than high", () => screen(light, 1200, 1000)],
    ["on a gradient over the whole page", () => onGradient()],
    ["on a gradient, saved at quality 70", () => resave(onGradient(), { quality: 70 }, codec)],
    ["20,000 px long", () => screen(light, 400, 20_000)],
  ];
  it.each(cases)("%s", async (_name, make) => {
    expect(because(await make())).toBe("inside");
  });
});

describe("everything else is not, with a reason", () => {
  it("a scene with grain", () => {
    expect(because(blobs("a", 400, 300))).toMatch(/looks like a photograph/);
    expect(because(blobs("b", 1400, 260))).toMatch(/looks like a photograph/);
  });

  it("a thumbnail", () => {
    expect(because(screen(light, 100, 190))).toMatch(/100 x 190 pixels.*at least 192/);
    expect(because(screen(light, 1000, 191))).toMatch(/at least 192/);
  });

  it("a screen that is no phone's, held upright", () => {
    expect(because(screen(light, 1200, 700))).toMatch(/1200 x 700 pixels.*screens of phones held upright. Send/);
    expect(because(screen(light, 1200, 901))).toBe("inside");
    expect(because(screen(light, 1200, 900))).toMatch(/much wider than high/);
  });

  it("a screen that was blurred or enlarged as a whole, however it was saved", async () => {
    for (const colours of [light, dark]) {
      const soft = blur(screen(colours), 0.8);
      expect(because(soft)).toMatch(/blurred or enlarged as a whole.*Send the original/);
      expect(because(await resave(soft, { quality: 80 }, codec))).toMatch(/blurred or enlarged/);
      const large = resizePixels(screen(colours), { width: 1080, height: 2250, kernel: "bicubic" });
      expect(because(large)).toMatch(/blurred or enlarged/);
    }
    expect(sharpnessOf(screen(light))).toBe(1);
    expect(sharpnessOf(screen(light, 300, 300))).toBeGreaterThan(0.9);
    expect(sharpnessOf({ width: 1, height: 1, channels: 3, data: new Uint8Array(3) })).toBeUndefined();
  });

  it("a wall", () => {
    const data = new Uint8Array(300 * 300 * 3);
    expect(because({ width: 300, height: 300, channels: 3, data })).toMatch(/nothing to read/);
    expect(because({ width: 300, height: 300, channels: 3, data: data.map((_, i) => (i / 900) * 0.8) })).toMatch(
      /nothing to read/,
    );
  });

  it("a cartoon", () => {
    const [width, height] = [800, 900];
    const canvas = createCanvas(width, height);
    const context = canvas.getContext("2d");
    const rng = createRng("cartoon");
    const sky = context.createLinearGradient(0, 0, 0, height);
    sky.addColorStop(0, "#3b7dd8");
    sky.addColorStop(1, "#f3d9a4");
    context.fillStyle = sky;
    context.fillRect(0, 0, width, height);
    for (let k = 0; k < 30; k++) {
      context.fillStyle = `hsl(${rng.integer(360)} 70% ${30 + rng.integer(40)}%)`;
      context.beginPath();
      context.ellipse(
        rng.between(0, width),
        rng.between(0, height),
        rng.between(20, 160),
        rng.between(20, 90),
        k,
        0,
        7,
      );
      context.fill();
      context.stroke();
    }
    expect(because(pixelsOf(canvas.data(), width, height))).toMatch(/looks like a drawing/);
  });

  it("says whole sentences", () => {
    expect(because(blobs("c", 400, 400))).toMatch(/^[A-Z].*\.$/);
    expect(inside(blobs("c", 400, 400))).toBe(false);
  });
});
