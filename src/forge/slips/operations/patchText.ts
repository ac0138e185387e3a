import { z } from "zod";
import { grow, union } from "../../box.ts";
import { familyNames } from "../fonts.ts";
import { fitted, inkBox } from "../text.ts";
import { colourErrorOption, cover, missColour } from "./ground.ts";
import type { Operation } from "./operation.ts";
import { rasterisers } from "./rasterisers.ts";

const options = z.object({
  colourError: colourErrorOption,
  sizeError: z.number().min(0).max(0.5).default(0.06).describe("largest relative error of the letters' size"),
  otherFont: z.number().min(0).max(1).default(0.5).describe("chance that the font is another one"),
  inkError: z
    .number()
    .min(0)
    .max(255)
    .default(12)
    .describe("largest error of the letters' colour, in levels of 0..255"),
  shift: z.number().min(0).max(20).default(1).describe("largest error of the baseline, in pixels"),
});

/** What a phone's picture editor does: a rectangle over the old text, the new text upon it. */
export const patchText = {
  summary: "A patch over the field, text upon it by another rasteriser, font, size and colour near those of the app",
  cite: "DOMAIN: how fakes are made; Tornés et al., FindIt, 2018",
  options,

  async apply({ canvas, field, text }, { colourError, sizeError, otherFont, inkError, shift }, rng) {
    const context = canvas.getContext("2d");
    const rasteriser = rng.pick(["canvas", "pango"] as const);
    const { style } = field;
    const near = {
      ...style,
      family: rng.chance(otherFont) ? rng.pick(familyNames.filter((family) => family !== style.family)) : style.family,
      size: style.size * (1 + rng.between(-sizeError, sizeError)),
      colour: missColour(style.colour, [0, inkError], rng),
      baseline: style.baseline + Math.round(rng.between(-shift, shift)),
    };
    const written = fitted(context, text, near, field.room);
    const margin = rng.between(2, 5);
    const patch = grow(union(field.box, inkBox(context, text, written)), margin, canvas);
    const ground = missColour(field.ground, colourError, rng);
    cover(context, patch, ground);
    const ink = await rasterisers[rasteriser](context, text, written);
    return {
      box: grow(union(patch, ink), 0, canvas),
      parameters: { rasteriser, family: written.family, size: written.size, ground, ink: written.colour },
    };
  },
} satisfies Operation<typeof options>;
