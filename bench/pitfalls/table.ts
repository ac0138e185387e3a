import { accuracyAlone } from "./accuracyAlone.ts";
import { calibratingOnResampled } from "./calibratingOnResampled.ts";
import { correctingTwice } from "./correctingTwice.ts";
import { crossingSources } from "./crossingSources.ts";
import type { Pitfall } from "./pitfall.ts";
import { resamplingBeforeSplit } from "./resamplingBeforeSplit.ts";
import { smoteOnPixels } from "./smoteOnPixels.ts";
import { tuningOnPlentifulFakes } from "./tuningOnPlentifulFakes.ts";

/** In the order of docs/pitfalls.md. */
export const pitfalls = {
  resamplingBeforeSplit,
  crossingSources,
  calibratingOnResampled,
  smoteOnPixels,
  correctingTwice,
  accuracyAlone,
  tuningOnPlentifulFakes,
} satisfies Record<string, Pitfall>;
export type PitfallName = keyof typeof pitfalls;
export const pitfallNames = Object.keys(pitfalls) as PitfallName[];
