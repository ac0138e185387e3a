import type { ComparedStrategy } from "../../../src/report/compare/comparisonData.ts";
import type { Part } from "./part.ts";

/** The head of a row: its name, and its part in the story. */
export function StrategyName({ strategy: { name }, ratio, data }: Part & { readonly strategy: ComparedStrategy }) {
  return (
    <th scope="row">
      {name}
      {name === ratio.recommended.name ? <small>recommended</small> : name === data.control && <small>control</small>}
    </th>
  );
}
