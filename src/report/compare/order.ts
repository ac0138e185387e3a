import { isDefined } from "../../core/estimate.ts";
import type { ComparedRatio, ComparedStrategy } from "./comparisonData.ts";

/** The control first, then the others by their PR-AUC on validation, which the choice is made by; undefined ones last. */
export function inOrder({ strategies }: ComparedRatio, control: string): ComparedStrategy[] {
  const rank = ({ name, validation }: ComparedStrategy) =>
    name === control ? 2 : isDefined(validation.prAuc) ? validation.prAuc.value : -1;
  return [...strategies].sort((a, b) => rank(b) - rank(a));
}

/** The recommended strategy; the control where none is; undefined where the control itself is missing. */
export function chosen({ strategies, recommended }: ComparedRatio, control: string): ComparedStrategy | undefined {
  return strategies.find(({ name }) => name === (recommended.name ?? control));
}
