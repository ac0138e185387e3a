import type { ComparedRatio } from "./comparisonData.ts";

/** How far the axes of reliability diagrams must go: rare fakes leave most of 0..1 empty. */
export function reliabilityReach({ strategies }: ComparedRatio): number {
  const farthest = Math.max(
    0,
    ...strategies.flatMap((row) => row.reliability.flatMap((bin) => [bin.high, bin.fakeShare])),
  );
  return [0.1, 0.2, 0.4].find((reach) => farthest <= reach) ?? 1;
}
