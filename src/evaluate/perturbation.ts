import type { Rng } from "../core/rng.ts";
import type { Codec, DecodedImage, Pixels } from "../image/codec.ts";
import { addNoise, blur, resave, resizePixels } from "../image/perturb.ts";
import { cutPixels } from "../image/window.ts";

/** What happens to a picture on its way: one rung of the ladder (robustness.ts), as data that travels to workers. */
export type Perturbation =
  /** Gaussian of a window of k x k pixels; sigma = .3 ((k - 1) / 2 - 1) + .8, as OpenCV has it. */
  | { readonly kind: "blur"; readonly window: number }
  /** Normal, deviation in levels of 0..255. */
  | { readonly kind: "noise"; readonly deviation: number }
  /** JPEG saves one after the other, 4:2:0. */
  | { readonly kind: "jpeg"; readonly qualities: readonly number[] }
  /** Lanczos, both sides by the factor. */
  | { readonly kind: "resize"; readonly factor: number }
  /** Rows and columns cut off above and on the left, 1 to `most` of each: the JPEG grid moves. */
  | { readonly kind: "crop"; readonly most: number }
  /** The longer side brought down to `side` pixels where it is longer, then one save. */
  | { readonly kind: "messenger"; readonly side: number; readonly quality: number };

/** The picture after it; keeps the SHA-256 of the original. One that ends in no save is as a PNG would hold it. */
export async function perturb(
  image: DecodedImage,
  perturbation: Perturbation,
  rng: Rng,
  codec: Codec,
): Promise<DecodedImage> {
  const { pixels } = image;
  const { kind } = perturbation;
  if (kind === "jpeg") return saved(image, pixels, perturbation.qualities, codec);
  if (kind === "messenger") {
    const factor = Math.min(1, perturbation.side / Math.max(pixels.width, pixels.height));
    return saved(image, scaled(pixels, factor), [perturbation.quality], codec);
  }
  const { jpeg: _, ...rest } = image;
  return { ...rest, format: "png", pixels: changed(pixels, perturbation, rng) };
}

function changed(
  pixels: Pixels,
  perturbation: Exclude<Perturbation, { kind: "jpeg" | "messenger" }>,
  rng: Rng,
): Pixels {
  switch (perturbation.kind) {
    case "blur":
      return blur(pixels, 0.3 * ((perturbation.window - 1) / 2 - 1) + 0.8);
    case "noise":
      return addNoise(pixels, perturbation.deviation, rng);
    case "resize":
      return scaled(pixels, perturbation.factor);
    case "crop":
      return without(pixels, 1 + rng.integer(perturbation.most), 1 + rng.integer(perturbation.most));
  }
}

async function saved(
  image: DecodedImage,
  pixels: Pixels,
  qualities: readonly number[],
  codec: Codec,
): Promise<DecodedImage> {
  let last = pixels;
  for (const quality of qualities.slice(0, -1)) last = await resave(last, { quality }, codec);
  const decoded = await codec.decode(await codec.encodeJpeg(last, { quality: qualities.at(-1)! }));
  return { ...decoded, sha256: image.sha256, warnings: image.warnings };
}

function scaled(pixels: Pixels, factor: number): Pixels {
  const side = (length: number) => Math.max(1, Math.round(length * factor));
  return resizePixels(pixels, { width: side(pixels.width), height: side(pixels.height), kernel: "lanczos" });
}

/** The picture without its first columns and rows; at least one of each stays. */
function without(pixels: Pixels, columns: number, rows: number): Pixels {
  const { width, height } = pixels;
  const [left, top] = [Math.min(columns, width - 1), Math.min(rows, height - 1)];
  return cutPixels(pixels, { left, top, width: width - left, height: height - top });
}
