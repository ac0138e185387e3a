import type { Rng } from "../core/rng.ts";

/** First values of a tensor. Weights have the shape [outputs, inputs, …kernel]. */
export type Initializer = (shape: readonly number[], rng: Rng) => Float32Array;

/** normal(0, sqrt(2 / fanIn)): keeps the variance through ReLUs (He et al., Delving Deep into Rectifiers, 2015). */
export const heNormal: Initializer = (shape, rng) => {
  const deviation = Math.sqrt(2 / fans(shape).in);
  return fill(shape, () => rng.normal() * deviation);
};

/** uniform(-a, a), a = sqrt(6 / (fanIn + fanOut)) (Glorot and Bengio, 2010). */
export const glorotUniform: Initializer = (shape, rng) => {
  const { in: fanIn, out: fanOut } = fans(shape);
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  return fill(shape, () => rng.between(-limit, limit));
};

export const zeros: Initializer = (shape) => fill(shape, () => 0);
export const ones: Initializer = (shape) => fill(shape, () => 1);

/** Numbers that flow into one output, and out of one input. */
function fans([outputs = 1, inputs = 1, ...kernel]: readonly number[]): { in: number; out: number } {
  const area = kernel.reduce((product, size) => product * size, 1);
  return { in: inputs * area, out: outputs * area };
}

function fill(shape: readonly number[], next: () => number): Float32Array {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  for (let i = 0; i < data.length; i++) data[i] = next();
  return data;
}
