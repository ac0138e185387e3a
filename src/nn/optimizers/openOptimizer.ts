import { availableParallelism } from "node:os";
import { lookUp, parseOptions } from "../../core/table.ts";
import type { LivingTensor } from "../../onnx/tensor.ts";
import { optimizers } from "./index.ts";
import type { Optimizer, OptimizerRun, ParameterBuffer } from "./optimizer.ts";
import { runOptimizer } from "./runOptimizer.ts";
import { onTwoThreads } from "./twoThreads.ts";

/** From this many numbers on a second thread earns its start and its messages: below, an update takes some ms. */
const worthwhile = 4_000_000;

/** An optimizer by name, with options of its own schema; a UserError where either is wrong. */
export function chooseOptimizer({ name, options }: { name: string; options: unknown }) {
  const optimizer: Optimizer = lookUp(optimizers, "optimizer", name);
  const parsed = parseOptions(optimizer, `optimizer "${name}"`, options);
  return {
    /** Sets it to work. `gradients`: the very tensors that each step's gradients come in. */
    open(
      parameters: readonly ParameterBuffer[],
      gradients: readonly LivingTensor[],
      threads = availableParallelism(),
    ): OptimizerRun {
      const numbers = parameters.reduce((sum, { data }) => sum + data.length, 0);
      return threads > 1 && numbers >= worthwhile
        ? onTwoThreads(name as keyof typeof optimizers, optimizer, parameters, gradients, parsed)
        : runOptimizer(optimizer, parameters, parsed);
    },
  };
}
