import type { Piece } from "./piece.ts";

/** Bars on a grid, with figures at its left and names below. */
export const bars: Piece = (pen, top, bottom) => {
  const { rng, look, width } = pen;
  const tall = rng.between(110, 240);
  if (top + tall + 34 > bottom) return top;
  const left = look.inset + 34;
  const foot = top + tall;
  const rules = 3 + rng.integer(5);
  const unit = rng.pick([10, 50, 200, 1000]);
  for (let k = 0; k <= rules; k++) {
    const y = foot - (k / rules) * (tall - 14);
    pen.box([left, y, width - left - look.inset, 0.7], look.line);
    pen.line((k * unit).toLocaleString("en"), left - 5, y + 3, { size: 9, align: "right", colour: look.muted });
  }
  const count = 3 + rng.integer(9);
  const slot = (width - left - look.inset) / count;
  const colours = rng.chance(0.3) ? [look.gain, look.loss] : [look.accent];
  for (let k = 0; k < count; k++) {
    for (const [c, colour] of colours.entries()) {
      const wide = (slot * 0.7) / colours.length;
      const high = rng.between(2, tall - 20);
      pen.box([left + slot * (k + 0.15) + c * wide, foot - high, wide, high], colour, rng.chance(0.5) ? 0 : 2);
    }
    pen.line(count > 7 ? String(k + 1) : rng.pick(pen.language.months), left + slot * (k + 0.5), foot + 14, {
      size: 9.5,
      align: "center",
      colour: look.muted,
      room: slot,
    });
  }
  return foot + 30;
};

/** What each thing takes of the whole: a ring or a pie, and its legend. */
export const ring: Piece = (pen, top, bottom) => {
  const { rng, look, width, words } = pen;
  const radius = rng.between(48, 96);
  if (top + 2 * radius + 24 > bottom) return top;
  const thick = rng.chance(0.35) ? radius : radius * rng.between(0.25, 0.6);
  const beside = rng.chance(0.5);
  const x = beside ? look.inset + radius : width / 2;
  const shares = Array.from({ length: 2 + rng.integer(6) }, () => rng.between(0.1, 1));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let [from, y] = [-Math.PI / 2, beside ? top + 16 : top + 2 * radius + 32];
  for (const share of shares) {
    const [to, colour] = [from + (share / whole) * 2 * Math.PI, pen.hue()];
    pen.arc(x, top + 8 + radius, radius - thick / 2, thick, from, to, colour);
    from = to;
    if (y + 8 > bottom) continue;
    const left = beside ? look.inset + 2 * radius + 16 : look.inset;
    pen.disc(left + 5, y - 4, 5, colour);
    pen.line(rng.pick(words.goods), left + 16, y, { size: 11.5, room: width - left - 76 });
    pen.line(`${Math.round((100 * share) / whole)} %`, width - look.inset, y, {
      size: 11.5,
      align: "right",
      colour: look.muted,
      room: 50,
    });
    y += 20;
  }
  return Math.max(y, top + 2 * radius + 20);
};

/** A line that goes up and down, with a day at either end. */
export const curve: Piece = (pen, top, bottom) => {
  const { rng, look, width } = pen;
  const tall = rng.between(80, 180);
  if (top + tall + 30 > bottom) return top;
  for (let lines = 1 + rng.integer(2); lines > 0; lines--) {
    let level = rng.between(0.2, 0.8);
    const last = 12 + rng.integer(40);
    const points = Array.from({ length: last + 1 }, (_, k) => {
      level = Math.min(1, Math.max(0, level + 0.12 * rng.normal()));
      return [look.inset + (k / last) * (width - 2 * look.inset), top + tall * (1 - level)] as const;
    });
    pen.path(points, rng.between(1, 2.5), lines === 1 ? look.accent : pen.hue());
  }
  pen.box([look.inset, top + tall + 4, width - 2 * look.inset, 0.7], look.line);
  pen.line(pen.day(), look.inset, top + tall + 20, { size: 10, colour: look.muted });
  pen.line(pen.day(), width - look.inset, top + tall + 20, { size: 10, align: "right", colour: look.muted });
  return top + tall + 32;
};

/** A card of a shop: its name on its colour, its bar code and number. */
export const barcode: Piece = (pen, top, bottom) => {
  const { rng, look, width, words } = pen;
  if (top + 210 > bottom) return top;
  const ground = pen.hue();
  pen.box([look.inset, top, width - 2 * look.inset, 84], ground, look.radius);
  pen.line(rng.pick(words.goods), width / 2, top + 50, {
    size: 20,
    weight: 700,
    colour: "#ffffff",
    align: "center",
    ground,
  });
  const [left, wide] = [width * 0.14, width * 0.72];
  pen.box([left - 14, top + 96, wide + 28, 110], "#ffffff", 6);
  for (let x = 0; x < wide; x += rng.pick([1.5, 1.5, 3, 4.5])) {
    const thick = rng.pick([1.5, 1.5, 3]);
    pen.box([left + x, top + 104, thick, 74], "#000000");
    x += thick;
  }
  pen.line(String(10_000_000 + rng.integer(90_000_000)), width / 2, top + 198, {
    size: 14,
    colour: "#000000",
    align: "center",
    ground: "#ffffff",
  });
  return top + 218;
};

/** A month in weeks. */
export const calendar: Piece = (pen, top, bottom) => {
  const { rng, look, width, language } = pen;
  const step = (width - 2 * look.inset) / 7;
  const row = Math.min(step, 42);
  if (top + 7 * row > bottom) return top;
  pen.line(`${rng.pick(language.months)} 2026`, look.inset, top + 18, { size: 15, weight: 600 });
  const [first, today] = [rng.integer(7), 1 + rng.integer(28)];
  for (let day = 1; day <= 30; day++) {
    const at = first + day - 1;
    const [x, y] = [look.inset + step * ((at % 7) + 0.5), top + 48 + row * Math.floor(at / 7)];
    if (day === today) pen.disc(x, y - 4, 13, look.accent);
    pen.line(String(day), x, y, {
      size: 12,
      align: "center",
      colour: day === today ? "#ffffff" : at % 7 > 4 ? look.muted : look.text,
      ground: day === today ? look.accent : look.page,
      room: step,
    });
  }
  return top + 56 + row * Math.ceil((first + 30) / 7);
};

/** The keys that text is typed with. */
export const keyboard: Piece = (pen, top, bottom) => {
  const { look, width } = pen;
  if (top + 180 > bottom) return top;
  const y = bottom - 176;
  const ground = look.card === "#ffffff" ? "#d4d7dd" : look.line;
  pen.box([0, y, width, bottom - y], ground);
  const side = (width - 12) / 10;
  for (let k = 0; k < 30; k++) {
    const [x, at] = [6 + (k % 10) * side, y + 10 + Math.floor(k / 10) * 54];
    pen.box([x + 2, at, side - 4, 44], look.card, 5);
    pen.line("qwertyuiopasdfghjklzxcvbnm.,?!"[k]!, x + side / 2, at + 28, {
      size: 18,
      align: "center",
      room: side,
      ground: look.card,
    });
  }
  return bottom;
};
