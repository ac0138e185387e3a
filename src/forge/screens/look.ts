import type { Rng } from "../../core/rng.ts";
import { type BankName, banks, heldOutBanks } from "../slips/banks.ts";
import { fromHsl, mix } from "../slips/colour.ts";
import type { Device } from "../slips/device.ts";
import { type Family, familyNames } from "../slips/fonts.ts";

/** How one app looks: what all of a screen's pieces share. Colours are #rrggbb, lengths in dp. */
export interface Look {
  readonly font: Family;
  readonly page: string;
  readonly card: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  /** Of money that came, and that went. */
  readonly gain: string;
  readonly loss: string;
  readonly radius: number;
  readonly inset: number;
  /** Factor on the size of all letters. */
  readonly scale: number;
}

export function drawLook({ theme, font }: Device, rng: Rng): Look {
  const dark = theme === "dark";
  const accent = fromHsl(rng.integer(360), rng.between(0.45, 0.85), rng.between(0.3, 0.5));
  const page = dark
    ? mix(rng.pick(["#000000", "#121212", "#14181f", "#1b1b1f"]), accent, rng.between(0, 0.08))
    : mix(rng.pick(["#ffffff", "#ffffff", "#f5f5f7", "#fafafa", "#fdf6ef"]), accent, rng.chance(0.4) ? 0.05 : 0);
  return {
    // Most apps are set in the phone's own font.
    font: rng.chance(0.55) ? font : rng.pick(seenFonts),
    page,
    card: dark ? mix(page, "#ffffff", rng.between(0.05, 0.11)) : rng.chance(0.7) ? "#ffffff" : mix(page, accent, 0.07),
    text: dark ? rng.pick(["#ffffff", "#f2f2f2", "#e3e3e6"]) : rng.pick(["#000000", "#111111", "#1f2328", "#333333"]),
    muted: dark
      ? mix(page, "#ffffff", rng.between(0.45, 0.65))
      : rng.pick(["#555555", "#6b7280", "#777777", "#8e8e93"]),
    line: dark ? mix(page, "#ffffff", 0.15) : mix(page, "#000000", rng.between(0.06, 0.16)),
    accent: dark ? mix(accent, "#ffffff", 0.25) : accent,
    gain: rng.pick(["#2e7d32", "#43a047", "#00a86b", "#4caf50"]),
    loss: rng.pick(["#e53935", "#d32f2f", "#ff5252", dark ? "#ffffff" : "#111111"]),
    radius: rng.pick([0, 4, 8, 12, 16, 22]),
    inset: rng.pick([10, 14, 16, 20]),
    scale: rng.between(0.88, 1.12),
  };
}

/** Held-out apps and phones keep their fonts to themselves. */
const heldOut = new Set<Family>([
  "ibmPlexSans",
  "sourceSans",
  ...heldOutBanks.flatMap((name: BankName) => [banks[name].font, ...banks[name].otherFonts]),
]);
const seenFonts = familyNames.filter((name) => !heldOut.has(name));
