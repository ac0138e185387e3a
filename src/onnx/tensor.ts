/** Numbers in row-major order. */
export interface TensorData {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Tensors by the names of a graph's inputs or outputs. */
export type NamedTensors = Readonly<Record<string, TensorData>>;

/** A tensor that training changes. Its numbers may lie elsewhere after a step: read `data` anew each time. */
export interface LivingTensor extends TensorData {
  data: Float32Array;
}
