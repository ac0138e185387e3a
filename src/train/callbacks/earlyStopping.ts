import { z } from "zod";

/** Names and meaning as in Keras, save that the best weights are restored by default. */
export const earlyStoppingOptions = z.strictObject({
  monitor: z
    .enum(["validationLoss", "validationAccuracy", "validationRocAuc"])
    .default("validationLoss")
    .describe("the figure that decides which epoch is best"),
  patience: z.int().min(1).default(8).describe("epochs without improvement after which training stops"),
  minDelta: z.number().min(0).default(0).describe("smallest change that counts as an improvement"),
  restoreBest: z.boolean().default(true).describe("end with the best epoch's weights instead of the last one's"),
});
export type EarlyStoppingOptions = z.infer<typeof earlyStoppingOptions>;

/** State that a checkpoint keeps. */
export interface EarlyStoppingState {
  bestEpoch: number;
  bestValue: number | null;
  epochsWithoutImprovement: number;
}

export const freshEarlyStopping: EarlyStoppingState = { bestEpoch: -1, bestValue: null, epochsWithoutImprovement: 0 };

/** The state after one more epoch; a value that is undefined (one class only) is never an improvement. */
export function watch(
  state: EarlyStoppingState,
  options: EarlyStoppingOptions,
  epoch: number,
  value: number | null,
): EarlyStoppingState & { improved: boolean } {
  const gain = value === null ? Number.NEGATIVE_INFINITY : gainOver(state.bestValue, options, value);
  if (gain > options.minDelta || (state.bestValue === null && value !== null))
    return { bestEpoch: epoch, bestValue: value, epochsWithoutImprovement: 0, improved: true };
  return { ...state, epochsWithoutImprovement: state.epochsWithoutImprovement + 1, improved: false };
}

function gainOver(best: number | null, { monitor }: EarlyStoppingOptions, value: number): number {
  if (best === null) return Number.POSITIVE_INFINITY;
  return monitor === "validationLoss" ? best - value : value - best;
}
