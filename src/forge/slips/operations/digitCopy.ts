import { z } from "zod";
import type { Rng } from "../../../core/rng.ts";
import { type Box, grow, union } from "../../box.ts";
import { copyCanvas } from "../../canvas.ts";
import type { SlipField } from "../slip.ts";
import { type TextStyle, textWidth } from "../text.ts";
import type { Edit, Forged, Operation } from "./operation.ts";

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

  takes: "drawn",

  async apply(edit, options, rng) {
    return edit.targets.map(({ field }) => copyDigits(edit, field, options, rng.fork(field.name)));
  },
} satisfies Operation<typeof options>;

function copyDigits(edit: Edit, field: SlipField, { from, share }: z.infer<typeof options>, rng: Rng): Forged {
  const { canvas } = edit;
  if (field.kind === "qr") return copySquares(edit, field, rng);
  const kind = /\d/.test(field.text) ? /\d/ : /\p{L}/u;
  const goals = rng.shuffle(cells(edit, field, kind));
  const sources = sourceFields(edit, field, from, kind).flatMap((other) => cells(edit, other, kind));
  const stock = sources.length > 0 ? sources : goals;
  const picture = copyCanvas(canvas);
  const context = canvas.getContext("2d");
  let box: Box | undefined;
  const copied: string[] = [];
  for (const goal of goals.slice(0, Math.max(1, Math.round(share * goals.length)))) {
    const others = stock.filter(({ glyph, box: { x } }) => glyph !== goal.glyph && x !== goal.box.x);
    const source = rng.pick(nearest(others.length > 0 ? others : stock, goal.box.width));
    const { x, y, width, height } = source.box;
    // In its own size, on the baseline, in the middle of the old digit's place.
    const place = { x: goal.box.x + Math.round((goal.box.width - width) / 2), y: goal.box.y, width, height };
    const touched = from === "otherLook" ? goal.box : place;
    context.drawImage(picture, x, y, width, height, touched.x, touched.y, touched.width, touched.height);
    box = box === undefined ? touched : union(box, touched);
    copied.push(`${goal.glyph}>${source.glyph}`);
  }
  return { field: field.name, box: grow(box ?? field.box, 0, canvas), parameters: { from, copied } };
}

/** Other fields with such letters: those that look alike, or those of another look. */
function sourceFields(
  { fields }: Edit,
  field: SlipField,
  from: "nearestLook" | "otherLook",
  kind: RegExp,
): SlipField[] {
  const others = fields.filter((other) => other !== field && other.kind === field.kind && kind.test(other.text));
  const distance = ({ style, ground }: SlipField) =>
    Math.abs(style.size - field.style.size) +
    (style.weight === field.style.weight ? 0 : 5) +
    (ground === field.ground ? 0 : 50);
  if (from === "otherLook") return others.filter((other) => distance(other) > 0);
  // Nobody copies small grey digits among large white ones.
  return others.filter(
    (other) => other.style.colour === field.style.colour && distance(other) < 0.25 * field.style.size,
  );
}

/** Of the letters those that are about as wide. */
function nearest(letters: readonly Letter[], width: number): readonly Letter[] {
  const miss = ({ box }: Letter) => Math.abs(box.width - width);
  const best = Math.min(...letters.map(miss));
  return letters.filter((letter) => miss(letter) <= Math.max(best, 0.12 * width));
}

interface Letter {
  readonly glyph: string;
  readonly box: Box;
}

/** The places of a field's letters of that kind: each its advance wide, and as high above its baseline as every other. */
function cells({ canvas }: Edit, { text, style }: SlipField, kind: RegExp): Letter[] {
  const context = canvas.getContext("2d");
  const width = (part: string) => textWidth(context, part, style);
  const left = style.x - startShift(style, width(text));
  return [...clusters.segment(text)].flatMap(({ segment: glyph, index }) => {
    if (!kind.test(glyph)) return [];
    const x = Math.round(left + width(text.slice(0, index)));
    const right = Math.round(left + width(text.slice(0, index + glyph.length)));
    const [top, bottom] = [
      Math.round(style.baseline - 0.95 * style.size),
      Math.round(style.baseline + 0.25 * style.size),
    ];
    return [{ glyph, box: { x, y: top, width: Math.max(1, right - x), height: bottom - top } }];
  });
}
const clusters = new Intl.Segmenter("en", { granularity: "grapheme" });

function startShift({ align }: TextStyle, width: number): number {
  return align === "left" ? 0 : align === "right" ? width : width / 2;
}

/** Squares of a code copied over others of it. */
function copySquares({ canvas }: Edit, { name, box }: SlipField, rng: Rng): Forged {
  const picture = copyCanvas(canvas);
  const context = canvas.getContext("2d");
  const side = Math.round(box.width / 5);
  const count = 3 + rng.integer(4);
  const place = () => [box.x + rng.integer(box.width - side), box.y + rng.integer(box.height - side)] as const;
  let touched: Box | undefined;
  for (let i = 0; i < count; i++) {
    const [[fromX, fromY], [x, y]] = [place(), place()];
    context.drawImage(picture, fromX, fromY, side, side, x, y, side, side);
    const goal = { x, y, width: side, height: side };
    touched = touched === undefined ? goal : union(touched, goal);
  }
  return { field: name, box: touched!, parameters: { squares: count } };
}
