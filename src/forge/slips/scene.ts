import type { Bank } from "./bank.ts";
import type { Device, Signals } from "./device.ts";
import type { Layout, Palette } from "./layout.ts";
import type { Promo } from "./promo.ts";
import type { TransferRecord } from "./record.ts";

/** What a slip is drawn from. */
export interface Scene {
  readonly bank: Bank;
  readonly layout: Layout;
  readonly palette: Palette;
  readonly record: TransferRecord;
  readonly device: Device;
  readonly signals: Signals;
  readonly promo?: Promo;
  readonly steps: readonly [string, string, string];
  /** Of the picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels of one dp. */
  readonly dp: number;
}
