import { z } from "zod";
import type { Rng } from "../core/rng.ts";
import type { Codec, DecodedImage } from "../image/codec.ts";
import { addNoise, blur, recolour, resizePixels } from "../image/perturb.ts";
import type { Planes } from "../image/planes.ts";

const probability = z.number().min(0).max(1).default(0).describe("share of the pictures, 0..1");
const range = (low: z.ZodNumber, defaults: [number, number], what: string) =>
  z
    .tuple([low, low])
    .refine(([a, b]) => a <= b, "the first is the lower end")
    .default(defaults)
    .describe(what);

/** Everything is off by default. Geometry comes after the representation, the rest before it. */
export const augmentOptions = z.strictObject({
  rotation: z.number().min(0).max(180).default(0).describe("degrees, uniform on both sides"),
  shift: z.number().min(0).max(1).default(0).describe("share of the width and of the height, uniform on both sides"),
  shear: z.number().min(0).max(60).default(0).describe("degrees, uniform on both sides"),
  zoom: z.number().min(0).max(0.9).default(0).describe("0.1: between 90 % and 110 %"),
  horizontalFlip: z.boolean().default(false).describe("left and right change places in half of the pictures"),
  verticalFlip: z.boolean().default(false).describe("top and bottom change places in half of the pictures"),
  fill: z
    .enum(["reflect", "constant"])
    .default("reflect")
    .describe("what comes in over the edge: the mirrored planes, or 0"),
  resize: z
    .strictObject({ probability, scale: range(z.number().min(0.1).max(2), [0.6, 1], "factor of both sides, Lanczos") })
    .prefault({}),
  blur: z
    .strictObject({ probability, sigma: range(z.number().min(0).max(10), [0.3, 1.5], "of the Gaussian, in pixels") })
    .prefault({}),
  noise: z
    .strictObject({
      probability,
      deviation: range(z.number().min(0).max(64), [1, 4], "of normal noise, in levels of 255"),
    })
    .prefault({}),
  colours: z
    .strictObject({ probability })
    .prefault({})
    .describe("red, green and blue change places, and in half of these pictures light and dark do"),
  resave: z
    .strictObject({ probability, quality: range(z.int().min(1).max(100), [70, 95], "JPEG quality of one more save") })
    .prefault({}),
});
export type AugmentOptions = z.infer<typeof augmentOptions>;

/** Whether pixels are touched before the representation: then its planes cannot be kept from epoch to epoch. */
export function changesPixels({ resize, blur, noise, colours, resave }: AugmentOptions): boolean {
  return [resize, blur, noise, colours, resave].some((step) => step.probability > 0);
}

/**
 * What may happen to a picture on its way: resize, blur, noise, one more save, each with its own probability.
 * Keeps the SHA-256 of the file that it came from; the JPEG header is dropped where the pixels are no longer that JPEG's.
 */
export async function augmentPixels(
  image: DecodedImage,
  options: AugmentOptions,
  rng: Rng,
  codec: Codec,
): Promise<DecodedImage> {
  let { pixels } = image;
  const happens = (step: { readonly probability: number }, name: string) =>
    rng.fork(name).chance(step.probability) ? rng.fork(`${name}/how`) : undefined;
  const resize = happens(options.resize, "resize");
  if (resize !== undefined) {
    const factor = resize.between(...options.resize.scale);
    const side = (n: number) => Math.max(1, Math.round(n * factor));
    pixels = resizePixels(pixels, { width: side(pixels.width), height: side(pixels.height), kernel: "lanczos" });
  }
  const blurred = happens(options.blur, "blur");
  if (blurred !== undefined) pixels = blur(pixels, blurred.between(...options.blur.sigma));
  const noise = happens(options.noise, "noise");
  if (noise !== undefined) pixels = addNoise(pixels, noise.between(...options.noise.deviation), noise);
  const colours = happens(options.colours, "colours");
  if (colours !== undefined) pixels = recolour(pixels, colours.shuffle([0, 1, 2]), colours.chance(0.5));
  const resave = happens(options.resave, "resave");
  if (resave !== undefined) {
    const [low, high] = options.resave.quality;
    const saved = await codec.decode(await codec.encodeJpeg(pixels, { quality: low + resave.integer(high - low + 1) }));
    return { ...saved, sha256: image.sha256, warnings: image.warnings };
  }
  if (pixels === image.pixels) return image;
  const { jpeg: _, ...rest } = image;
  return { ...rest, pixels };
}

/** Rotation, shear, zoom, shift and flips in one affine warp, bilinear; range and size stay. */
export function augmentPlanes(planes: Planes, options: AugmentOptions, rng: Rng): Planes {
  const { rotation, shift, shear, zoom, horizontalFlip, verticalFlip } = options;
  if (rotation + shift + shear + zoom === 0 && !horizontalFlip && !verticalFlip) return planes;
  const radians = (limit: number, name: string) => (rng.fork(name).between(-limit, limit) * Math.PI) / 180;
  const flip = (wanted: boolean, name: string) => (wanted && rng.fork(name).chance(0.5) ? -1 : 1);
  const [angle, slant] = [radians(rotation, "rotation"), Math.tan(radians(shear, "shear"))];
  const scale = 1 / rng.fork("zoom").between(1 - zoom, 1 + zoom);
  const [flipX, flipY] = [flip(horizontalFlip, "horizontalFlip") * scale, flip(verticalFlip, "verticalFlip") * scale];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const shifts = rng.fork("shift");
  const right = shifts.between(-shift, shift) * planes.width;
  const down = shifts.between(-shift, shift) * planes.height;
  // From an output position to the one it shows, about the centre: flip and zoom, shear, turn, then shift.
  return warp(planes, options.fill, {
    a: flipX * cos,
    b: flipY * (slant * cos - sin),
    c: flipX * sin,
    d: flipY * (slant * sin + cos),
    right,
    down,
  });
}

/** x' = a x + b y + right, y' = c x + d y + down, with the centre at 0. */
interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly right: number;
  readonly down: number;
}

function warp(
  { channels, height, width, data }: Planes,
  fill: AugmentOptions["fill"],
  { a, b, c, d, right, down }: Affine,
): Planes {
  const area = height * width;
  const out = new Float32Array(data.length);
  const [centerX, centerY] = [(width - 1) / 2, (height - 1) / 2];
  const place = fill === "reflect" ? mirrored : insideOnly;
  for (let row = 0, to = 0; row < height; row++) {
    for (let column = 0; column < width; column++, to++) {
      const x = a * (column - centerX) + b * (row - centerY) + centerX + right;
      const y = c * (column - centerX) + d * (row - centerY) + centerY + down;
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [shareX, shareY] = [x - left, y - top];
      const [x0, x1] = [place(left, width), place(left + 1, width)];
      const [y0, y1] = [place(top, height), place(top + 1, height)];
      for (let channel = 0; channel < channels; channel++) {
        const at = (px: number, py: number) => (px < 0 || py < 0 ? 0 : data[channel * area + py * width + px]!);
        const upper = at(x0, y0) * (1 - shareX) + (shareX === 0 ? 0 : at(x1, y0) * shareX);
        const lower = shareY === 0 ? 0 : at(x0, y1) * (1 - shareX) + (shareX === 0 ? 0 : at(x1, y1) * shareX);
        out[channel * area + to] = upper * (1 - shareY) + lower * shareY;
      }
    }
  }
  return { channels, height, width, data: out };
}

/** Half-sample symmetric: … b a | a b c | c b … */
function mirrored(i: number, n: number): number {
  const turn = ((i % (2 * n)) + 2 * n) % (2 * n);
  return turn < n ? turn : 2 * n - 1 - turn;
}

/** -1 outside. */
function insideOnly(i: number, n: number): number {
  return i < 0 || i >= n ? -1 : i;
}
