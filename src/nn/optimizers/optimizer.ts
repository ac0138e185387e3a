import type { z } from "zod";
import type { Entry } from "../../core/table.ts";

/** What a checkpoint keeps of an optimizer. */
export interface OptimizerState {
  /** Steps done. */
  readonly step: number;
  /** By `<slot>/<parameter>`: living arrays, not copies. */
  readonly slots: Readonly<Record<string, Float32Array>>;
}

/** An optimizer at work on the very buffers that the network reads. */
export interface OptimizerRun {
  /** Changes every parameter in place; gradients in the order of the parameters. */
  step(gradients: readonly Float32Array[], learningRate: number): void;
  state(): OptimizerState;
  /** Goes on from a state, bit for bit; its numbers are copied. A UserError where it is another network's. */
  load(state: OptimizerState): void;
}

export interface ParameterBuffer {
  readonly name: string;
  readonly data: Float32Array;
}

export interface Optimizer<O extends z.ZodObject = z.ZodObject> extends Entry<O> {
  create(parameters: readonly ParameterBuffer[], options: z.infer<O>): OptimizerRun;
}
