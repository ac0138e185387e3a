import { UserError } from "../core/errors.ts";

/**
 * Minutes between two checkpoints within an epoch, where the user says nothing: what a crash costs at most. ResNet-50
 * with Adam writes 289 MB: .7 s of every five minutes (docs/results/engine.md).
 */
export const checkpointMinutes = 5;

/** Throws a UserError unless it is a number of minutes, 0 included. */
export function requireMinutes(minutes: number): void {
  if (minutes >= 0) return;
  throw new UserError(
    "bad-options",
    `--checkpoint-every takes minutes from 0 (after every step) on, not ${minutes}. Leave it out for ${checkpointMinutes}.`,
  );
}
