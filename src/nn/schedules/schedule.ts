import type { z } from "zod";
import type { Entry } from "../../core/table.ts";

/** The learning rate over time, as a factor of the recipe's. */
export interface Schedule {
  /**
   * A pure function, so that a resumed run has the rates of an uninterrupted one. Above 0, at most 1.
   * step: of the whole run, from 0; history: the monitored validation loss of every epoch that ended, lower is better.
   */
  at(step: number, history: readonly number[]): number;
}

/** How long the training is planned to be. */
export interface ScheduleLength {
  readonly stepsPerEpoch: number;
  readonly epochs: number;
}

export interface ScheduleEntry<O extends z.ZodObject = z.ZodObject> extends Entry<O> {
  create(options: z.infer<O>, length: ScheduleLength): Schedule;
}
