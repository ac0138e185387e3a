import type { ComparedRatio, ComparisonData } from "../../../src/report/compare/comparisonData.ts";

/** What every part of the view is given. */
export interface Part {
  readonly ratio: ComparedRatio;
  readonly data: ComparisonData;
}
