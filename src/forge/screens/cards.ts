import { mix } from "../slips/colour.ts";
import { toggle } from "./lists.ts";
import type { Piece } from "./piece.ts";

/** What the account holds, on a card of the app's colour or on the page. */
export const balance: Piece = (pen, top, bottom) => {
  const { rng, look, width, words, language } = pen;
  if (top + 120 > bottom) return top;
  const onCard = rng.chance(0.7);
  const ground = onCard ? rng.pick([look.accent, look.card, pen.hue()]) : look.page;
  const ink = onCard && ground !== look.card ? "#ffffff" : look.text;
  const faint = onCard && ground !== look.card ? mix(ground, "#ffffff", 0.7) : look.muted;
  if (onCard) pen.box([look.inset, top, width - 2 * look.inset, 104], ground, look.radius);
  const left = look.inset + (onCard ? 16 : 0);
  pen.line(rng.pick(words.tabs), left, top + 28, { size: 12.5, colour: faint, ground });
  pen.line(pen.amount(), left, top + 62, {
    size: rng.between(22, 34),
    weight: rng.pick([400, 600, 700]),
    colour: ink,
    room: width - 2 * left,
    ground,
  });
  pen.line(`${rng.pick(language.otherBanks)} •••• ${1000 + rng.integer(9000)}`, left, top + 88, {
    size: 11.5,
    colour: faint,
    room: width - 2 * left,
    ground,
  });
  return top + 116;
};

/** A grid of coloured cards, each with a name. */
export const tiles: Piece = (pen, top, bottom) => {
  const { rng, look, width, words } = pen;
  const columns = 2 + rng.integer(2);
  const gap = rng.between(5, 12);
  const side = (width - 2 * look.inset - (columns - 1) * gap) / columns;
  const tall = side * rng.between(0.45, 0.95);
  const size = rng.between(12, 17) * (columns === 3 ? 0.8 : 1);
  let y = top;
  for (let rows = 1 + rng.integer(5); rows > 0 && y + tall < bottom; rows--, y += tall + gap)
    for (let k = 0; k < columns; k++) {
      const ground = pen.hue();
      const x = look.inset + k * (side + gap);
      pen.box([x, y, side, tall], ground, look.radius);
      pen.line(rng.pick(words.goods), x + side / 2, y + tall / 2 + 5, {
        size,
        weight: 700,
        colour: "#ffffff",
        align: "center",
        room: side - 12,
        ground,
      });
    }
  return y;
};

/** Goods with a picture, a name, a price; in two columns or in rows. */
export const goods: Piece = (pen, top, bottom) => {
  const { rng, look, width, words } = pen;
  const columns = rng.chance(0.6) ? 2 : 1;
  const side = (width - 2 * look.inset - (columns - 1) * 10) / columns;
  const photo = columns === 2 ? side * 0.8 : 72;
  const tall = columns === 2 ? photo + 62 : 88;
  let y = top;
  for (; y + tall < bottom; y += tall + 10)
    for (let k = 0; k < columns; k++) {
      const x = look.inset + k * (side + 10);
      pen.box([x, y, side, tall], look.card, look.radius);
      pen.picture(columns === 2 ? [x, y, side, photo] : [x + 8, y + 8, photo, photo], look.radius);
      const [left, line] = columns === 2 ? [x + 8, y + photo + 20] : [x + photo + 20, y + 30];
      const room = columns === 2 ? side - 16 : side - photo - 30;
      pen.line(rng.pick(words.goods), left, line, { size: 13, room, ground: look.card });
      pen.line(pen.amount(), left, line + 24, {
        size: 15,
        weight: 700,
        colour: rng.chance(0.5) ? look.accent : look.text,
        room,
        ground: look.card,
      });
    }
  return y;
};

/** One article: a large picture, its name, price, a few sentences and a button. */
export const product: Piece = (pen, top, bottom) => {
  const { rng, look, width, words } = pen;
  const photo = width * rng.between(0.5, 0.9);
  if (top + photo + 120 > bottom) return top;
  pen.picture([0, top, width, photo]);
  let y = top + photo + 30;
  pen.line(rng.pick(words.goods), look.inset, y, { size: 20, weight: 600 });
  pen.line(pen.amount(), look.inset, y + 30, { size: 18, weight: 700, colour: look.accent });
  for (let k = 0; k < 5; k++) pen.disc(look.inset + 7 + 15 * k, y + 48, 5, k < 4 ? "#f5b301" : look.line);
  y += 66;
  return button(pen, note(pen, y, Math.min(bottom - 60, y + 120)) + 8, bottom);
};

/** Sentences, one below the other. */
export const note: Piece = (pen, top, bottom) => {
  const { rng, look, words, language } = pen;
  const size = rng.between(11.5, 16);
  let y = top;
  for (let k = 2 + rng.integer(8); k > 0 && y + 1.5 * size < bottom; k--, y += 1.5 * size)
    pen.line(rng.pick([...words.says, ...language.promos.flat(), ...language.footers]), look.inset, y + size, { size });
  return y + 8;
};

/** Fields to fill in, outlined, with their names on the line or above it. */
export const form: Piece = (pen, top, bottom) => {
  const { rng, look, width, words, language } = pen;
  const [outlined, icons, step] = [rng.chance(0.7), rng.chance(0.4), rng.between(58, 76)];
  const left = look.inset + (icons ? 34 : 0);
  let y = top + 6;
  for (let k = 2 + rng.integer(7); k > 0 && y + step < bottom; k--, y += step) {
    const inside = left + (outlined ? 12 : 0);
    if (icons) pen.icon(look.inset, y + 16, 18, look.muted);
    if (outlined) pen.outline([left, y, width - left - look.inset, step - 16], look.muted, Math.min(8, look.radius));
    else pen.box([left, y + step - 18, width - left - look.inset, 1], look.muted);
    if (rng.chance(0.75)) {
      const name = rng.pick(Object.values(language.labels).flat());
      // On the line of the frame, which ends beside it.
      if (outlined) pen.box([inside - 3, y - 3, 10 + 5.2 * name.length, 6], look.page);
      pen.line(name, inside, y + (outlined ? 4 : 8), { size: 10.5, colour: look.muted, ground: null });
      pen.line(
        rng.pick([pen.amount(), pen.name(), pen.day(), rng.pick(words.goods)]),
        inside,
        y + (step - 16) / 2 + 7,
        { size: 14.5, room: width - inside - 60 },
      );
    } else
      pen.line(rng.pick(words.settings), inside, y + (step - 16) / 2 + 6, {
        size: 14.5,
        colour: look.muted,
        room: width - inside - 60,
      });
    const end = width - look.inset - 18;
    if (rng.chance(0.4))
      pen.path(
        [
          [end - 4, y + step / 2 - 11],
          [end, y + step / 2 - 6],
          [end + 4, y + step / 2 - 11],
        ],
        1.6,
        look.muted,
      );
    else if (rng.chance(0.15)) toggle(pen, end - 24, y + step / 2 - 8);
  }
  return y;
};

/** Words in rounded frames, side by side. */
export const chips: Piece = (pen, top, bottom) => {
  const { rng, look, width, words } = pen;
  if (top + 40 > bottom) return top;
  let x = look.inset;
  for (const word of rng.shuffle(words.goods)) {
    const wide = 26 + 8.5 * word.length;
    if (x + wide > width - look.inset) break;
    const chosen = rng.chance(0.3);
    const ground = chosen ? look.accent : look.page;
    if (chosen) pen.box([x, top, wide, 30], ground, 15);
    else pen.outline([x, top, wide, 30], look.muted, 15);
    pen.line(word, x + wide / 2, top + 20, {
      size: 12.5,
      align: "center",
      room: wide - 12,
      colour: chosen ? "#ffffff" : look.text,
      ground,
    });
    x += wide + 8;
  }
  return top + 42;
};

export const button: Piece = (pen, top, bottom) => {
  const { rng, look, width, words } = pen;
  if (top + 56 > bottom) return top;
  const filled = rng.chance(0.7);
  const frame = [look.inset, top, width - 2 * look.inset, 44] as const;
  if (filled) pen.box(frame, look.accent, Math.max(6, look.radius));
  else pen.outline(frame, look.accent, Math.max(6, look.radius));
  pen.line(rng.pick([...words.tabs, ...pen.language.buttons.flat()]), width / 2, top + 27, {
    size: 15,
    weight: 600,
    align: "center",
    colour: filled ? "#ffffff" : look.accent,
    ground: filled ? look.accent : look.page,
  });
  return top + 58;
};

/** What people wrote to each other. */
export const bubbles: Piece = (pen, top, bottom) => {
  const { rng, look, width, words } = pen;
  const [mine, theirs] = rng.chance(0.5) ? [look.accent, look.card] : [mix(look.page, look.accent, 0.25), look.card];
  let y = top;
  while (true) {
    const [own, lines] = [rng.chance(0.5), 1 + rng.integer(3)];
    const tall = 26 + 19 * lines;
    if (y + tall > bottom) return y;
    if (rng.chance(0.12)) {
      const side = Math.min(width * 0.5, bottom - y - 10);
      if (side > 60) pen.picture([own ? width - look.inset - side : look.inset, y, side, side * 0.8], 12);
      y += Math.max(0, side * 0.8) + 8;
      continue;
    }
    const said = Array.from({ length: lines }, () => rng.pick(words.says));
    const wide = Math.min(width * 0.76, 34 + 7.6 * Math.max(...said.map(({ length }) => length)));
    const x = own ? width - look.inset - wide : look.inset;
    const ground = own ? mine : theirs;
    pen.box([x, y, wide, tall - 6], ground, Math.max(8, look.radius));
    const ink = ground === look.accent ? "#ffffff" : look.text;
    for (const [k, text] of said.entries())
      pen.line(text, x + 12, y + 20 + 19 * k, { size: 14, colour: ink, room: wide - 24, ground });
    pen.line(pen.clock(), x + wide - 10, y + tall - 11, {
      size: 9.5,
      align: "right",
      colour: mix(ground, ink, 0.6),
      ground,
    });
    y += tall + rng.between(0, 10);
  }
};
