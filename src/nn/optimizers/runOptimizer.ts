import type { z } from "zod";
import type { Optimizer, OptimizerRun, ParameterBuffer } from "./optimizer.ts";

/** Sets an optimizer to work on these parameters, with options of its own schema. */
export function runOptimizer<O extends z.ZodObject>(
  optimizer: Optimizer<O>,
  parameters: readonly ParameterBuffer[],
  options: z.infer<O>,
): OptimizerRun {
  const slots = parameters.map(({ data }) => optimizer.slots.map(() => new Float32Array(data.length)));
  return {
    steps: 0,
    slots: Object.fromEntries(
      optimizer.slots.flatMap((slot, s) =>
        parameters.map(({ name, shape }, i) => [`${slot}/${name}`, { shape, data: slots[i]![s]! }]),
      ),
    ),
    step(gradients, learningRate) {
      this.steps++;
      for (const [i, { data, rateFactor = 1, decays = true }] of parameters.entries()) {
        const moment = { step: this.steps, rate: learningRate * rateFactor, decays };
        optimizer.update(data, gradients[i]!, slots[i]!, optimizer.scalars(options, moment));
      }
    },
  };
}
