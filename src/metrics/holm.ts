/**
 * p-values of several comparisons, raised such that the chance of any false finding among them stays below the level:
 * sorted, the k-th of m becomes the largest of (m - j + 1) p_j up to it (Holm, 1979).   // in the given order, 0..1
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length).fill(0);
  let highest = 0;
  for (const [rank, i] of order.entries()) {
    highest = Math.max(highest, Math.min(1, (pValues.length - rank) * pValues[i]!));
    adjusted[i] = highest;
  }
  return adjusted;
}
