import type { Window } from "../../image/window.ts";
import { medianOf } from "../../metrics/quantile.ts";
import type { InkedLine } from "./lineStatistics.ts";

/** Share of cover that makes a pixel ink. */
const inked = 0.35;
/** Pixels: smaller marks are dots and dashes, larger ones pictures and words whose letters touch. */
const slimmest = 3;
const lowest = 8;
const largest = 96;
/** About a letter, compared with it: the ringing of its own save stands there. */
const margin = 1;
/** Difference over contrast below which two shapes are one letter. */
const alike = 0.12;
/** Levels, so that two differences of next to nothing are no ratio. */
const floor = 0.25;
/** Levels below which two letters are the same pixels. */
const same = 0.02;
/** Side of a JPEG block: letters that stand alike upon its grid come out of a save alike. */
const block = 8;
/** A slip has some 400 letters; of a long capture the topmost are compared: each is, with every other. */
const most = 1500;
/** What a line without two like letters gets: more than any pair differs by. */
const none = 16;

/** Numbers of a line about its letters' twins. */
export const twinWidth = 6;

interface Glyph extends Window {
  readonly line: number;
  readonly contrast: number;
  /** Best and all differences from its likes, in levels. */
  best: number;
  readonly likes: number[];
}

/**
 * Letters that are the same pixels as others of the picture. Once a capture was saved as JPEG, or drawn at fractions of
 * a pixel, equal letters differ by where they stand; those that were copied differ by nothing, or by the last save:
 *   d(g, h) = mean |luma_g - luma_h| in levels, at the best of nine places up to a pixel off, for letters as large as
 *   each other, that look alike, and stand at other places of the JPEG grid
 *   of a line: lowest d; lowest (d + 1/4) / (median d of that letter + 1/4); share of letters with a d of nothing;
 *   median of all d; mean of each letter's lowest; log of how many letters have a like
 * Copy-move within a picture: Christlein et al., An Evaluation of Popular Copy-Move Forgery Detection Approaches, 2012.
 *
 * @param luma [height, width], 0..255
 * @returns [n][twinWidth]
 */
export function glyphTwins(
  luma: Uint8Array,
  { width, height }: { width: number; height: number },
  lines: readonly InkedLine[],
): number[][] {
  const glyphs = lines.flatMap((line, i) => glyphsOf(luma, width, line, i)).slice(0, most);
  const bySize = new Map<number, Glyph[]>();
  for (const glyph of glyphs) {
    for (let w = glyph.width - 1; w <= glyph.width + 1; w++)
      for (let h = glyph.height - 1; h <= glyph.height + 1; h++)
        for (const other of bySize.get(w * 1024 + h) ?? []) compare(luma, width, height, glyph, other);
    const key = glyph.width * 1024 + glyph.height;
    const bucket = bySize.get(key);
    if (bucket === undefined) bySize.set(key, [glyph]);
    else bucket.push(glyph);
  }
  const rows = lines.map((): Glyph[] => []);
  for (const glyph of glyphs) if (glyph.likes.length > 0) rows[glyph.line]!.push(glyph);
  return rows.map((row) => {
    if (row.length === 0) return [none, 1, 0, none, none, 0];
    const bests = row.map(({ best }) => best);
    const ratios = row
      .filter(({ likes }) => likes.length > 2)
      .map(({ best, likes }) => (best + floor) / (medianOf(likes) + floor));
    return [
      Math.min(...bests),
      Math.min(1, ...ratios),
      bests.filter((best) => best < same).length / row.length,
      medianOf(row.flatMap(({ likes }) => likes)),
      bests.reduce((sum, best) => sum + best, 0) / row.length,
      Math.log1p(row.length),
    ];
  });
}

/** Stretches of columns with ink, each cut to the rows that have some. */
function glyphsOf(luma: Uint8Array, width: number, { box, ground, ink }: InkedLine, line: number): Glyph[] {
  const glyphs: Glyph[] = [];
  const right = box.left + box.width;
  const bottom = box.top + box.height;
  const isInk = (x: number, y: number) => (luma[y * width + x]! - ground) / (ink - ground) > inked;
  let left = -1;
  let [top, end] = [bottom, box.top];
  for (let x = box.left; x <= right; x++) {
    let any = false;
    if (x < right)
      for (let y = box.top; y < bottom; y++)
        if (isInk(x, y)) {
          any = true;
          top = Math.min(top, y);
          end = Math.max(end, y + 1);
        }
    if (any && left < 0) left = x;
    if (any || left < 0) continue;
    const glyph = { left, top, width: x - left, height: end - top };
    if (glyph.width >= slimmest && glyph.height >= lowest && Math.max(glyph.width, glyph.height) <= largest)
      glyphs.push({ ...glyph, line, contrast: Math.abs(ink - ground), best: Number.POSITIVE_INFINITY, likes: [] });
    left = -1;
    [top, end] = [bottom, box.top];
  }
  return glyphs;
}

function compare(luma: Uint8Array, width: number, height: number, a: Glyph, b: Glyph): void {
  if (Math.abs(a.contrast - b.contrast) > 0.25 * a.contrast) return;
  let least = Number.POSITIVE_INFINITY;
  const w = Math.max(a.width, b.width) + 2 * margin;
  const h = Math.max(a.height, b.height) + 2 * margin;
  const limit = alike * a.contrast * w * h;
  for (let down = -1; down <= 1; down++)
    for (let along = -1; along <= 1; along++) {
      const [ax, ay] = [a.left - margin, a.top - margin];
      const [bx, by] = [b.left - margin + along, b.top - margin + down];
      if ((ax - bx) % block === 0 && (ay - by) % block === 0) continue;
      if (Math.min(ax, ay, bx, by) < 0 || Math.max(ax, bx) + w > width || Math.max(ay, by) + h > height) continue;
      let sum = 0;
      const most = Math.min(limit, least);
      for (let y = 0; y < h && sum < most; y++) {
        const [from, to] = [(ay + y) * width + ax, (by + y) * width + bx];
        for (let x = 0; x < w; x++) sum += Math.abs(luma[from + x]! - luma[to + x]!);
      }
      least = Math.min(least, sum);
    }
  if (least >= limit) return;
  const d = least / (w * h);
  for (const glyph of [a, b]) {
    glyph.likes.push(d);
    glyph.best = Math.min(glyph.best, d);
  }
}
