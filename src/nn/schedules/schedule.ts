import type { z } from "zod";
import type { Entry } from "../../core/table.ts";

/** The learning rate over time, as a factor of the recipe's. */
export interface Schedule {
  /**
   * A pure function, so that a resumed run has the rates of an uninterrupted one.
   * step: of the whole run, from 0; history: the validation loss of every epoch that ended. Returns 0 and above.
   */
  at(step: number, history: readonly number[]): number;
}

export interface ScheduleLength {
  readonly stepsPerEpoch: number;
  readonly epochs: number;
}

export interface ScheduleEntry<O extends z.ZodObject = z.ZodObject> extends Entry<O> {
  create(options: z.infer<O>, length: ScheduleLength): Schedule;
}
