/** Numbers in row-major order. */
export interface TensorData {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type NamedTensors = Readonly<Record<string, TensorData>>;
