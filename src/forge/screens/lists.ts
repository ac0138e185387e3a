import type { Pen } from "./pen.ts";
import type { Piece } from "./piece.ts";

/** People, what they wrote last and when; an avatar each. */
export const chats: Piece = (pen, top, bottom) => {
  const { rng, look, width } = pen;
  const step = rng.between(54, 76);
  const room = width - look.inset * 2 - 52 - 60;
  let y = top;
  for (; y + step < bottom; y += step) {
    const name = pen.name();
    const middle = y + step / 2;
    avatar(pen, look.inset + 20, middle, 20, name);
    pen.line(name, look.inset + 52, middle - 4, { size: 15, weight: 600, room });
    pen.line(rng.pick(pen.words.says), look.inset + 52, middle + 15, { size: 13, colour: look.muted, room });
    pen.line(pen.clock(), width - look.inset, middle - 5, { size: 11, colour: look.muted, align: "right" });
    if (rng.chance(0.3)) {
      pen.disc(width - look.inset - 9, middle + 11, 9, look.accent);
      pen.line(String(1 + rng.integer(12)), width - look.inset - 9, middle + 15, {
        size: 11,
        weight: 700,
        colour: "#ffffff",
        align: "center",
        ground: look.accent,
      });
    }
    divider(pen, y + step, 52);
  }
  return y;
};

/** What was bought, of whom and when, with amounts that came and went. */
export const transactions: Piece = (pen, top, bottom) => {
  const { rng, look, width, words, language } = pen;
  const step = rng.between(34, 70);
  const two = step > 44;
  const icons = rng.chance(0.5);
  const left = look.inset + (icons ? 48 : 0);
  const ground = rng.chance(0.3) ? look.card : look.page;
  const days = rng.chance(0.5);
  const [gain, loss] = rng.chance(0.75) ? [look.gain, look.loss] : [look.text, look.text];
  const weight = rng.pick([400, 500, 600] as const);
  let y = top;
  while (y + step + 26 < bottom) {
    if (days) {
      pen.line(pen.day(), look.inset, y + 18, {
        size: 12,
        weight: 600,
        colour: rng.chance(0.5) ? look.muted : look.accent,
      });
      y += 26;
    }
    for (let k = days ? 1 + rng.integer(4) : 30; k > 0 && y + step < bottom; k--, y += step) {
      const middle = y + step / 2;
      if (ground !== look.page) pen.box([look.inset / 2, y, width - look.inset, step], ground);
      if (icons) tile(pen, look.inset + 18, middle);
      const came = rng.chance(0.3);
      const sum = pen.amount();
      pen.line(rng.pick(rng.chance(0.5) ? words.goods : language.notes), left, middle + (two ? -3 : 5), {
        size: 14,
        weight,
        room: width * 0.5 - left * 0.5,
        ground,
      });
      pen.line(came ? sum : `-${sum}`, width - look.inset, middle + (two ? -2 : 5), {
        size: 13.5,
        weight,
        colour: came ? gain : loss,
        align: "right",
        room: width * 0.42,
        ground,
      });
      if (two) {
        pen.line(rng.chance(0.5) ? pen.name() : `${pen.day()}, ${pen.clock()}`, left, middle + 14, {
          size: 11,
          colour: look.muted,
          room: width * 0.45,
          ground,
        });
        if (rng.chance(0.4))
          pen.line(pen.amount(), width - look.inset, middle + 14, {
            size: 10.5,
            colour: look.muted,
            align: "right",
            room: width * 0.35,
            ground,
          });
      }
      divider(pen, y + step, left - look.inset);
    }
  }
  return y;
};

/** Accounts, each with its number and what stands on it. */
export const accounts: Piece = (pen, top, bottom) => {
  const { rng, look, width, language } = pen;
  const step = rng.between(48, 78);
  const card = rng.chance(0.5);
  const ground = card ? look.card : look.page;
  let y = top;
  for (let k = 2 + rng.integer(8); k > 0 && y + step < bottom; k--, y += step + (card ? 8 : 0)) {
    if (card) pen.box([look.inset, y, width - 2 * look.inset, step], ground, look.radius);
    const left = look.inset + (card ? 12 : 0);
    const middle = y + step / 2;
    pen.line(rng.pick(language.otherBanks), left, middle - 3, { size: 14.5, weight: 500, room: width * 0.46, ground });
    pen.line(`•••• ${1000 + rng.integer(9000)}`, left, middle + 15, {
      size: 11.5,
      colour: look.muted,
      room: width * 0.4,
      ground,
    });
    pen.line(pen.amount(), width - left, middle + 3, {
      size: 15,
      weight: 600,
      colour: rng.chance(0.3) ? look.gain : look.text,
      align: "right",
      room: width * 0.4,
      ground,
    });
    if (!card) divider(pen, y + step, 0);
  }
  return y;
};

/** Settings with switches, or a menu with signs. */
export const settings: Piece = (pen, top, bottom) => {
  const { rng, look, width, words } = pen;
  const [explained, icons, switches] = [rng.chance(0.5), rng.chance(0.5), rng.chance(0.5)];
  const step = rng.between(explained ? 54 : 40, explained ? 74 : 56);
  const left = look.inset + (icons ? 36 : 0);
  let y = top;
  while (y + step + 30 < bottom) {
    if (rng.chance(0.4)) {
      pen.line(rng.pick(words.tabs), left, y + 22, { size: 12, weight: 600, colour: look.accent });
      y += 30;
    }
    for (const text of rng.shuffle(words.settings).slice(0, 2 + rng.integer(6))) {
      if (y + step > bottom) return y;
      const middle = y + step / 2;
      if (icons) pen.icon(look.inset, middle - 9, 18, look.muted);
      pen.line(text, left, middle + (explained ? -3 : 5), { size: 15, room: width - left - 70 });
      if (explained)
        pen.line(rng.pick(rng.chance(0.5) ? words.settings : words.says), left, middle + 15, {
          size: 11.5,
          colour: look.muted,
          room: width - left - 70,
        });
      if (switches && rng.chance(0.7)) toggle(pen, width - look.inset - 34, middle);
      else if (rng.chance(0.4))
        pen.path(
          [
            [width - look.inset - 6, middle - 5],
            [width - look.inset, middle],
            [width - look.inset - 6, middle + 5],
          ],
          1.5,
          look.muted,
        );
      y += step;
      divider(pen, y, 0);
    }
  }
  return y;
};

/** Columns of figures under their heads. */
export const table: Piece = (pen, top, bottom) => {
  const { rng, look, width, words } = pen;
  const columns = 2 + rng.integer(2);
  const ends = Array.from(
    { length: columns },
    (_, k) => width - look.inset - (columns - 1 - k) * width * (0.66 / columns),
  );
  const size = rng.between(9.5, 13);
  const step = rng.between(24, 44);
  const room = width * (0.6 / columns);
  for (const end of ends)
    pen.line(rng.pick(words.tabs), end, top + 18, { size: 11, weight: 700, align: "right", colour: look.muted, room });
  let y = top + 26;
  for (let k = 3 + rng.integer(14); k > 0 && y + step < bottom; k--, y += step) {
    pen.line(rng.pick(words.goods), look.inset, y + step / 2 + 4, { size: size + 1, room: width * 0.3 });
    for (const end of ends)
      pen.line(`${rng.chance(0.5) ? "-" : ""}${pen.amount()}`, end, y + step / 2 + 4, {
        size,
        align: "right",
        colour: rng.pick([look.gain, look.loss, look.text]),
        room,
      });
    divider(pen, y + step, 0);
  }
  return y;
};

function divider({ box, look, width, dp }: Pen, y: number, indent: number): void {
  box([look.inset + indent, y, width - 2 * look.inset - indent, Math.max(0.5, 1 / dp)], look.line);
}

function avatar(pen: Pen, x: number, y: number, radius: number, name: string): void {
  if (pen.rng.chance(0.3)) {
    pen.picture([x - radius, y - radius, 2 * radius, 2 * radius], radius);
    return;
  }
  const ground = pen.hue();
  pen.disc(x, y, radius, ground);
  const initial = /[A-Za-zÀ-ỹ]/.exec(name)?.[0];
  if (initial !== undefined)
    pen.line(initial, x, y + 0.33 * radius, {
      size: radius * 0.9,
      weight: 500,
      colour: "#ffffff",
      align: "center",
      ground,
    });
}

function tile(pen: Pen, x: number, y: number): void {
  const ground = pen.hue();
  if (pen.rng.chance(0.6)) pen.disc(x, y, 17, ground);
  else pen.box([x - 17, y - 17, 34, 34], ground, 8);
  pen.icon(x - 8, y - 8, 16, "#ffffff");
}

export function toggle({ rng, look, box, disc }: Pen, x: number, y: number): void {
  const on = rng.chance(0.5);
  box([x, y - 9, 34, 18], on ? look.accent : look.line, 9);
  disc(on ? x + 25 : x + 9, y, 7.5, "#ffffff");
}
