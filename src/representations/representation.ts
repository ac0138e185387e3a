import type { z } from "zod";
import type { Entry } from "../core/table.ts";
import type { Codec, DecodedImage } from "../image/codec.ts";
import type { Planes } from "../image/planes.ts";

/** Whether a representation means anything on a picture; a reason is a whole sentence. */
export type Applicability = { readonly applies: true } | { readonly applies: false; readonly because: string };

/** Pixels to planes that show traces of an edit, at native size. Pure: the codec is an argument. */
export interface Representation<O extends z.ZodObject = z.ZodObject> extends Entry<O> {
  channels(options: z.infer<O>): number;
  /** Lowest and highest value that the planes can hold. */
  range(options: z.infer<O>): readonly [number, number];
  /** The gate; absent where the representation applies to every picture. */
  applicability?(image: DecodedImage, options: z.infer<O>): Applicability;
  /** `into`: room for just these planes, whatever stands there. Who can fills it and returns it, and needs none of its own. */
  compute(image: DecodedImage, options: z.infer<O>, codec: Codec, into?: Float32Array): Promise<Planes>;
}
