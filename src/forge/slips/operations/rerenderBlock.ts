import { z } from "zod";
import { type Box, grow } from "../../box.ts";
import type { SlipField } from "../slip.ts";
import { letterHeight } from "./code.ts";
import type { Edit, Operation } from "./operation.ts";

const options = z.object({});

/** The row or card that holds the field, label and all, drawn anew by another program in the place of the old one. */
export const rerenderBlock = {
  summary: "The whole row of the field drawn anew by another rasteriser",
  cite: "DOMAIN: how fakes are made (a page rebuilt in a browser and pasted in)",
  options,
  takes: "drawn",

  async apply(edit, _options, rng) {
    const { canvas, targets, redraw } = edit;
    const rasteriser = rng.pick(edit.rasterisers);
    const drawn = await redraw(rasteriser);
    const context = canvas.getContext("2d");
    return targets.map(({ field }) => {
      const block = rowOf(edit, field);
      const { x, y, width, height } = block;
      context.drawImage(drawn.canvas, x, y, width, height, x, y, width, height);
      return { field: field.name, box: block, parameters: { rasteriser } };
    });
  },
} satisfies Operation<typeof options>;

/** As wide as the screen but its margins, and as high as the field reaches before it meets another one. */
function rowOf({ canvas, fields }: Edit, field: SlipField): Box {
  const { box } = field;
  const beside = fields.filter((other) => other !== field);
  const bottoms = beside.map((other) => other.box.y + other.box.height).filter((bottom) => bottom <= box.y);
  const tops = beside.map((other) => other.box.y).filter((top) => top >= box.y + box.height);
  const reach = 0.8 * letterHeight(field);
  const above = Math.max(box.y - reach, ...bottoms.map((bottom) => (bottom + box.y) / 2));
  const bottom = box.y + box.height;
  const below = Math.min(bottom + reach, ...tops.map((top) => (top + bottom) / 2));
  const inset = 0.06 * canvas.width;
  const left = Math.min(inset, box.x);
  const right = Math.max(canvas.width - inset, box.x + box.width);
  return grow({ x: left, y: above, width: right - left, height: below - above }, 0, canvas);
}
