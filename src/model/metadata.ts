import { z } from "zod";

/** How a picture becomes the network's input: stored in the model, so that every door prepares it alike. */
export const inputRecipe = z.object({
  representation: z.object({ name: z.string(), options: z.record(z.string(), z.unknown()) }),
  width: z.int().positive().describe("of the network's input, in pixels"),
  height: z.int().positive().describe("of the network's input, in pixels"),
  kernel: z.enum(["nearest", "box", "bilinear", "bicubic", "lanczos"]).describe("of the resize after the representation"),
  mean: z.array(z.number()).describe("per channel, subtracted after the resize"),
  deviation: z.array(z.number().positive()).describe("per channel, divided by after the mean"),
});
export type InputRecipe = z.infer<typeof inputRecipe>;
