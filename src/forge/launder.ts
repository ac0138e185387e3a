import { z } from "zod";
import type { Rng } from "../core/rng.ts";
import type { Codec, Pixels } from "../image/codec.ts";

/** Range of the save that ends every picture of ours. */
export const launderingOptions = z.object({
  png: z.number().min(0).max(1).default(0.3).describe("share of pictures saved as PNG, 0..1"),
  quality: z
    .tuple([z.int().min(1).max(100), z.int().min(1).max(100)])
    .default([70, 95])
    .describe("JPEG quality of the others, uniform over low..high"),
});
export type LaunderingOptions = z.infer<typeof launderingOptions>;

/** What happened to a picture after it was made, as its manifest row says. */
export type Laundering =
  | { readonly format: "png" }
  | { readonly format: "jpeg"; readonly quality: number; readonly subsampling: "4:2:0" | "4:4:4" };

/** The save that a picture will get; the label is no argument, so that both classes share one chain. */
export function drawLaundering({ png, quality: [low, high] }: LaunderingOptions, rng: Rng): Laundering {
  if (rng.chance(png)) return { format: "png" };
  return {
    format: "jpeg",
    quality: low + rng.integer(high - low + 1),
    subsampling: rng.pick(["4:2:0", "4:4:4"] as const),
  };
}

/** The picture's file, without metadata. */
export function launder(pixels: Pixels, laundering: Laundering, codec: Codec): Promise<Uint8Array> {
  return laundering.format === "png" ? codec.encodePng(pixels) : codec.encodeJpeg(pixels, laundering);
}
