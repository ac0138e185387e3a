import type { Rng } from "../core/rng.ts";
import { elementCount } from "../onnx/graph.ts";

/** First numbers of a parameter. Weights have the shape [out, in] or [out, in, h, w]. */
export type Initializer = (shape: readonly number[], rng: Rng) => Float32Array;

/**
 * Normal with mean 0 and variance 2 / fanIn, which keeps the size of activations through layers that ReLU follows.
 * He et al., Delving deep into rectifiers, 2015. Not truncated: as PyTorch's `kaiming_normal_`.
 */
export const heNormal: Initializer = (shape, rng) => {
  const deviation = Math.sqrt(2 / fans(shape).fanIn);
  return filled(shape, () => deviation * rng.normal());
};

/**
 * Uniform within ±√(6 / (fanIn + fanOut)), so that its variance is 2 / (fanIn + fanOut).
 * Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010.
 */
export const glorotUniform: Initializer = (shape, rng) => {
  const { fanIn, fanOut } = fans(shape);
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  return filled(shape, () => rng.between(-limit, limit));
};

/** As a bias starts: every answer begins at 0. */
export const zeros: Initializer = (shape) => new Float32Array(elementCount(shape));

/** As the factor after a normalisation starts, which leaves its result as it is. */
export const ones: Initializer = (shape) => new Float32Array(elementCount(shape)).fill(1);

/** The same number everywhere. */
export const constant =
  (value: number): Initializer =>
  (shape) =>
    new Float32Array(elementCount(shape)).fill(value);

/** How many numbers one output is made of, and how many outputs one input reaches. */
function fans([out, input, ...kernel]: readonly number[]): { fanIn: number; fanOut: number } {
  if (out === undefined || input === undefined) throw new Error("Only weights of at least two axes have fans.");
  const positions = elementCount(kernel);
  return { fanIn: input * positions, fanOut: out * positions };
}

function filled(shape: readonly number[], draw: () => number): Float32Array {
  const data = new Float32Array(elementCount(shape));
  for (let i = 0; i < data.length; i++) data[i] = draw();
  return data;
}
