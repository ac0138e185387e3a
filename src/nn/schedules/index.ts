import { constant } from "./constant.ts";
import { cosine } from "./cosine.ts";
import { exponentialDecay } from "./exponentialDecay.ts";
import { reduceOnPlateau } from "./reduceOnPlateau.ts";
import type { ScheduleEntry } from "./schedule.ts";

export type { Schedule, ScheduleEntry } from "./schedule.ts";

/** How the learning rate changes over a run. To add one: a file, a line here, a golden, a page. */
export const schedules = { constant, exponentialDecay, reduceOnPlateau, cosine } as const satisfies Record<
  string,
  ScheduleEntry
>;
