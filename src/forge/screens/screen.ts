import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import type { Rng } from "../../core/rng.ts";
import { type Box, grow, meet } from "../box.ts";
import { banks } from "../slips/banks.ts";
import { mix } from "../slips/colour.ts";
import { compacted } from "../slips/device.ts";
import { rasterisers } from "../slips/rasterisers/index.ts";
import { showClock } from "../slips/record.ts";
import { openSheet } from "../slips/sheet.ts";
import { compactBelow, type DrawnField, type SlipContent } from "../slips/slip.ts";
import { paintStatusBar, statusBarHeight } from "../slips/statusBar.ts";
import * as cards from "./cards.ts";
import * as charts from "./charts.ts";
import * as lists from "./lists.ts";
import { drawLook, type Look } from "./look.ts";
import { openPen, type Pen } from "./pen.ts";
import { paintPicture } from "./picture.ts";
import type { Piece } from "./piece.ts";

/** A screen of an app that is no transfer slip. */
export interface AppScreen {
  readonly canvas: Canvas;
  readonly look: Look;
  /** Lines of text that nothing covers, each on one colour. */
  readonly fields: readonly DrawnField[];
}

/** What screens show from the top down; the last piece is repeated while there is room. */
const kinds: readonly (readonly Piece[])[] = [
  [lists.chats],
  [cards.bubbles],
  [cards.bubbles, charts.keyboard],
  [lists.transactions],
  [lists.transactions],
  [cards.balance, lists.transactions],
  [cards.balance, charts.bars, lists.transactions],
  [charts.ring, lists.transactions],
  [lists.accounts, charts.curve, lists.accounts],
  [lists.accounts],
  [lists.settings],
  [lists.settings],
  [lists.table],
  [cards.form, cards.button],
  [cards.form, cards.chips, cards.button],
  [cards.chips, cards.goods],
  [cards.product],
  [cards.tiles],
  [charts.barcode, cards.note],
  [charts.calendar, lists.transactions],
  [charts.bars, charts.curve, charts.ring],
  [charts.ring, charts.bars],
  [cards.note, cards.button],
];

/**
 * A screenshot of some other app on the account's phone: a chat, a list of payments, settings, a chart, a shop. It is
 * drawn by the slip's engines, in the same languages, and nothing in it is anybody's app.
 *
 * @param width of the picture, in pixels; 0: as wide as the device's screen
 * @param paint what fills the places of photographs
 */
export async function drawScreen(
  content: Pick<SlipContent, "bank" | "device" | "signals" | "record" | "rasteriser">,
  width: number,
  rng: Rng,
  paint: typeof paintPicture = paintPicture,
): Promise<AppScreen> {
  const pixelWidth = width === 0 ? content.device.pixelWidth : width;
  const device = pixelWidth < compactBelow ? compacted(content.device) : content.device;
  const canvas = createCanvas(pixelWidth, Math.round(pixelWidth * device.aspect));
  const context = canvas.getContext("2d");
  const sheet = openSheet<string>(context);
  const look = drawLook(device, rng.fork("look"));
  const dp = pixelWidth / device.widthDp;
  const size = { width: device.widthDp, height: canvas.height / dp };
  const pen = openPen({ sheet, bank: banks[content.bank], look, rng, ...size, dp, paintPicture: paint });
  const fields: DrawnField[] = [];
  let painted = 0;
  let taken = 0;

  pen.box([0, 0, size.width, size.height], look.page);
  const top = statusBarHeight(device);
  const coloured = rng.chance(0.35);
  if (coloured) pen.box([0, 0, size.width, top], look.accent);
  paintStatusBar(sheet, {
    device,
    signals: content.signals,
    clock: showClock(content.record.captured),
    colour: coloured ? "#ffffff" : look.text,
    width: canvas.width,
    dp,
  });
  const head = paintHead(pen, top, coloured);
  const hasTabs = rng.chance(0.35);
  const foot = size.height - (device.navigation === "buttons" ? 44 : device.navigation === "indicator" ? 22 : 6);
  const bottom = hasTabs ? foot - 56 : foot;
  let y = head + rng.between(4, 16);
  // Many screens end early: an empty list, a form of two fields.
  const end = rng.chance(0.3) ? y + (bottom - y) * rng.between(0.25, 0.8) : bottom;
  for (const piece of rng.pick(kinds)) y = piece(pen, y, end) + rng.between(2, 12);
  await flush();
  if (hasTabs) await over([0, bottom, size.width, size.height - bottom], () => paintTabs(pen, bottom));
  if (rng.chance(0.3)) {
    const [x, at] = [size.width - look.inset - 28, bottom - 44];
    await over([x - 28, at - 28, 56, 56], () => {
      if (rng.chance(0.5)) pen.disc(x, at, 28, look.accent);
      else pen.box([x - 28, at - 28, 56, 56], look.accent, 16);
      pen.icon(x - 10, at - 10, 20, "#ffffff");
    });
  }
  if (rng.chance(0.12)) await paintDialog();
  paintNavigation(context);
  // Lines that touch another one are left out: whoever covers the one would cut into the other.
  const clear = fields.filter(
    ({ box }, i) => !fields.some((other, k) => k !== i && meet(grow(box, 1, canvas), other.box)),
  );
  return { canvas, look, fields: rng.shuffle(clear).slice(0, mostFields) };

  /** The lines so far are drawn, so that what comes next lies over them. */
  async function flush(): Promise<void> {
    const boxes = await rasterisers[content.rasteriser ?? "canvas"].paint(context, sheet.items.slice(painted));
    for (const { placed, item } of sheet.fields.slice(taken)) fields.push({ ...placed, box: boxes[item! - painted]! });
    [painted, taken] = [sheet.items.length, sheet.fields.length];
  }

  /** What it covers is no field any more. */
  async function over([x, at, wide, tall]: readonly [number, number, number, number], draw: () => void): Promise<void> {
    const box = grow({ x: x * dp, y: at * dp, width: wide * dp, height: tall * dp }, 4, canvas);
    fields.splice(0, fields.length, ...fields.filter((field) => !meet(field.box, box)));
    draw();
    await flush();
  }

  async function paintDialog(): Promise<void> {
    const [tall, wide] = [rng.between(140, 300), size.width * rng.between(0.74, 0.9)];
    const frame: [number, number, number, number] = [(size.width - wide) / 2, (size.height - tall) / 2, wide, tall];
    const [x, at] = frame;
    const all: Box = { x: 0, y: 0, width: canvas.width, height: canvas.height };
    fields.splice(0, fields.length, ...fields.filter(({ box }) => !meet(box, all)));
    context.fillStyle = `rgba(0, 0, 0, ${rng.between(0.35, 0.65)})`;
    context.fillRect(0, 0, canvas.width, canvas.height);
    await over(frame, () => {
      pen.box(frame, look.card, Math.max(8, look.radius));
      pen.line(rng.pick(pen.words.tabs), x + 20, at + 36, {
        size: 19,
        weight: 600,
        room: wide - 40,
        ground: look.card,
      });
      for (let line = at + 68; line < at + tall - 60; line += 26)
        pen.line(rng.pick([...pen.words.settings, ...pen.words.says]), x + 20, line, {
          size: 14,
          colour: look.muted,
          room: wide - 40,
          ground: look.card,
        });
      for (const [k, text] of rng.shuffle(pen.words.tabs).slice(0, 2).entries())
        pen.line(text, x + wide - 20 - 90 * k, at + tall - 20, {
          size: 14,
          weight: 600,
          colour: look.accent,
          align: "right",
          room: 84,
          ground: look.card,
        });
    });
  }

  function paintNavigation(pencil: SKRSContext2D): void {
    if (device.navigation === "none") return;
    const wide = device.system === "ios" ? 134 : 108;
    pencil.globalAlpha = 0.85;
    if (device.navigation === "indicator") pen.box([(size.width - wide) / 2, size.height - 11, wide, 4], look.text, 2);
    else
      for (const at of [0.22, 0.5, 0.78])
        pen.outline([at * size.width - 6, size.height - 26, 12, 12], look.muted, at === 0.5 ? 6 : 1);
    pencil.globalAlpha = 1;
  }
}

/** As many lines as a slip has fields, twice over. */
const mostFields = 20;

/** Title, a way back and signs; now and then tabs below. */
function paintHead(pen: Pen, top: number, coloured: boolean): number {
  const { rng, look, width, words } = pen;
  const tall = rng.between(44, 60);
  const [ground, ink] = coloured ? [look.accent, "#ffffff"] : [look.page, look.text];
  if (coloured) pen.box([0, top, width, tall], ground);
  const middle = top + tall / 2;
  const back = rng.chance(0.6);
  if (back)
    pen.path(
      [
        [look.inset + 8, middle - 7],
        [look.inset + 1, middle],
        [look.inset + 8, middle + 7],
      ],
      1.8,
      ink,
    );
  const signs = rng.integer(3);
  for (let k = 0; k < signs; k++) pen.icon(width - look.inset - 18 - 34 * k, middle - 9, 18, ink);
  const centred = rng.chance(0.3);
  const left = look.inset + (back ? 30 : 0);
  pen.line(rng.chance(0.3) ? pen.name() : rng.pick(words.tabs), centred ? width / 2 : left, middle + 6, {
    size: rng.between(15, 21),
    weight: rng.pick([400, 500, 600, 700]),
    align: centred ? "center" : "left",
    colour: ink,
    room: width * 0.5,
    ground,
  });
  if (!rng.chance(0.3)) return top + tall;
  const names = rng.shuffle(words.tabs).slice(0, 2 + rng.integer(3));
  const slot = width / names.length;
  if (coloured) pen.box([0, top + tall, width, 40], ground);
  for (const [k, name] of names.entries()) {
    const faint = coloured ? mix(ground, "#ffffff", 0.7) : look.muted;
    const colour = k > 0 ? faint : coloured ? "#ffffff" : look.accent;
    pen.line(name, slot * (k + 0.5), top + tall + 25, {
      size: 12.5,
      weight: 500,
      align: "center",
      colour,
      room: slot - 10,
      ground,
    });
    if (k === 0) pen.box([slot * 0.2, top + tall + 37, slot * 0.6, 3], coloured ? "#ffffff" : look.accent, 1.5);
  }
  return top + tall + 40;
}

function paintTabs(pen: Pen, top: number): void {
  const { rng, look, width, height, words } = pen;
  const names = rng.shuffle(words.tabs).slice(0, 3 + rng.integer(3));
  pen.box([0, top, width, height - top], look.card);
  pen.box([0, top, width, 0.7], look.line);
  for (const [k, name] of names.entries()) {
    const x = (width / names.length) * (k + 0.5);
    const colour = k === 0 ? look.accent : look.muted;
    pen.icon(x - 10, top + 9, 20, colour);
    pen.line(name, x, top + 46, {
      size: 10.5,
      align: "center",
      colour,
      room: width / names.length - 6,
      ground: look.card,
    });
  }
}
