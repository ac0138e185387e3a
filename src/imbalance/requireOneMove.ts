import { UserError } from "../core/errors.ts";
import type { Plan } from "./plan.ts";

/** A remedy and what it planned. */
export interface Planned {
  readonly name: string;
  readonly plan: Plan;
}

/** Throws UserError where more than one remedy moves the prior, or where two claim the same part of a plan. */
export function requireOneMove(planned: readonly Planned[]): void {
  const moving = planned.filter(({ plan }) => movesPrior(plan)).map(({ name }) => name);
  if (moving.length > 1)
    throw new UserError(
      "bad-options",
      `${moving.join(" and ")} both move the prior: together they count the rare class twice, and what they did cannot be corrected exactly. Choose one of them; a loss that moves nothing, such as focal, may stand beside it.`,
    );
  const losses = planned.filter(({ plan }) => plan.loss !== undefined).map(({ name }) => name);
  if (losses.length > 1)
    throw new UserError("bad-options", `${losses.join(" and ")} both choose the loss. Choose one of them.`);
}

function movesPrior({ priorShift, members }: Plan): boolean {
  return priorShift.logOdds !== 0 || members !== undefined;
}
