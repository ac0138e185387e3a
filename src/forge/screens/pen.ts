import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Rng } from "../../core/rng.ts";
import type { Bank } from "../slips/bank.ts";
import { fromHsl } from "../slips/colour.ts";
import type { Weight } from "../slips/fonts.ts";
import { languages } from "../slips/languages/index.ts";
import type { Language } from "../slips/languages/language.ts";
import { showAmount } from "../slips/record.ts";
import { two } from "../slips/reference.ts";
import { fillDisc, fillRounded, strokeLine } from "../slips/shapes.ts";
import type { Sheet } from "../slips/sheet.ts";
import type { Align } from "../slips/text.ts";
import type { Look } from "./look.ts";
import { type Words, words } from "./words.ts";

/** How a line is set, where it differs from the app's plain text; lengths in dp. */
interface Line {
  readonly size?: number;
  readonly weight?: Weight;
  readonly colour?: string;
  readonly align?: Align;
  /** Width that it may take. */
  readonly room?: number;
  /** Colour behind it; null where it has no single one: then it is no place for a sham. */
  readonly ground?: string | null;
}

type Frame = readonly [x: number, y: number, width: number, height: number];

/** Draws in dp, in the look of one app, and knows what to write. */
export interface Pen {
  readonly sheet: Sheet<string>;
  readonly context: SKRSContext2D;
  readonly rng: Rng;
  readonly look: Look;
  readonly language: Language;
  readonly words: Words;
  /** Of the screen, in dp. */
  readonly width: number;
  readonly height: number;
  /** Pixels of one dp. */
  readonly dp: number;
  line(text: string, x: number, baseline: number, line?: Line): void;
  box(frame: Frame, colour: string, radius?: number): void;
  outline(frame: Frame, colour: string, radius?: number): void;
  disc(x: number, y: number, radius: number, colour: string): void;
  path(points: readonly (readonly [number, number])[], thick: number, colour: string): void;
  /** A ring or a pie from one angle to another, radians. */
  arc(x: number, y: number, radius: number, thick: number, from: number, to: number, colour: string): void;
  /** A small sign of strokes and shapes, that says nothing. */
  icon(x: number, y: number, side: number, colour: string): void;
  picture(frame: Frame, radius?: number): void;
  amount(): string;
  name(): string;
  day(): string;
  clock(): string;
  hue(): string;
}

export interface PenScene {
  readonly sheet: Sheet<string>;
  readonly bank: Bank;
  readonly look: Look;
  readonly rng: Rng;
  readonly width: number;
  readonly height: number;
  readonly dp: number;
  readonly paintPicture: (context: SKRSContext2D, frame: Frame, rng: Rng) => void;
}

export function openPen({ sheet, bank, look, rng, width, height, dp, paintPicture }: PenScene): Pen {
  const { context } = sheet;
  const language: Language = languages[bank.language];
  const scaled = ([x, y, w, h]: Frame) => ({ x: x * dp, y: y * dp, width: w * dp, height: h * dp });
  const disc = (x: number, y: number, radius: number, colour: string) =>
    fillDisc(context, x * dp, y * dp, radius * dp, colour);
  const path: Pen["path"] = (points, thick, colour) =>
    strokeLine(
      context,
      points.map(([x, y]) => [x * dp, y * dp]),
      thick * dp,
      colour,
    );
  const box: Pen["box"] = (frame, colour, radius = 0) => fillRounded(context, scaled(frame), radius * dp, colour);
  const outline: Pen["outline"] = (frame, colour, radius = 0) => {
    const { x, y, width: across, height: down } = scaled(frame);
    context.strokeStyle = colour;
    context.lineWidth = Math.max(1, dp);
    context.beginPath();
    context.roundRect(x, y, across, down, radius * dp);
    context.stroke();
  };
  return {
    sheet,
    context,
    rng,
    look,
    language,
    words: words[bank.language],
    width,
    height,
    dp,
    box,
    outline,
    disc,
    path,
    line(text, x, baseline, { size = 14, weight = 400, colour = look.text, align = "left", room, ground } = {}) {
      const own = {
        family: look.font,
        weight,
        size: size * look.scale * dp,
        colour,
        align,
        x: x * dp,
        baseline: baseline * dp,
        room: dp * Math.max(8, room ?? (align === "left" ? width - x - 8 : align === "right" ? x - 8 : width - 16)),
      };
      if (ground === null) sheet.text(text, own);
      else sheet.field(`line ${sheet.fields.length + 1}`, text, own, ground ?? look.page);
    },
    arc(x, y, radius, thick, from, to, colour) {
      context.strokeStyle = colour;
      context.lineWidth = thick * dp;
      context.lineCap = "butt";
      context.beginPath();
      context.arc(x * dp, y * dp, radius * dp, from, to);
      context.stroke();
    },
    icon(x, y, side, colour) {
      const at = (u: number, v: number) => [x + u * side, y + v * side] as const;
      const kind = rng.integer(8);
      if (kind === 0) box([x, y + 0.15 * side, side, 0.7 * side], colour, 0.15 * side);
      else if (kind === 1) for (const v of [0.2, 0.5, 0.8]) path([at(0.05, v), at(0.95, v)], 0.12 * side, colour);
      else if (kind === 2)
        path([at(0.1, 0.5), at(0.5, 0.1), at(0.9, 0.5), at(0.8, 0.9), at(0.2, 0.9)], 0.11 * side, colour);
      else if (kind === 3) {
        outline([x, y, 0.75 * side, 0.75 * side], colour, 0.38 * side);
        path([at(0.65, 0.65), at(1, 1)], 0.12 * side, colour);
      } else if (kind === 4) {
        disc(...at(0.5, 0.3), 0.24 * side, colour);
        box([x + 0.1 * side, y + 0.6 * side, 0.8 * side, 0.38 * side], colour, 0.2 * side);
      } else if (kind === 5)
        for (const u of [0.1, 0.42, 0.74])
          box([x + u * side, y + (1 - u) * 0.6 * side, 0.2 * side, side * (0.4 + 0.6 * u)], colour);
      else if (kind === 6) {
        outline([x, y + 0.1 * side, side, 0.8 * side], colour, 0.12 * side);
        path([at(0, 0.4), at(1, 0.4)], 0.1 * side, colour);
      } else path([at(0.1, 0.5), at(0.4, 0.8), at(0.95, 0.2)], 0.13 * side, colour);
    },
    picture(frame, radius = 0) {
      const { x, y, width: across, height: down } = scaled(frame);
      context.save();
      context.beginPath();
      context.roundRect(x, y, across, down, radius * dp);
      context.clip();
      paintPicture(context, [x, y, across, down], rng);
      context.restore();
    },
    amount() {
      const units = Math.exp(rng.between(0, 9)) * (bank.decimals === 0 ? 5000 : 1);
      return showAmount(bank, bank.decimals === 0 ? Math.round(units / 500) * 500 : Math.round(units * 100) / 100);
    },
    name() {
      const [given, family] = [rng.pick(language.givenNames), rng.pick(language.familyNames)];
      return language.nameOrder === "givenFirst" ? `${given} ${family}` : `${family} ${given}`;
    },
    day: () => `${1 + rng.integer(28)} ${rng.pick(language.months)}${rng.chance(0.4) ? " 2026" : ""}`,
    clock: () => `${two(rng.integer(24))}:${two(rng.integer(60))}`,
    hue: () => fromHsl(rng.integer(360), rng.between(0.4, 0.8), rng.between(0.35, 0.6)),
  };
}
