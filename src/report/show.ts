import { type Estimate, isDefined, showEstimate } from "../core/estimate.ts";

/** `0.934 [0.912, 0.951]`, or a dash with its reason. */
export function show(estimate: Estimate | undefined): string {
  if (estimate === undefined) return "–";
  return isDefined(estimate) ? showEstimate(estimate) : `– (${estimate.undefinedBecause})`;
}
