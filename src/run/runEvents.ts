import type { TrainEvent } from "../train/events.ts";

/** A run tells what it does before and after the training loop, too; `of` is 0 where there is nothing to count. */
export type RunEvent =
  | TrainEvent
  | { readonly type: "stage"; readonly name: string; readonly done: number; readonly of: number };
