import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import { createRng, type Rng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import type { Codec, DecodedImage } from "../image/codec.ts";
import type { Planes } from "../image/planes.ts";
import { readPicture } from "../image/readFile.ts";
import { computeInputPlanes, type PlanesRecipe } from "../representations/input.ts";
import { type AugmentOptions, augmentPixels } from "./augment.ts";
import { applyProtocol, type ProtocolName } from "./protocols.ts";

/** How the files of one dataset become input planes. */
export interface Preparation {
  /** The dataset's root. */
  readonly root: string;
  readonly input: PlanesRecipe;
  readonly protocol: ProtocolName;
}

/** The stream of one picture's augmentation under a key such as `epoch/3`. */
export function augmentStream(key: string, sha256: string): Rng {
  return createRng(`augment/${key}/${sha256}`);
}

/**
 * File -> pixels -> (blur, noise, … where asked) -> protocol -> representation -> resize; neither warped nor normalised.
 * A file that cannot be read any more, or has changed since the dataset was read, is a UserError with its path.
 */
export async function preparePlanes(
  { root, input, protocol }: Preparation,
  sample: Pick<Sample, "path" | "sha256">,
  codec: Codec,
  photometric?: { readonly options: AugmentOptions; readonly rng: Rng },
): Promise<Planes> {
  const read = await openSample(root, sample, codec);
  const image =
    photometric === undefined ? read : await augmentPixels(read, photometric.options, photometric.rng, codec);
  return computeInputPlanes(await applyProtocol(protocol, image, codec), input, codec);
}

/** The decoded picture of a sample, held to the hash that the manifest has of it. */
export async function openSample(
  root: string,
  { path, sha256 }: Pick<Sample, "path" | "sha256">,
  codec: Codec,
): Promise<DecodedImage> {
  const next = "The run needs the files as they were when it began: put it back, or read the dataset again without it.";
  let image: DecodedImage;
  try {
    image = await codec.decode(await readPicture(join(root, path)));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.code, `Cannot read ${path} any more: ${error.message} ${next}`, { cause: error });
  }
  if (image.sha256 !== sha256)
    throw new UserError("bad-dataset", `${path} has changed since the dataset was read. ${next}`);
  return image;
}
