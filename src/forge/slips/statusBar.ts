import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Device, Signals } from "./device.ts";
import type { Sheet } from "./sheet.ts";
import { textWidth } from "./text.ts";

/** Height of the bar, in dp. */
export function statusBarHeight({ system, cutout }: Device): number {
  if (system === "ios") return { none: 20, notch: 47, island: 55, hole: 47 }[cutout];
  return cutout === "none" ? 24 : 32;
}

/** Clock, signal, network, battery in the manner of the system. `dp`: pixels of one dp. */
export function paintStatusBar(
  sheet: Pick<Sheet, "context" | "text">,
  bar: { device: Device; signals: Signals; clock: string; colour: string; width: number; dp: number },
): void {
  const { device, signals, colour, width, dp } = bar;
  const { context } = sheet;
  const ios = device.system === "ios";
  const tall = ios && device.cutout !== "none";
  const barHeight = statusBarHeight(device);
  const baseline = Math.round((barHeight / 2 + (tall ? 8 : 4.5)) * dp);
  // A notch leaves ears at both sides, in the middle of which things stand.
  const edge = (tall ? 30 : ios ? 14 : 14) * dp;
  const set = (text: string, x: number, align: "left" | "right", size: number) => {
    const weight = ios ? 600 : 500;
    const style = { family: device.font, weight, size: size * dp, colour, align, x, baseline } as const;
    sheet.text(text, style);
    return textWidth(context, text, style);
  };
  const clockWidth = set(bar.clock, edge, "left", tall ? 15.5 : 12.5);
  if (!ios) paintNotices(edge + clockWidth + 9 * dp);
  paintCutout();
  let right = width - edge + (tall ? 4 : 0) * dp;
  if (ios) {
    right -= paintBatteryIos(context, right, baseline - 4.8 * dp, dp, signals.battery, colour) + 5 * dp;
    right -= paintNetwork(right);
    paintSignal(context, right, baseline, dp, signals.bars, colour);
  } else {
    right -= set(`${signals.battery}%`, right, "right", 11) + 4 * dp;
    right -= paintBatteryAndroid(context, right, baseline, dp, signals.battery, colour) + 4 * dp;
    right -= paintSignal(context, right, baseline, dp, signals.bars, colour) + 4 * dp;
    paintNetwork(right);
  }

  /** Signs of other apps. */
  function paintNotices(x: number): void {
    context.fillStyle = colour;
    for (let i = 0; i < (signals.notices ?? 0); i++) {
      const side = 8 * dp;
      const [left, top] = [x + i * 13 * dp, baseline - side];
      context.beginPath();
      if (i % 2 === 0) context.roundRect(left, top, side, side * 0.76, 2 * dp);
      else context.arc(left + side / 2, top + side / 2, side / 2, 0, 2 * Math.PI);
      context.fill();
    }
  }

  /** Screenshots show the camera's hole where the system paints it black; the notch they show as plain ground. */
  function paintCutout(): void {
    if (device.cutout !== "island") return;
    context.fillStyle = "#000000";
    context.beginPath();
    context.roundRect(width / 2 - 62 * dp, 11 * dp, 124 * dp, 36 * dp, 18 * dp);
    context.fill();
  }

  function paintNetwork(x: number): number {
    if (signals.network === "wifi") return paintWifi(context, x, baseline, dp, colour) + 5 * dp;
    return set(signals.network, x, "right", ios ? 11 : 10) + 5 * dp;
  }
}

/** Each of these draws leftwards from `right` and returns its width. */
function paintSignal(
  context: SKRSContext2D,
  right: number,
  bottom: number,
  dp: number,
  bars: number,
  colour: string,
): number {
  for (let i = 0; i < 4; i++) {
    const height = (3 + 2 * i) * dp;
    context.globalAlpha = i < bars ? 1 : 0.3;
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(right - (4 - i) * 4 * dp + dp, bottom - height, 3 * dp, height, 0.8 * dp);
    context.fill();
  }
  context.globalAlpha = 1;
  return 16 * dp;
}

function paintWifi(context: SKRSContext2D, right: number, bottom: number, dp: number, colour: string): number {
  const x = right - 7 * dp;
  context.strokeStyle = colour;
  context.lineWidth = 1.8 * dp;
  for (const radius of [3.4, 6.4, 9.4]) {
    context.beginPath();
    context.arc(x, bottom, radius * dp, -Math.PI * 0.76, -Math.PI * 0.24);
    context.stroke();
  }
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, bottom - 0.8 * dp, 1.3 * dp, 0, 2 * Math.PI);
  context.fill();
  return 14 * dp;
}

function paintBatteryIos(
  context: SKRSContext2D,
  right: number,
  middle: number,
  dp: number,
  level: number,
  colour: string,
): number {
  const [width, height] = [20 * dp, 10 * dp];
  const [x, y] = [right - width - 2 * dp, middle - height / 2 + 0.5 * dp];
  context.globalAlpha = 0.4;
  context.strokeStyle = colour;
  context.lineWidth = dp;
  context.beginPath();
  context.roundRect(x, y, width, height, 3 * dp);
  context.stroke();
  context.fillStyle = colour;
  context.fillRect(x + width + dp, y + 3 * dp, 1.3 * dp, 4 * dp);
  context.globalAlpha = 1;
  context.fillStyle = level <= 20 ? "#e5484d" : colour;
  context.beginPath();
  context.roundRect(
    x + 1.5 * dp,
    y + 1.5 * dp,
    Math.max(2 * dp, ((width - 3 * dp) * level) / 100),
    height - 3 * dp,
    1.8 * dp,
  );
  context.fill();
  return width + 2 * dp;
}

function paintBatteryAndroid(
  context: SKRSContext2D,
  right: number,
  bottom: number,
  dp: number,
  level: number,
  colour: string,
): number {
  const [width, height] = [6 * dp, 10 * dp];
  const [x, y] = [right - width, bottom - height + 0.5 * dp];
  context.fillStyle = colour;
  context.fillRect(x + 2 * dp, y - 1.2 * dp, 2 * dp, 1.2 * dp);
  context.globalAlpha = 0.3;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
  const filled = (height * level) / 100;
  context.fillRect(x, y + height - filled, width, filled);
  return width;
}
