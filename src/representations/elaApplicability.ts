import type { DecodedImage } from "../image/codec.ts";
import type { Applicability } from "./representation.ts";

/** Filled in below. */
export function elaApplicability(_image: DecodedImage, _options: { readonly quality: number }): Applicability {
  return { applies: true };
}
