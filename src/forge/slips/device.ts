import type { Rng } from "../../core/rng.ts";
import type { Family } from "./fonts.ts";

/** The phone that took the screenshot. */
export interface Device {
  readonly name: string;
  readonly system: "ios" | "android";
  /** Width of the screen in dp: what the layout is measured in. */
  readonly widthDp: number;
  /** Height over width. */
  readonly aspect: number;
  /** Font of the system: the status bar is set in it. */
  readonly font: Family;
  readonly theme: "light" | "dark";
}

/** What the status bar says beside the clock. */
export interface Signals {
  readonly bars: number;
  readonly network: "5G" | "4G" | "LTE" | "wifi";
  /** Percent. */
  readonly battery: number;
}

export function drawDevice(rng: Rng): Device {
  const system = rng.pick(["ios", "android"] as const);
  const [widthDp, aspect] = rng.pick(system === "ios" ? iosScreens : androidScreens);
  return {
    name: `${system}-${widthDp}x${Math.round(widthDp * aspect)}`,
    system,
    widthDp,
    aspect,
    font: system === "ios" ? "inter" : "roboto",
    theme: rng.chance(0.3) ? "dark" : "light",
  };
}

export function drawSignals(rng: Rng): Signals {
  return {
    bars: 1 + rng.integer(4),
    network: rng.pick(["5G", "4G", "LTE", "wifi", "wifi", "wifi"]),
    battery: 6 + rng.integer(95),
  };
}

/** [width in dp, height over width]: the compact phones whose screens fit a small picture. */
const iosScreens = [
  [320, 16 / 9],
  [336, 16 / 9],
] as const;
const androidScreens = [
  [320, 16 / 9],
  [328, 5 / 3],
  [336, 16 / 9],
] as const;
