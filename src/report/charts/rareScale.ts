import type { ScaleOptions } from "@observablehq/plot";
import type { ProtocolResult } from "../reportData.ts";

/** Below this share of fakes hardly any probability is far from 0: an even scale would show one dot. */
const rareBelow = 0.1;

/** Scale of probabilities for a chart: even from 0 to 1, or by powers of ten where fakes are rare. */
export interface ChanceScale {
  readonly isRare: boolean;
  /** End of the axis; what lies below is drawn on it. */
  readonly lowest: number;
  /** Where lines are drawn; absent: where the ticks are. */
  readonly ticks?: readonly number[];
  readonly options: ScaleOptions;
  clip(probability: number): number;
  /** Where a probability stands, 0 at the left end and 1 at the right. */
  place(probability: number): number;
}

export function chanceScale({ prevalence: { share } }: Pick<ProtocolResult, "prevalence">): ChanceScale {
  const isRare = share > 0 && share < rareBelow;
  if (!isRare)
    return {
      isRare,
      lowest: 0,
      options: { type: "linear", domain: [0, 1], ticks: 5 },
      clip: (p) => Math.min(1, p),
      place: (p) => p,
    };
  // Two powers of ten below the share of fakes, where most genuine pictures stand.
  const lowest = 10 ** Math.floor(Math.log10(share) - 1.5);
  const clip = (p: number) => Math.min(1, Math.max(lowest, p));
  const ticks = Array.from({ length: 1 - Math.round(Math.log10(lowest)) }, (_, i) => 10 ** -i);
  const digits = { maximumFractionDigits: ticks.length };
  return {
    isRare,
    lowest,
    ticks,
    options: {
      type: "log",
      domain: [lowest, 1],
      ticks,
      tickFormat: (p: number) => p.toLocaleString("en", digits),
    },
    clip,
    place: (p) => 1 - Math.log(clip(p)) / Math.log(lowest),
  };
}
