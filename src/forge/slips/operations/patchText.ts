import { colourErrorOption, cover, drawMiss, groundAround, missed } from "./ground.ts";
import { aim, drawHand, handOptions, handParameters, write } from "./hand.ts";
import type { Operation } from "./operation.ts";

const options = handOptions.extend({ colourError: colourErrorOption });

/** What a phone's picture editor does: a rectangle over the old text, the new text upon it. */
export const patchText = {
  summary: "A patch over the field, text upon it by another rasteriser, font, size and colour near those of the app",
  cite: "DOMAIN: how fakes are made; Tornés et al., FindIt, 2018",
  options,
  takes: "drawn",

  async apply(edit, { colourError, ...handed }, rng) {
    const { canvas, targets } = edit;
    const hand = drawHand(edit, handed, rng);
    const error = drawMiss(colourError, rng);
    const forged = [];
    for (const target of targets) {
      const { name, box } = target.field;
      const place = aim(edit, target, hand, rng.fork(name));
      cover(canvas, place.room, missed(groundAround(canvas, box), error));
      const touched = await write(edit, target, place, hand, rng.fork(`${target.field.name}/code`));
      forged.push({ field: name, box: touched, parameters: { ...handParameters(hand, place.style), error } });
    }
    return forged;
  },
} satisfies Operation<typeof options>;
