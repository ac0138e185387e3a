import { grow } from "../../box.ts";
import { fills } from "./fill.ts";
import { aim, drawHand, handOptions, handParameters, write } from "./hand.ts";
import type { Operation } from "./operation.ts";

const options = handOptions;

/** A slip is made a template once, all its fields emptied, and every fake is that template filled in by a program. */
export const emptiedTemplate = {
  summary: "All fields emptied and set anew by one foreign rasteriser",
  cite: "DOMAIN: web or bot generators",
  options,
  takes: "all",

  async apply(edit, handed, rng) {
    const hand = drawHand(edit, handed, rng);
    const places = edit.targets.map((target) => ({ target, ...aim(edit, target, hand, rng.fork(target.field.name)) }));
    for (const { room } of places) fills.diffusion(edit.canvas, room);
    const forged = [];
    for (const { target, style, room } of places) {
      const box = await write(
        edit,
        target,
        { style, room: grow(room, 1, edit.canvas) },
        hand,
        rng.fork(`${target.field.name}/code`),
      );
      forged.push({ field: target.field.name, box, parameters: handParameters(hand, style) });
    }
    return forged;
  },
} satisfies Operation<typeof options>;
