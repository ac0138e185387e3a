import { createRng, type Rng } from "../core/rng.ts";
import type { Codec, DecodedImage, Pixels } from "../image/codec.ts";
import { resizePixels } from "../image/perturb.ts";
import { resizePlanes } from "../image/resample.ts";

export const protocolNames = ["raw", "reencoded", "rescaled"] as const;
/**
 * How a picture reaches the network, so that a file's history cannot give its label away.
 * raw: the file as it is. reencoded/1: one JPEG save, quality uniform over 70..95, 4:2:0 or 4:4:4 with equal chance,
 * metadata dropped. rescaled/1: a Lanczos downscale by a factor uniform over .6...9, then such a save, because an
 * earlier JPEG history survives a mere re-save (FIELD: 8).
 */
export type ProtocolName = (typeof protocolNames)[number];

/** Stands in the name of the random stream: another version gives other pictures. */
const versions = { reencoded: "reencoded/1", rescaled: "rescaled/1" } as const;

/** For whatever is kept of pictures under a protocol. */
export function protocolVersion(name: ProtocolName): string {
  return name === "raw" ? name : versions[name];
}

/**
 * The picture as the protocol shows it. The random numbers come from its SHA-256 alone, so everyone's runs see the
 * same pictures. The result keeps the original's SHA-256; its bytes, pixels and header are those of the save.
 */
export async function applyProtocol(name: ProtocolName, image: DecodedImage, codec: Codec): Promise<DecodedImage> {
  if (name === "raw") return image;
  const rng = createRng(`${versions[name]}/${image.sha256}`);
  const pixels = name === "rescaled" ? downscale(image.pixels, rng) : image.pixels;
  const quality = 70 + rng.integer(26);
  const subsampling = rng.pick(["4:2:0", "4:4:4"] as const);
  const saved = await codec.decode(await codec.encodeJpeg(pixels, { quality, subsampling }));
  return { ...saved, sha256: image.sha256, warnings: image.warnings };
}

/** White = edited. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  /** 0 or 1   // [height, width] */
  readonly data: Uint8Array;
}

/** The mask of a picture under the protocol: the same downscale, nearest neighbour. */
export function applyProtocolToMask(name: ProtocolName, mask: Mask, sha256: string): Mask {
  if (name !== "rescaled") return mask;
  const size = scaledSize(mask, createRng(`${versions[name]}/${sha256}`));
  const plane = { channels: 1, height: mask.height, width: mask.width, data: Float32Array.from(mask.data) };
  return { ...size, data: Uint8Array.from(resizePlanes(plane, { ...size, kernel: "nearest" }).data) };
}

function downscale(pixels: Pixels, rng: Rng): Pixels {
  return resizePixels(pixels, { ...scaledSize(pixels, rng), kernel: "lanczos" });
}

/** The first number of the stream is the factor. */
function scaledSize({ width, height }: { width: number; height: number }, rng: Rng): { width: number; height: number } {
  const factor = rng.between(0.6, 0.9);
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}
