import { z } from "zod";
import { type Box, grow, union } from "../../box.ts";
import { copyCanvas } from "../../canvas.ts";
import type { SlipField } from "../slip.ts";
import { type TextStyle, textWidth } from "../text.ts";
import type { Edit, Operation } from "./operation.ts";

const options = z.object({
  from: z
    .enum(["nearestLook", "otherLook"])
    .default("nearestLook")
    .describe("fields that the digits are taken from: those most like the field, or those set otherwise"),
  share: z.number().min(0).max(1).default(0.5).describe("share of the field's digits that are replaced, at least one"),
});

/** Digits (letters, where the field has none) copied over others, each with the ground on which it stood. */
export const digitCopy = {
  summary: "Digits copied from elsewhere in the same slip",
  cite: "DOMAIN: copy-move of digits; Christlein et al., copy-move evaluation, 2012",
  options,

  async apply(edit, { from, share }, rng) {
    const { canvas, field } = edit;
    const kind = /\d/.test(field.text) ? /\d/ : /\p{L}/u;
    const goals = rng.shuffle(cells(edit, field, kind));
    const sources = sourceFields(edit, from, kind).flatMap((other) => cells(edit, other, kind));
    const stock = sources.length > 0 ? sources : goals;
    const picture = copyCanvas(canvas);
    const context = canvas.getContext("2d");
    let box: Box | undefined;
    const copied: string[] = [];
    for (const goal of goals.slice(0, Math.max(1, Math.round(share * goals.length)))) {
      const others = stock.filter(({ glyph, box: { x } }) => glyph !== goal.glyph && x !== goal.box.x);
      const source = rng.pick(others.length > 0 ? others : stock);
      const { x, y, width, height } = source.box;
      context.drawImage(picture, x, y, width, height, goal.box.x, goal.box.y, goal.box.width, goal.box.height);
      box = box === undefined ? goal.box : union(box, goal.box);
      copied.push(`${goal.glyph}>${source.glyph}`);
    }
    return { box: grow(box ?? field.box, 0, canvas), parameters: { from, copied } };
  },
} satisfies Operation<typeof options>;

/** Other fields with such letters: the half of them whose look is nearest, or those of another look. */
function sourceFields({ fields, field }: Edit, from: "nearestLook" | "otherLook", kind: RegExp): SlipField[] {
  const others = fields.filter((other) => other !== field && kind.test(other.text));
  const distance = ({ style, ground }: SlipField) =>
    Math.abs(style.size - field.style.size) +
    (style.weight === field.style.weight ? 0 : 5) +
    (ground === field.ground ? 0 : 50);
  if (from === "otherLook") return others.filter((other) => distance(other) > 0);
  return others.sort((a, b) => distance(a) - distance(b)).slice(0, Math.ceil(others.length / 2));
}

/** The places of a field's letters of that kind: each its advance wide, the field's ink high. */
function cells({ canvas }: Edit, { text, style, box }: SlipField, kind: RegExp): { glyph: string; box: Box }[] {
  const context = canvas.getContext("2d");
  const width = (part: string) => textWidth(context, part, style);
  const left = style.x - startShift(style, width(text));
  return [...text].flatMap((glyph, i) => {
    if (!kind.test(glyph)) return [];
    const before = width(text.slice(0, i));
    const x = Math.round(left + before);
    const right = Math.round(left + before + width(glyph));
    return [{ glyph, box: { x, y: box.y, width: Math.max(1, right - x), height: box.height } }];
  });
}

function startShift({ align }: TextStyle, width: number): number {
  return align === "left" ? 0 : align === "right" ? width : width / 2;
}
