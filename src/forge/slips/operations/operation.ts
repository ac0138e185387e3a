import type { Canvas } from "@napi-rs/canvas";
import type { z } from "zod";
import type { Rng } from "../../../core/rng.ts";
import type { Entry } from "../../../core/table.ts";
import type { Codec } from "../../../image/codec.ts";
import type { Box } from "../../box.ts";
import type { Slip, SlipField } from "../slip.ts";

/** A field that is about to be replaced. */
export interface Edit {
  /** The slip as a picture, with whatever happened to it before; changed in place. */
  readonly canvas: Canvas;
  /** All fields of the slip, where digits may be copied from. */
  readonly fields: readonly SlipField[];
  readonly field: SlipField;
  /** What the forger wants to stand there. */
  readonly text: string;
  /** Draws another slip of the same app, which stands in no dataset. */
  readonly donor: () => Promise<Slip>;
  readonly codec: Codec;
}

interface Forged {
  /** Nothing outside of it was changed. */
  readonly box: Box;
  /** What the options left to chance, for the manifest. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A way to replace a field. */
export interface Operation<O extends z.ZodObject = z.ZodObject> extends Entry<O> {
  apply(edit: Edit, options: z.infer<O>, rng: Rng): Promise<Forged>;
}
