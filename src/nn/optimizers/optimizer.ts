import type { z } from "zod";
import type { Entry } from "../../core/table.ts";
import type { LivingTensor, NamedTensors, TensorData } from "../../onnx/tensor.ts";

/** What one update needs beside the arrays. */
export interface Moment {
  /** This one's number, from 1. */
  readonly step: number;
  /** The parameter's own learning rate. */
  readonly rate: number;
  /** Whether weight decay, where the optimizer has one, holds for the parameter by default. */
  readonly decays: boolean;
}

/** A rule that turns gradients into steps: formulas alone, the arrays belong to `runOptimizer`. */
export interface Optimizer<O extends z.ZodObject = z.ZodObject> extends Entry<O> {
  /** Names of the arrays, as long as the parameter and 0 at first, that the rule keeps beside each parameter. */
  readonly slots: readonly string[];
  /** The plain numbers that `update` takes, in its order. */
  scalars(options: z.infer<O>, moment: Moment): readonly number[];
  /** Changes weights and slots in place. No number depends on its neighbours: ranges can be updated apart. */
  update(
    weights: Float32Array,
    gradient: Float32Array,
    slots: readonly Float32Array[],
    scalars: readonly number[],
  ): void;
}

/** The very tensor that the network reads. */
export interface ParameterBuffer extends LivingTensor {
  readonly name: string;
  /** Times the learning rate; 1 where absent. */
  readonly rateFactor?: number;
  /** Whether weight decay holds for it; true where absent. */
  readonly decays?: boolean;
}

/** An optimizer at work. */
export interface OptimizerRun {
  /** Updates done; a resumed run sets it. */
  steps: number;
  /** By `<slot>/<parameter>`: the living arrays. */
  readonly slots: NamedTensors;
  /** Changes every parameter; gradients in the order of the parameters. Nobody else may touch either until it is done. */
  step(gradients: readonly TensorData[], learningRate: number): void | Promise<void>;
  close?(): Promise<void>;
}
