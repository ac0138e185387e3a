import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Box } from "../../box.ts";
import type { TextItem } from "../text.ts";

/** A program that draws text. Their letters differ at the edges, by a few levels to a pixel. */
export interface Rasteriser {
  readonly summary: string;
  readonly cite: string;
  /** Whether it can be used on this machine. */
  available(): Promise<boolean>;
  /** Draws the texts upon what stands there and returns where the ink of each stands. */
  paint(context: SKRSContext2D, items: readonly TextItem[]): Promise<Box[]>;
}
