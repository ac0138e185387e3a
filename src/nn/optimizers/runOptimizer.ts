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
      for (const [i, parameter] of parameters.entries())
        optimizer.update(
          parameter.data,
          gradients[i]!.data,
          slots[i]!,
          scalarsAt(optimizer, options, parameter, this.steps, learningRate),
        );
    },
  };
}

/** The plain numbers of a parameter's update. */
export function scalarsAt<O extends z.ZodObject>(
  optimizer: Optimizer<O>,
  options: z.infer<O>,
  { rateFactor = 1, decays = true }: ParameterBuffer,
  step: number,
  learningRate: number,
): readonly number[] {
  return optimizer.scalars(options, { step, rate: learningRate * rateFactor, decays });
}
