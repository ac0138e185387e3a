import { isDefined } from "../core/estimate.ts";
import type { Scores } from "../metrics/scores.ts";
import { measureSlice, type SliceFigures, type SliceOptions } from "../metrics/slices.ts";
import type { Perturbation } from "./perturbation.ts";

/** One way in which a picture may reach the detector. */
export interface Rung {
  /** What it belongs to, for a table and a plot: `blur`, `noise`, … */
  readonly family: string;
  /** Strength, as a word: `k = 7`, `q = 60`. */
  readonly name: string;
  /** Absent: as it is. */
  readonly perturbation?: Perturbation;
}

const odd = [3, 7, 11, 15, 19, 23];

/**
 * From the picture as it is to what cameras, editors and messengers do to it: IMDL-BenCo's blur, noise and JPEG
 * (Ma et al., 2024), then resizes, a crop that moves the JPEG grid, a second save, and messengers by what is known of
 * their sides and qualities (measured by others; no figures are reliable for LINE, Messenger and Zalo).
 */
export const ladder: readonly Rung[] = [
  { family: "none", name: "as it is" },
  ...odd.map((window): Rung => ({ family: "blur", name: `k = ${window}`, perturbation: { kind: "blur", window } })),
  ...odd.map(
    (deviation): Rung => ({ family: "noise", name: `sd = ${deviation}`, perturbation: { kind: "noise", deviation } }),
  ),
  ...[100, 90, 80, 70, 60, 50].map(
    (quality): Rung => ({
      family: "JPEG",
      name: `q = ${quality}`,
      perturbation: { kind: "jpeg", qualities: [quality] },
    }),
  ),
  { family: "JPEG", name: "q = 75, then 90", perturbation: { kind: "jpeg", qualities: [75, 90] } },
  ...[0.5, 0.75, 1.5].map(
    (factor): Rung => ({ family: "resize", name: `x ${factor}`, perturbation: { kind: "resize", factor } }),
  ),
  { family: "crop", name: "1-7 px off", perturbation: { kind: "crop", most: 7 } },
  { family: "messenger", name: "Telegram, 1280 q87", perturbation: { kind: "messenger", side: 1280, quality: 87 } },
  { family: "messenger", name: "WhatsApp, 1600 q62", perturbation: { kind: "messenger", side: 1600, quality: 62 } },
  { family: "messenger", name: "Facebook, 2048 q85", perturbation: { kind: "messenger", side: 2048, quality: 85 } },
];

/** What the model is worth on one rung. */
export interface RungFigures
  extends Pick<Rung, "family" | "name">,
    Pick<SliceFigures, "rocAuc" | "recallAtFpr1" | "proof" | "falseAlarmRate" | "recall"> {
  /** ROC-AUC here less that of the pictures as they are; absent where either is undefined, and for these themselves. */
  readonly aucChange?: number;
}

/** `first`: the figures of the pictures as they are. */
export function rungFigures(
  { family, name }: Rung,
  scores: Scores,
  { first, ...options }: SliceOptions & { readonly first: RungFigures | undefined },
): RungFigures {
  const everyone = new Uint8Array(scores.labels.length).fill(1);
  const { n: _, ...figures } = measureSlice(scores, everyone, options);
  const [now, before] = [figures.rocAuc, first?.rocAuc];
  const isKnown = before !== undefined && isDefined(before) && isDefined(now);
  return { family, name, ...figures, ...(isKnown ? { aucChange: now.value - before.value } : {}) };
}

/** `blur k = 7`; messengers and the picture as it is have names of their own. */
export function rungName({ family, name }: Pick<Rung, "family" | "name">): string {
  return family === "none" || family === "messenger" ? name : `${family} ${name}`;
}
