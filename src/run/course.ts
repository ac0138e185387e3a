import type { Rng } from "../core/rng.ts";
import { lookUp } from "../core/table.ts";
import type { Preparer } from "../data/batches.ts";
import type { Trainer } from "../nn/network.ts";
import { type ScheduleEntry, schedules } from "../nn/schedules/index.ts";
import type { EpochRecord, StopReason, TrainEvent } from "../train/events.ts";
import { type LoopPlan, type LoopState, rowsOf, stepsOf, trainingLoop } from "../train/loop.ts";
import type { Recipe } from "../train/recipe.ts";
import type { LoopSamples } from "./learner.ts";

/** One network's way through the epochs, from where it stands. */
export interface Course {
  readonly recipe: Recipe;
  readonly preparer: Preparer;
  readonly samples: LoopSamples;
  readonly plan: LoopPlan;
  readonly rng: Rng;
  readonly start: LoopState;
  readonly signal: AbortSignal;
  /** Minutes. */
  readonly checkpointEvery: number;
  /** Writes down where it stands, and the weights where they are the best so far. */
  readonly keep: (state: LoopState, improved: boolean) => Promise<void>;
  readonly listen: (event: TrainEvent) => Promise<void>;
}

export interface CourseEnd {
  readonly history: readonly EpochRecord[];
  readonly bestEpoch: number;
  readonly stop: StopReason;
  /** Why it stopped. */
  readonly sentence: string;
}

export async function runCourse(trainer: Trainer, course: Course): Promise<CourseEnd> {
  const { recipe, samples, plan, keep, listen, start } = course;
  const entry: ScheduleEntry = lookUp(schedules, "schedule", recipe.schedule.name);
  const stepsPerEpoch = stepsOf(rowsOf(samples.train, plan), recipe);
  let { history } = start;
  let end: Omit<CourseEnd, "history"> = { bestEpoch: 0, stop: "finished", sentence: "" };
  for await (const event of trainingLoop({
    ...course,
    ...samples,
    trainer,
    schedule: entry.create(recipe.schedule.options, { stepsPerEpoch, epochs: recipe.epochs }),
    clock: () => performance.now(),
    keep: async (state, improved) => {
      history = state.history;
      await keep(state, improved);
    },
  })) {
    if (event.type === "stop") end = { bestEpoch: event.bestEpoch, stop: event.because, sentence: event.sentence };
    await listen(event);
  }
  return { ...end, history };
}
