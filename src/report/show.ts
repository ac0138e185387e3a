import { type Estimate, isDefined, showEstimate } from "../core/estimate.ts";

/** `0.934 [0.912, 0.951]`, or a dash with its reason. */
export function show(estimate: Estimate | undefined, digits = 3): string {
  if (estimate === undefined) return "–";
  return isDefined(estimate) ? showEstimate(estimate, digits) : `– (${estimate.undefinedBecause})`;
}

/** A probability, with digits that say something also where it is small: `0.710`, `0.0082`, `0.00031`. */
export function chance(p: number, digits = 3): string {
  if (p >= 0.01 || p <= 0) return p.toFixed(digits);
  return p < 1e-6 ? "<0.000001" : p.toFixed(Math.min(8, 1 - Math.floor(Math.log10(p))));
}
