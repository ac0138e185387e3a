import type { TrainEvent } from "../train/events.ts";

/** Of the training loop; where several networks train one after the other, `member` says which, 0 the first. */
export type RunTrainEvent = TrainEvent & { readonly member?: number };

/** A run tells what it does before and after the training loop, too; `of` is 0 where there is nothing to count. */
export type RunEvent =
  | RunTrainEvent
  | { readonly type: "stage"; readonly name: string; readonly done: number; readonly of: number };
