import type { Codec, DecodedImage, Pixels } from "../image/codec.ts";
import { type InputRecipe, normalisePlanes, representationOf } from "./input.ts";

/** Pixels cut out of a picture, as a picture of their own: no file stands behind them. */
export function cutImage(pixels: Pixels, sha256: string): DecodedImage {
  return { sha256, bytes: new Uint8Array(), format: "png", pixels, orientation: 1, warnings: [] };
}

/**
 * What a network sees of a tile. The representation is computed of the tile alone, in training as in use, so that the
 * border looks the same in both and a scroll capture of any length needs the memory of one tile.
 * // [channels, side, side]
 * @param into room for them, whatever stands there
 */
export async function prepareTile(
  tile: DecodedImage,
  input: InputRecipe,
  codec: Codec,
  into?: Float32Array,
): Promise<Float32Array> {
  const { representation, options } = representationOf(input);
  const prepared = normalisePlanes(await representation.compute(tile, options, codec, into), input);
  if (into === undefined || prepared === into) return prepared;
  into.set(prepared);
  return into;
}
