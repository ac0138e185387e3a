import type { DecodedImage } from "../image/codec.ts";
import { type GateFeatures, gateFeatures } from "./gateFeatures.ts";
import { screenshotLogOdds } from "./gateModel.ts";
import { sharpnessOf } from "./sharpness.ts";

export type Gate =
  /** score: log odds that the picture is a screenshot, above 0. */
  { readonly inside: true; readonly score: number } | { readonly inside: false; readonly because: string };

/** In pixels; a tile of the networks that know screenshots. */
const smallestSide = 192;

/** Width over height from which on it is no phone held upright, nor a part of its screen: tablets and desktops, turned phones. */
const widest = 4 / 3;

/** Below it a screen was blurred or enlarged as a whole; as messengers send them screens have .78 and more (docs/methods/gate.md). */
const softest = 0.75;

/** Below it a picture has no more to read than a wall. */
const leastBusy = 0.003;

/**
 * Is this a screenshot of an app, whole, cropped, marked up or washed by a messenger? For models that know nothing else
 * (metadata `gate: "screenshot"`): of any other picture their answer would be a guess. A logistic model on statistics
 * of blocks and rows (gateFeatures.ts), at most about 2.4 megapixels of it, so that a capture of any length is quick.
 */
export function gateOf({ pixels }: Pick<DecodedImage, "pixels">): Gate {
  const { width, height } = pixels;
  if (Math.min(width, height) < smallestSide)
    return {
      inside: false,
      because: `The picture is ${width} x ${height} pixels, and the model needs at least ${smallestSide} a side. Send the original, not a thumbnail.`,
    };
  const features = gateFeatures(pixels);
  if (features.busy < leastBusy && features.calm > 0.9)
    return {
      inside: false,
      because: "There is nothing to read in this picture, and the model knows screenshots of apps, with text.",
    };
  const score = screenshotLogOdds(features);
  if (!(score > 0)) return { inside: false, because: reason(features) };
  if (width >= widest * height)
    return {
      inside: false,
      because: `The picture is ${width} x ${height} pixels, much wider than high, and the model knows screens of phones held upright. Send the whole screen of the phone.`,
    };
  const sharpness = sharpnessOf(pixels);
  if (sharpness !== undefined && sharpness < softest)
    return {
      inside: false,
      because:
        "Every letter of this picture is soft: it was blurred or enlarged as a whole, and the model would take that for an edit. Send the original screenshot.",
    };
  return { inside: true, score };
}

/** Drawings have flat parts, scenes have none. */
function reason({ still }: GateFeatures): string {
  const what = still < 0.25 ? "a photograph or a scan" : "a drawing, a chart or a page of print";
  return `This picture looks like ${what}, and the model knows screenshots of apps: its answer would be a guess.`;
}
