import type { Rng } from "../../core/rng.ts";
import type { Family } from "./fonts.ts";

/** The phone that took the screenshot. */
export interface Device {
  readonly name: string;
  readonly system: "ios" | "android";
  /** Width of the screen in pixels, and in dp: what the layout is measured in. */
  readonly pixelWidth: number;
  readonly widthDp: number;
  /** Height over width. */
  readonly aspect: number;
  /** What cuts into the status bar: sets its height. */
  readonly cutout: "none" | "notch" | "island" | "hole";
  /** What stands at the bottom of the screen. */
  readonly navigation: "none" | "indicator" | "buttons";
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
  /** Small signs of other apps beside the clock, Android alone. */
  readonly notices?: number;
}

/** A phone; those of held-out banks differ in width, shape and system font from all others. */
export function drawDevice(rng: Rng, heldOut = false): Device {
  const screens: Screens = heldOut ? heldOutScreens : seenScreens;
  const system = rng.pick(["ios", "android"] as const);
  const [pixelWidth, pixelHeight, scale, cutout] = rng.pick(screens[system]);
  const buttons = system === "android" && rng.chance(0.35);
  return {
    name: `${system}-${pixelWidth}x${pixelHeight}`,
    system,
    pixelWidth,
    widthDp: pixelWidth / scale,
    aspect: pixelHeight / pixelWidth,
    cutout,
    navigation: cutout === "none" && system === "ios" ? "none" : buttons ? "buttons" : "indicator",
    font: system === "ios" ? (heldOut ? "ibmPlexSans" : "inter") : heldOut ? "sourceSans" : "roboto",
    theme: rng.chance(0.3) ? "dark" : "light",
  };
}

export function drawSignals(rng: Rng): Signals {
  return {
    bars: 1 + rng.integer(4),
    network: rng.pick(["5G", "4G", "LTE", "wifi", "wifi", "wifi"]),
    battery: 6 + rng.integer(95),
    notices: rng.integer(4),
  };
}

type Screen = readonly [pixelWidth: number, pixelHeight: number, scale: number, cutout: Device["cutout"]];
type Screens = Readonly<Record<Device["system"], readonly Screen[]>>;
const seenScreens = {
  ios: [
    [750, 1334, 2, "none"],
    [1170, 2532, 3, "notch"],
    [1125, 2436, 3, "notch"],
    [1179, 2556, 3, "island"],
    [1290, 2796, 3, "island"],
  ],
  android: [
    [720, 1280, 2, "none"],
    [720, 1600, 1.875, "hole"],
    [1080, 1920, 3, "none"],
    [1080, 2160, 2.75, "none"],
    [1080, 2340, 2.75, "hole"],
    [1080, 2400, 2.625, "hole"],
    [1080, 2520, 2.625, "none"],
    [1440, 3088, 3.75, "hole"],
  ],
} as const satisfies Screens;
const heldOutScreens = {
  ios: [
    [828, 1792, 2, "notch"],
    [1284, 2778, 3, "notch"],
  ],
  android: [
    [1220, 2712, 3, "hole"],
    [1440, 2960, 4, "none"],
  ],
} as const satisfies Screens;

/**
 * The device as a small picture shows it: the compact phone of the same make, whose text stays legible when the
 * screen is some 300 pixels wide.
 */
export function compacted(device: Device): Device {
  const widthDp = Math.min(device.widthDp, 336);
  return { ...device, widthDp, aspect: Math.min(device.aspect, 16 / 9), cutout: "none", navigation: "none" };
}
