import { z } from "zod";
import { grow } from "../../box.ts";
import { type Fill, fills } from "./fill.ts";
import { aim, drawHand, handOptions, handParameters, write } from "./hand.ts";
import type { Operation } from "./operation.ts";

const options = handOptions.extend({
  fills: z
    .array(z.enum(Object.keys(fills) as [Fill, ...Fill[]]))
    .min(1)
    .default(["rows", "diffusion", "patch"])
    .describe("ways to invent the ground, each with the same chance"),
});

/** The old text is taken out by a program that guesses what stood behind it; the new one is written upon the guess. */
export const contentFill = {
  summary: "The old text filled with a guess at its ground, new text upon it",
  cite: "FIELD 2: 62 % of human editors choose content-aware fill (FSTS)",
  options,
  takes: "drawn",

  async apply(edit, { fills: known, ...handed }, rng) {
    const hand = drawHand(edit, handed, rng);
    const fill = rng.pick(known);
    const forged = [];
    for (const target of edit.targets) {
      const { name } = target.field;
      const place = aim(edit, target, hand, rng.fork(name));
      fills[fill](edit.canvas, place.room);
      // A soft edge reaches a little further.
      const room = grow(place.room, 3, edit.canvas);
      const box = await write(edit, target, { ...place, room }, hand, rng.fork(`${target.field.name}/code`));
      forged.push({ field: name, box, parameters: { ...handParameters(hand, place.style), fill } });
    }
    return forged;
  },
} satisfies Operation<typeof options>;
