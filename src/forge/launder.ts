import { z } from "zod";
import { pickWeighted } from "../core/pickWeighted.ts";
import type { Rng } from "../core/rng.ts";
import type { Codec, JpegSave, Pixels, ResizeKernel } from "../image/codec.ts";
import { type Box, scaled } from "./box.ts";

/**
 * What a picture goes through on its way to whoever looks at it.
 * softened: enlarged as a whole, or shrunk and enlarged again, as by a second screen or a careless converter.
 */
export const launderingLevels = ["png", "highJpeg", "lowJpeg", "resized", "messenger", "softened"] as const;
export type LaunderingLevel = (typeof launderingLevels)[number];

const share = z.number().min(0).max(1);

export const launderingOptions = z.strictObject({
  levels: z
    .partialRecord(z.enum(launderingLevels), z.number().min(0))
    .default({ png: 0.3, highJpeg: 0.25, lowJpeg: 0.15, resized: 0.1, messenger: 0.2 })
    .describe("weight of every level; one that is not named is not used"),
  customTables: share.default(0.25).describe("share of JPEG saves with other quantisation tables than the standard's"),
});
export type LaunderingOptions = z.infer<typeof launderingOptions>;

export type LaunderingStep =
  | { readonly kind: "png" }
  | ({ readonly kind: "jpeg" } & Required<JpegSave>)
  | { readonly kind: "scale"; readonly factor: number; readonly kernel: ResizeKernel }
  /** Shrinks what is longer; never enlarges. */
  | { readonly kind: "fit"; readonly maxSide: number; readonly kernel: ResizeKernel };

/** What happened to a picture after it was made, as its manifest row says. */
export interface Laundering {
  readonly level: LaunderingLevel;
  /** Of the last save, which is the file. */
  readonly format: "png" | "jpeg";
  /** Saves, the last included. */
  readonly generations: number;
  /** Of a messenger's last save. */
  readonly preset?: string;
  readonly steps: readonly LaunderingStep[];
}

/** Longest side in pixels and JPEG quality, low..high: what is known or guessed of messengers in 2026. */
const messengers = {
  telegram: { maxSide: 1280, quality: [87, 87], progressive: false },
  telegramLarge: { maxSide: 2560, quality: [87, 87], progressive: false },
  whatsapp: { maxSide: 1600, quality: [62, 75], progressive: true },
  facebook: { maxSide: 2048, quality: [85, 85], progressive: true },
  other: { maxSide: 1440, quality: [70, 85], progressive: false },
} as const;
type Messenger = keyof typeof messengers;
const messengerNames = Object.keys(messengers) as Messenger[];

/** The chain that a picture will go through; the label is no argument, so that both classes share it. */
export function drawLaundering({ levels, customTables }: LaunderingOptions, rng: Rng): Laundering {
  const level = pickWeighted(Object.entries(levels) as [LaunderingLevel, number][], rng);
  const jpeg = (low: number, high: number): LaunderingStep => ({
    kind: "jpeg",
    quality: low + rng.integer(high - low + 1),
    subsampling: rng.chance(0.7) ? "4:2:0" : "4:4:4",
    // Table 1 is flat: no program of ours or of theirs writes it for screenshots.
    table: rng.chance(customTables) ? 2 + rng.integer(7) : 0,
    progressive: rng.chance(0.2),
  });
  const scale = (low: number, high: number) => ({
    kind: "scale" as const,
    factor: Math.round(1000 * rng.between(low, high)) / 1000,
    kernel: rng.pick(["lanczos3", "linear"] as const),
  });
  // A picture that came as PNG or in one good save has no earlier generations: its level would not mean what it says.
  const before = level === "png" || level === "highJpeg" ? 0 : rng.chance(0.5) ? 0 : rng.chance(0.7) ? 1 : 2;
  const steps: LaunderingStep[] = [];
  for (let generation = 0; generation < before; generation++) {
    if (rng.chance(0.3)) steps.push(...messengerSteps(rng.pick(messengerNames), rng));
    else steps.push(jpeg(70, 100));
  }
  let preset: Messenger | undefined;
  if (level === "png") steps.push({ kind: "png" });
  if (level === "highJpeg") steps.push(jpeg(85, 100));
  if (level === "lowJpeg") steps.push(jpeg(40, 84));
  if (level === "resized") steps.push(scale(0.5, 1.1), rng.chance(0.5) ? { kind: "png" } : jpeg(70, 100));
  if (level === "softened") {
    if (rng.chance(0.5)) steps.push(scale(1.15, 1.7));
    else {
      const shrunk = scale(0.3, 0.8);
      steps.push(shrunk, { kind: "scale", factor: 1 / shrunk.factor, kernel: "linear" });
    }
    steps.push(rng.chance(0.5) ? { kind: "png" } : jpeg(70, 100));
  }
  if (level === "messenger") {
    preset = rng.pick(messengerNames);
    steps.push(...messengerSteps(preset, rng));
  }
  const format = steps.at(-1)!.kind === "png" ? "png" : "jpeg";
  return { level, format, generations: before + 1, ...(preset && { preset }), steps };
}

function messengerSteps(name: Messenger, rng: Rng): LaunderingStep[] {
  const { maxSide, quality, progressive } = messengers[name];
  const save = { quality: quality[0] + rng.integer(quality[1] - quality[0] + 1), subsampling: "4:2:0" } as const;
  return [
    { kind: "fit", maxSide, kernel: rng.pick(["lanczos3", "linear"] as const) },
    { kind: "jpeg", ...save, table: 0, progressive },
  ];
}

/** White where edited.   // [height, width] */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The picture's file without metadata, and its mask and boxes in the file's coordinates. */
export async function launder<N extends string>(
  picture: { readonly pixels: Pixels; readonly mask?: Mask; readonly boxes: Readonly<Record<N, Box>> },
  { steps }: Laundering,
  codec: Codec,
): Promise<{ bytes: Uint8Array; mask?: Mask; boxes: Record<N, Box> }> {
  let { pixels } = picture;
  let bytes: Uint8Array | undefined;
  for (const step of steps) {
    if (bytes !== undefined) pixels = await codec.decodePixels(bytes);
    bytes = undefined;
    if (step.kind === "png") bytes = await codec.encodePng(pixels);
    else if (step.kind === "jpeg") bytes = await codec.encodeJpeg(pixels, step);
    else {
      const longest = Math.max(pixels.width, pixels.height);
      const factor = step.kind === "scale" ? step.factor : Math.min(1, step.maxSide / longest);
      if (factor === 1) continue;
      const size = {
        width: Math.max(1, Math.round(pixels.width * factor)),
        height: Math.max(1, Math.round(pixels.height * factor)),
      };
      pixels = await codec.resize(pixels, size, step.kernel);
    }
  }
  const boxes = Object.entries<Box>(picture.boxes).map(([name, box]) => [name, scaled(box, picture.pixels, pixels)]);
  return {
    bytes: bytes ?? (await codec.encodePng(pixels)),
    ...(picture.mask && { mask: resizeMask(picture.mask, pixels) }),
    boxes: Object.fromEntries(boxes) as Record<N, Box>,
  };
}

/** Nearest neighbour: every pixel takes the value under its own centre. */
function resizeMask(mask: Mask, { width, height }: { width: number; height: number }): Mask {
  if (mask.width === width && mask.height === height) return mask;
  const data = new Uint8Array(width * height);
  const columns = Int32Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) * mask.width) / width));
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * mask.height) / height) * mask.width;
    for (let x = 0; x < width; x++) data[y * width + x] = mask.data[row + columns[x]!]!;
  }
  return { width, height, data };
}
