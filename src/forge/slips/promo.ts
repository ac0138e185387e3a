import type { Rng } from "../../core/rng.ts";
import { mix } from "./colour.ts";
import type { Family } from "./fonts.ts";
import type { LanguageName } from "./languages/index.ts";
import { languages } from "./languages/index.ts";
import type { Palette } from "./layout.ts";
import type { Sheet } from "./sheet.ts";

/** What an app shows below a slip when there is room: it differs from slip to slip, of whichever class. */
export interface Promo {
  readonly title: string;
  readonly line: string;
  /** [across, down, radius] of the bubbles, each 0..1 of the card's height, from its right end. */
  readonly bubbles: readonly (readonly [number, number, number])[];
}

/** About two slips in three have one. */
export function drawPromo(rng: Rng, language: LanguageName = "en"): Promo | undefined {
  if (rng.chance(0.35)) return undefined;
  const [title, line] = rng.pick(languages[language].promos);
  const bubbles = Array.from(
    { length: rng.integer(9) },
    () => [rng.between(0, 1.6), rng.between(0, 1), rng.between(0.05, 0.4)] as const,
  );
  return { title, line, bubbles };
}

export function paintPromo(
  sheet: Sheet,
  { title, line, bubbles }: Promo,
  place: { x: number; y: number; width: number; height: number; dp: number; font: Family; palette: Palette },
): void {
  const { x, y, width, height, dp, font, palette } = place;
  const { context } = sheet;
  const ground = mix(palette.card, palette.brand, 0.16);
  context.save();
  context.fillStyle = ground;
  context.beginPath();
  context.roundRect(x, y, width, height, 10 * dp);
  context.fill();
  context.clip();
  for (const [i, [across, down, radius]] of bubbles.entries()) {
    context.fillStyle = mix(ground, palette.brand, 0.25 + 0.08 * i);
    context.beginPath();
    context.arc(x + width - across * height, y + down * height, radius * height, 0, 2 * Math.PI);
    context.fill();
  }
  context.restore();
  const style = { family: font, align: "left", x: x + 12 * dp } as const;
  const bold = {
    ...style,
    weight: 700,
    size: 12 * dp,
    colour: palette.text,
    baseline: Math.round(y + 0.42 * height),
  } as const;
  const plain = {
    ...style,
    weight: 400,
    size: 10.5 * dp,
    colour: palette.muted,
    baseline: Math.round(y + 0.76 * height),
  } as const;
  // Bubbles end where the texts may reach.
  sheet.text(title, { ...bold, room: width - 1.7 * height - 12 * dp });
  sheet.text(line, { ...plain, room: width - 24 * dp });
}
