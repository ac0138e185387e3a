import type { ComparedStrategy } from "../../../src/report/compare/comparisonData.ts";
import type { Column } from "./columns.ts";

export interface Sorting {
  readonly key: string;
  readonly isBestFirst: boolean;
}

/** By a column, the best first or last; strategies without a value stay at the end, equals in the order they came. */
export function sortStrategies(
  strategies: readonly ComparedStrategy[],
  column: Pick<Column, "better" | "of"> | undefined,
  isBestFirst: boolean,
): readonly ComparedStrategy[] {
  if (column === undefined) return strategies;
  const sign = (column.better === "higher" ? -1 : 1) * (isBestFirst ? 1 : -1);
  return strategies
    .map((strategy) => ({ strategy, value: column.of(strategy).value }))
    .sort((a, b) => {
      if (a.value === undefined || b.value === undefined)
        return Number(a.value === undefined) - Number(b.value === undefined);
      return sign * (a.value - b.value);
    })
    .map(({ strategy }) => strategy);
}

/** A press on a column's head: the best first, then the worst first, then the order as it was. */
export function nextSorting(now: Sorting | undefined, key: string): Sorting | undefined {
  if (now?.key !== key) return { key, isBestFirst: true };
  return now.isBestFirst ? { key, isBestFirst: false } : undefined;
}
