/**
 * Scales all gradients by one factor so that their global norm, √(Σ g²) over every number of every tensor, is at most
 * `maxNorm`; the direction stays. Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural
 * networks, 2013.
 *
 * In place. Returns the norm before clipping. A norm that is not finite is returned as it is and nothing is scaled, so
 * that the training loop can stop with a sentence that says what happened.
 */
export function clipByGlobalNorm(gradients: readonly Float32Array[], maxNorm: number): number {
  const norm = globalNorm(gradients);
  if (!Number.isFinite(norm) || norm <= maxNorm) return norm;
  const factor = maxNorm / norm;
  for (const gradient of gradients) scale(gradient, factor);
  return norm;
}

/** √(Σ g²) over every number of every tensor. */
export function globalNorm(gradients: readonly Float32Array[]): number {
  let sum = 0;
  for (const gradient of gradients) sum += sumOfSquares(gradient);
  return Math.sqrt(sum);
}

/** Four sums at a time: one alone would wait for each addition before the next. */
function sumOfSquares(x: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = x.length - (x.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a += x[i]! * x[i]!;
    b += x[i + 1]! * x[i + 1]!;
    c += x[i + 2]! * x[i + 2]!;
    d += x[i + 3]! * x[i + 3]!;
  }
  for (let i = whole; i < x.length; i++) a += x[i]! * x[i]!;
  return a + b + c + d;
}

function scale(x: Float32Array, factor: number): void {
  for (let i = 0; i < x.length; i++) x[i]! *= factor;
}
