import { sigmoid } from "./scores.ts";

const steps = 100;
/** Of squared weights, a row: far too little to be seen, enough for classes that are apart to have an optimum. */
const ridge = 1e-9;

/**
 * The weights that minimise the mean cross-entropy of sigmoid(w x + b) to targets in 0..1, by Newton steps that are
 * halved until the loss falls.   // [columns + 1], the offset last
 *
 * For a handful of columns: a step solves a system of that size.
 *
 * @param columns each [n]
 */
export function fitLogistic(columns: readonly Float64Array[], targets: Float64Array): Float64Array {
  const n = targets.length;
  const inputs = [...columns, new Float64Array(n).fill(1)];
  let weights = new Float64Array(inputs.length);
  const logitOf = (w: Float64Array, row: number) => inputs.reduce((sum, column, i) => sum + w[i]! * column[row]!, 0);
  const lossOf = (w: Float64Array) => {
    let sum = 0;
    for (let row = 0; row < n; row++) {
      const z = logitOf(w, row);
      sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - targets[row]! * z;
    }
    return sum / n + (ridge / 2) * w.reduce((squares, weight) => squares + weight * weight, 0);
  };
  let loss = lossOf(weights);
  for (let step = 0; step < steps; step++) {
    const slope = weights.map((weight) => ridge * weight);
    const curvature = inputs.map((_, i) => inputs.map((_, j) => (i === j ? ridge : 0)));
    for (let row = 0; row < n; row++) {
      const p = sigmoid(logitOf(weights, row));
      for (const [i, column] of inputs.entries()) {
        slope[i]! += ((p - targets[row]!) * column[row]!) / n;
        for (let j = 0; j <= i; j++) curvature[i]![j]! += (p * (1 - p) * column[row]! * inputs[j]![row]!) / n;
      }
    }
    const direction = solve(curvature, slope);
    let size = 1;
    let moved = weights.map((weight, i) => weight - direction[i]!);
    let next = lossOf(moved);
    for (; !(next <= loss) && size > 1e-8; next = lossOf(moved)) {
      size /= 2;
      moved = weights.map((weight, i) => weight - size * direction[i]!);
    }
    const gain = loss - next;
    if (!(gain >= 0)) break;
    [weights, loss] = [moved, next];
    if (gain < 1e-15) break;
  }
  return weights;
}

/** x of A x = y, A symmetric and positive, its lower half given (Cholesky). */
function solve(lower: readonly (readonly number[])[], y: Float64Array): Float64Array {
  const size = y.length;
  const root = lower.map((row) => [...row]);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = lower[i]![j]!;
      for (let k = 0; k < j; k++) sum -= root[i]![k]! * root[j]![k]!;
      root[i]![j] = i === j ? Math.sqrt(Math.max(sum, 1e-300)) : sum / root[j]![j]!;
    }
  const x = y.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= root[i]![k]! * x[k]!;
    x[i]! /= root[i]![i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= root[k]![i]! * x[k]!;
    x[i]! /= root[i]![i]!;
  }
  return x;
}
