import { z } from "zod";
import type { Rng } from "../../../core/rng.ts";
import { type Box, grow, meet, union } from "../../box.ts";
import { banks, seenBanks } from "../banks.ts";
import type { Rgb } from "../colour.ts";
import { type Family, facesOf, families } from "../fonts.ts";
import { type RasteriserName, rasterisers } from "../rasterisers/index.ts";
import { fitted, inkBox, type TextStyle, textWidth } from "../text.ts";
import { setCode } from "./code.ts";
import { drawMiss, missed } from "./ground.ts";
import type { Edit, Target } from "./operation.ts";

/** How near the forger's letters come to the app's. */
export const handOptions = z.object({
  sizeError: z.number().min(0).max(0.5).default(0.05).describe("largest relative error of the letters' size"),
  otherFont: z.number().min(0).max(1).default(0.5).describe("chance that the font is another one"),
  inkError: z
    .number()
    .min(0)
    .max(255)
    .default(12)
    .describe("largest error of the letters' colour, in levels of 0..255"),
  shift: z.number().min(0).max(1).default(0.04).describe("largest error of the baseline, as a share of the size"),
  margin: z
    .tuple([z.number().min(0).max(3), z.number().min(0).max(3)])
    .default([0.08, 0.4])
    .describe("room emptied beside the letters, half of it above and below, low..high, as shares of the size"),
  exact: z.number().min(0).max(1).default(0.25).describe("chance that size, colour and baseline are right"),
});

/** One program with one setting, by which a forger writes all that is written in a picture. */
interface Hand {
  readonly rasteriser: RasteriserName;
  readonly otherFont: boolean;
  readonly size: number;
  readonly ink: Rgb;
  /** As a share of the size. */
  readonly shift: number;
  readonly margin: readonly [number, number];
}

export function drawHand({ rasterisers: known }: Edit, options: z.infer<typeof handOptions>, rng: Rng): Hand {
  const exact = rng.chance(options.exact);
  return {
    rasteriser: rng.pick(known),
    otherFont: rng.chance(options.otherFont),
    size: exact ? 1 : 1 + rng.between(-options.sizeError, options.sizeError),
    ink: exact ? [0, 0, 0] : drawMiss([0, options.inkError], rng),
    shift: exact ? 0 : options.shift,
    margin: options.margin,
  };
}

/** The new text as this hand would set it, and the box that must be emptied for it. */
export function aim(
  { canvas, fields }: Edit,
  { field, text }: Target,
  hand: Hand,
  rng: Rng,
): { style: TextStyle; room: Box } {
  const { style } = field;
  if (field.kind === "qr") return { style, room: grow(field.box, 2, canvas) };
  const context = canvas.getContext("2d");
  const others = familiesAtHand.filter((family) => family !== style.family && covers(family, text));
  // The third that sets the text nearest to its width: nobody takes a font that looks quite unlike.
  const width = (family: Family) => textWidth(context, text, { ...style, family });
  const nearest = () => {
    const own = width(style.family);
    const misses = others.map((family) => ({ family, miss: Math.abs(width(family) - own) }));
    const sorted = misses.sort((a, b) => a.miss - b.miss).map(({ family }) => family);
    return sorted.slice(0, Math.ceil(sorted.length / 3));
  };
  // Drawn in any case, so that the numbers after it stay; measured, which is slow, only for a hand that needs it.
  const other = others.length > 0 ? rng.pick(hand.otherFont ? nearest() : others) : style.family;
  const near = {
    ...style,
    family: hand.otherFont ? other : style.family,
    size: style.size * hand.size,
    colour: missed(style.colour, hand.ink),
    baseline: style.baseline + Math.round(style.size * rng.between(-hand.shift, hand.shift)),
  };
  const written = fitted(context, text, near, field.room);
  const margin = () => Math.max(1, style.size * rng.between(...hand.margin));
  const ink = union(field.box, inkBox(context, text, written));
  const [across, down] = [margin(), margin() / 2];
  const wide = { x: ink.x - across, y: ink.y - down, width: ink.width + 2 * across, height: ink.height + 2 * down };
  const neighbours = fields.filter((other) => other !== field).map(({ box }) => box);
  return { style: written, room: spare(grow(wide, 0, canvas), ink, neighbours) };
}

/** The room, so low that it touches no neighbour that the ink itself leaves alone. */
function spare(room: Box, ink: Box, neighbours: readonly Box[]): Box {
  let [top, bottom] = [room.y, room.y + room.height];
  for (const box of neighbours) {
    if (!meet(room, box)) continue;
    if (box.y >= ink.y + ink.height) bottom = Math.min(bottom, box.y);
    if (box.y + box.height <= ink.y) top = Math.max(top, box.y + box.height);
  }
  return { ...room, y: top, height: bottom - top };
}

/** Those that genuine slips of seen apps are set in too: a font that only forgers had would be the mark of a class. */
const familiesAtHand = [
  ...new Set(seenBanks.flatMap((name): Family[] => [banks[name].font, ...banks[name].otherFonts])),
];

/** True where the family itself has the letters, and needs no other one's. */
function covers(family: Family, text: string): boolean {
  return facesOf(family, 400, text).length === families[family].subsets.length;
}

/** Sets the text and returns all that was touched, the emptied room included. */
export async function write(
  edit: Edit,
  target: Target,
  { style, room }: { style: TextStyle; room: Box },
  { rasteriser }: Hand,
  rng: Rng,
): Promise<Box> {
  const { canvas } = edit;
  const { field, text } = target;
  if (field.kind === "qr") return grow(union(room, setCode(edit, target, rng).box), 0, canvas);
  const [ink] = await rasterisers[rasteriser].paint(canvas.getContext("2d"), [{ text, style }]);
  return grow(union(room, ink!), 0, canvas);
}

/** For the manifest. */
export function handParameters({ rasteriser, ink }: Hand, { family, size }: TextStyle): Record<string, unknown> {
  return { rasteriser, family, size: Math.round(100 * size) / 100, ink };
}
