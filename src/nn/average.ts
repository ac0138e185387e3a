import type { NamedTensors } from "../onnx/tensor.ts";

/** A second set of the tensors that training moves: their mean over the steps so far, the latest counting most. */
export interface Average {
  /** The living arrays. */
  readonly tensors: NamedTensors;
  /** Takes in the tensors as they stand after step `step` (1, 2, …). */
  follow(step: number): void;
}

/**
 * Exponential moving average of the weights:
 *   a = d a + (1 - d) w,  d = min(decay, (1 + step) / (10 + step))
 * The rising d forgets the random first weights (after step 1 they count 2/11), as TensorFlow's
 * ExponentialMovingAverage with `num_updates` does.
 *
 * Averages of iterates: Polyak and Juditsky, Acceleration of Stochastic Approximation by Averaging, 1992 (all steps
 * alike); the exponential form for networks: Tarvainen and Valpola, Mean teachers are better role models, 2017.
 */
export function averageOf(living: NamedTensors, decay: number): Average {
  const tensors = Object.fromEntries(
    Object.entries(living).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
  );
  const pairs = Object.entries(tensors).map(([name, { data }]) => [data, living[name]!] as const);
  return {
    tensors,
    follow(step) {
      const share = 1 - Math.min(decay, (1 + step) / (10 + step));
      for (const [average, { data }] of pairs)
        for (let i = 0; i < data.length; i++) average[i]! += share * (data[i]! - average[i]!);
    },
  };
}
