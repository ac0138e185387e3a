import type { Codec } from "../image/codec.ts";
import { readPicture } from "../image/readFile.ts";
import type { Mask } from "./protocols.ts";

/** A mask's file: whatever is brighter than the middle was edited. Throws UserError where it cannot be read. */
export async function readMask(path: string, codec: Codec): Promise<Mask> {
  const { width, height, data } = (await codec.decode(await readPicture(path))).pixels;
  return { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => (data[3 * i]! >= 128 ? 1 : 0)) };
}
