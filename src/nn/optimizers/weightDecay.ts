import { z } from "zod";

export function decayOptions(weightDecay: number) {
  return {
    weightDecay: z.number().min(0).default(weightDecay).describe("how strongly weights are pulled towards 0"),
    decayBiases: z.boolean().default(false).describe("pull biases and normalisations too, not only weights"),
  };
}

/** The decay of one parameter: `decays` is false for biases and normalisations. */
export function decayOf(options: { weightDecay: number; decayBiases: boolean }, decays: boolean): number {
  return decays || options.decayBiases ? options.weightDecay : 0;
}
