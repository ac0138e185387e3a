import { UserError } from "../core/errors.ts";

/** Alarms that reviewers look at for each picture that comes in. Throws UserError where that is no share. */
export function reviewBudget(alarms: number, pictures: number): number {
  if (alarms > 0 && alarms <= pictures) return alarms / pictures;
  throw new UserError(
    "bad-options",
    `A budget of ${alarms} alarms among ${pictures} pictures is none: --budget is more than 0 and at most --volume.`,
  );
}
