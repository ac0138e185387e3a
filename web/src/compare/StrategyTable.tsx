import { useState } from "react";
import type { ComparedStrategy } from "../../../src/report/compare/comparisonData.ts";
import { inOrder } from "../../../src/report/compare/order.ts";
import { Tabs } from "../Tabs.tsx";
import { type Cell, type Column, columnsOf, type ViewName, views } from "./columns.ts";
import type { Part } from "./part.ts";
import { StrategyName } from "./StrategyName.tsx";
import { nextSorting, type Sorting, sortStrategies } from "./sortStrategies.ts";
import { WideTable } from "./WideTable.tsx";

/** A strategy a row; the heads of the columns sort. */
export function StrategyTable({ ratio, data }: Part) {
  const [view, setView] = useState<ViewName>("finding");
  const [sorting, setSorting] = useState<Sorting>();
  const columns = columnsOf(view, ratio, data);
  const sorted = columns.find(({ key }) => key === sorting?.key);
  const rows = sortStrategies(inOrder(ratio, data.control), sorted, sorting?.isBestFirst ?? true);
  return (
    <section className="compare-part">
      <h2>Strategies side by side</h2>
      <Tabs label="Columns" tabs={views} shown={view} onShow={setView} />
      {views.map(({ name }) => (
        <div key={name} role="tabpanel" id={`pane-${name}`} aria-labelledby={`tab-${name}`} hidden={name !== view}>
          {name === view && (
            <WideTable label="Table of strategies" className="strategies">
              <thead>
                <tr>
                  <th scope="col">strategy</th>
                  {columns.map((column) => (
                    <Head key={column.key} column={column} sorting={sorting} onSort={setSorting} />
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((strategy) => (
                  <tr
                    key={strategy.name}
                    className={strategy.name === ratio.recommended.name ? "is-chosen" : undefined}
                  >
                    <StrategyName strategy={strategy} ratio={ratio} data={data} />
                    {cellsOf(strategy, columns).map(({ key, cell }) => (
                      <Shown key={key} {...cell} />
                    ))}
                  </tr>
                ))}
              </tbody>
              {name !== "cost" && (
                <tfoot>
                  {name !== "probabilities" && (
                    <tr>
                      <th scope="row">balanced training</th>
                      {columns.map(({ key, balanced }) => (
                        <Shown key={key} {...(balanced ?? { text: "" })} />
                      ))}
                    </tr>
                  )}
                  <tr>
                    <th scope="row">{baseline[name]}</th>
                    {columns.map(({ key, guess }) => (
                      <td key={key}>{guess}</td>
                    ))}
                  </tr>
                </tfoot>
              )}
            </WideTable>
          )}
        </div>
      ))}
      <p className="aside">
        On the test folds, fakes counted at the ratio; small: 95 % intervals, whole groups resampled. A head sorts, the
        best first. {notes[view](data.control, data.budget)}
      </p>
    </section>
  );
}

/** A reason that goes for several columns in a row is said once. */
function cellsOf(strategy: ComparedStrategy, columns: readonly Column[]): { key: string; cell: Cell }[] {
  const cells = columns.map(({ key, of }) => ({ key, cell: of(strategy) }));
  return cells.map(({ key, cell: { reason, ...cell } }, i) => {
    const isNew = reason !== undefined && reason !== cells[i - 1]?.cell.reason;
    return { key, cell: isNew ? { ...cell, reason } : cell };
  });
}

const baseline = { finding: "guessing", threshold: "always “real”", probabilities: "always the base rate", cost: "" };

const notes: Readonly<Record<ViewName, (control: string, budget: number) => string>> = {
  finding: (control, budget) =>
    `Bold: clear of ${control}, Holm-adjusted p below .05. Budget: ${budget} alarms in 1,000 pictures.`,
  threshold: () => "Each strategy's own threshold was chosen on validation. Accuracy says little where fakes are rare.",
  probabilities: () => "Correction: for the prior that a strategy moved, then calibration on a part that none touches.",
  cost: () => "Of one model, mean over folds and seeds.",
};

interface HeadProps {
  readonly column: Column;
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting | undefined) => void;
}

function Head({ column: { key, name, meaning, better }, sorting, onSort }: HeadProps) {
  const isSorted = sorting?.key === key;
  const isFalling = isSorted && sorting.isBestFirst === (better === "higher");
  return (
    <th scope="col" aria-sort={isSorted ? (isFalling ? "descending" : "ascending") : undefined}>
      <button type="button" className="sort" onClick={() => onSort(nextSorting(sorting, key))}>
        <span>
          {isSorted && <i aria-hidden="true">{isFalling ? "↓" : "↑"}</i>}
          {name}
        </span>
        <small>{meaning}</small>
      </button>
    </th>
  );
}

function Shown({ text, interval, p, reason, isStrong = false }: Cell) {
  return (
    <td>
      {isStrong ? <strong>{text}</strong> : text}
      {interval !== undefined && <small>{interval}</small>}
      {p !== undefined && <small>{p}</small>}
      {reason !== undefined && <small className="reason">{reason}</small>}
    </td>
  );
}
