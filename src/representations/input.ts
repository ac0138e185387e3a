import { z } from "zod";
import { UserError } from "../core/errors.ts";
import { lookUp, parseOptions } from "../core/table.ts";
import type { Codec, DecodedImage } from "../image/codec.ts";
import { cropPlanes } from "../image/crop.ts";
import type { Planes } from "../image/planes.ts";
import { kernels, resizePlanes } from "../image/resample.ts";
import { representations } from "./index.ts";
import type { Representation } from "./representation.ts";

/** How a picture becomes the network's input: stored in the model, so that every door prepares it alike. */
export const inputRecipe = z.object({
  representation: z.object({ name: z.string(), options: z.record(z.string(), z.unknown()) }),
  width: z.int().positive().describe("of the network's input, in pixels"),
  height: z.int().positive().describe("of the network's input, in pixels"),
  fit: z
    .enum(["resize", "crop", "tiles"])
    .default("resize")
    .describe(
      "resize: the whole picture, resampled; crop: its centre as it is, on the JPEG grid, mirrored out where it is smaller; tiles: all of it as it is, in overlapping tiles",
    ),
  overlap: z
    .int()
    .min(0)
    .max(512)
    .multipleOf(16)
    .optional()
    .describe("of neighbouring tiles at least, in pixels; 32 where absent"),
  kernel: z.enum(kernels).describe("of the resize after the representation"),
  mean: z.array(z.number()).describe("per channel, subtracted after the fit"),
  deviation: z.array(z.number().positive()).describe("per channel, divided by after the mean"),
});
export type InputRecipe = z.infer<typeof inputRecipe>;

/** Everything but the normalisation: what the mean and the deviation are measured on. */
export type PlanesRecipe = Omit<InputRecipe, "mean" | "deviation">;

/** The representation of a recipe with its options parsed; a UserError names what is unknown. */
export function representationOf({ representation: { name, options } }: Pick<InputRecipe, "representation">) {
  const representation: Representation = lookUp(representations, "representation", name);
  return { representation, options: parseOptions(representation, `representation "${name}"`, options) };
}

/** Representation at native size, then the resize or the crop   // [channels, height, width], the representation's range */
export async function computeInputPlanes(image: DecodedImage, recipe: PlanesRecipe, codec: Codec): Promise<Planes> {
  const { representation, options } = representationOf(recipe);
  const planes = await representation.compute(image, options, codec);
  return recipe.fit === "crop" ? cropPlanes(planes, recipe) : resizePlanes(planes, recipe);
}

/** (x - mean) / deviation, channel by channel   // [channels, height, width] */
export function normalisePlanes(
  planes: Planes,
  { mean, deviation }: Pick<InputRecipe, "mean" | "deviation">,
): Float32Array {
  const { channels, height, width, data } = planes;
  if (mean.length !== channels || deviation.length !== channels)
    throw new UserError(
      "bad-options",
      `The representation has ${channels} channels, but ${mean.length} means and ${deviation.length} deviations were given. Give one of each per channel.`,
    );
  if (mean.every((center) => center === 0) && deviation.every((spread) => spread === 1)) return data;
  const area = height * width;
  const normalised = new Float32Array(data.length);
  for (let c = 0; c < channels; c++) {
    const [center, spread] = [mean[c]!, deviation[c]!];
    for (let i = c * area; i < (c + 1) * area; i++) normalised[i] = (data[i]! - center) / spread;
  }
  return normalised;
}

/** What the network sees of a picture   // [channels, height, width] */
export async function prepareInput(image: DecodedImage, recipe: InputRecipe, codec: Codec): Promise<Float32Array> {
  return normalisePlanes(await computeInputPlanes(image, recipe, codec), recipe);
}
