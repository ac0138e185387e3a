import { type Estimate, isDefined } from "../core/estimate.ts";
import type { Scores } from "./scores.ts";
import { wilson } from "./wilson.ts";

/** Where all resamples agree on 0 or 1, Wilson's interval for that share of the rarer class's groups. */
export function doubtPerfection(estimate: Estimate, trials: number): Estimate {
  if (!isDefined(estimate) || estimate.low !== estimate.high) return estimate;
  if (estimate.value !== 0 && estimate.value !== 1) return estimate;
  const doubted = wilson(estimate.value * trials, trials);
  return isDefined(doubted) ? { ...doubted, n: estimate.n } : estimate;
}

/** Groups that hold a picture of the class that stands in fewer of them; of the only class where there is one. */
export function groupsOfRarerClass({ labels, groups }: Scores): number {
  const holding = [new Set<string>(), new Set<string>()];
  groups.forEach((group, i) => {
    holding[labels[i]!]!.add(group);
  });
  return Math.min(...holding.map((set) => set.size).filter((size) => size > 0));
}
