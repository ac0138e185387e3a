import type { Canvas } from "@napi-rs/canvas";
import type { z } from "zod";
import type { Rng } from "../../../core/rng.ts";
import type { Entry } from "../../../core/table.ts";
import type { Codec } from "../../../image/codec.ts";
import type { Box } from "../../box.ts";
import type { FieldName } from "../layout.ts";
import type { RasteriserName } from "../rasterisers/index.ts";
import type { Slip, SlipField } from "../slip.ts";

/** A field that is about to be replaced, and what the forger wants to stand there. */
export interface Target {
  readonly field: SlipField;
  readonly text: string;
}

/** A picture in the forger's hands. */
export interface Edit {
  /** The slip as a picture, with whatever happened to it before; changed in place. */
  readonly canvas: Canvas;
  /** All fields that can be seen, where digits may be copied from. */
  readonly fields: readonly SlipField[];
  readonly targets: readonly Target[];
  /** Programs at the forger's hand: all but the one that drew the slip. */
  readonly rasterisers: readonly RasteriserName[];
  /** Draws another slip of the same app, which stands in no dataset. */
  readonly donor: () => Promise<Slip>;
  /** Draws the whole slip anew, as it was captured, with the targets' texts, by another program. */
  readonly redraw: (rasteriser: RasteriserName) => Promise<Slip>;
  readonly codec: Codec;
}

/** A field that was replaced. */
export interface Forged {
  readonly field: FieldName;
  /** Nothing outside of the boxes was changed. */
  readonly box: Box;
  /** What the options left to chance, for the manifest: nothing that was measured on pixels. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A way to replace fields. */
export interface Operation<O extends z.ZodObject = z.ZodObject> extends Entry<O> {
  /** Which of the fields it replaces: those that were drawn by lot, all of them, or the code alone. */
  readonly takes: "drawn" | "all" | "qr";
  apply(edit: Edit, options: z.infer<O>, rng: Rng): Promise<Forged[]>;
}
