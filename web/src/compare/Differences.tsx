import { useId, useState } from "react";
import { isDefined } from "../../../src/core/estimate.ts";
import type { ComparedMetric } from "../../../src/report/compare/comparisonData.ts";
import { isClear, metricWords, showP, signed } from "../../../src/report/compare/metricWords.ts";
import { inOrder } from "../../../src/report/compare/order.ts";
import type { Part } from "./part.ts";
import { StrategyName } from "./StrategyName.tsx";
import { Track } from "./Track.tsx";
import { WideTable } from "./WideTable.tsx";
import { interval } from "./words.ts";

/** Each strategy less the control, on the same pictures, for a metric that the reader chooses. */
export function Differences({ ratio, data }: Part) {
  const [metric, setMetric] = useState<ComparedMetric>("prAuc");
  const id = useId();
  const rows = inOrder(ratio, data.control)
    .filter(({ name }) => name !== data.control)
    .map((strategy) => ({ strategy, ...(strategy.pairedDifference?.[metric] ?? notMeasured) }));
  const known = rows.flatMap(({ estimate }) => (isDefined(estimate) ? [estimate] : []));
  const reach = Math.max(0.001, ...known.flatMap(({ low, high }) => [-low, high])) * 1.04;
  const offered = (Object.keys(metricWords) as ComparedMetric[]).filter((name) =>
    ratio.strategies.some(({ pairedDifference }) => pairedDifference?.[name] !== undefined),
  );
  return (
    <section className="compare-part">
      <h2>Differences to {data.control}, on the same pictures</h2>
      <p className="choice">
        <label htmlFor={id}>Measured by</label>
        <select
          id={id}
          value={metric}
          onChange={({ currentTarget }) => setMetric(currentTarget.value as ComparedMetric)}
        >
          {offered.map((name) => (
            <option key={name} value={name}>
              {metricWords[name].name}
            </option>
          ))}
        </select>
        <span>
          {metricWords[metric].better === "higher" ? "right of the line is better" : "left of the line is better"}
        </span>
      </p>
      <WideTable label="Table of differences" className="strategies differences">
        <thead>
          <tr>
            <th scope="col">strategy</th>
            <th scope="col" className="track-column">
              <span className="unseen">drawn</span>
              <span className="track-axis" aria-hidden="true">
                <span>{signed(-reach)}</span>
                <span>0</span>
                <span>{signed(reach)}</span>
              </span>
            </th>
            <th scope="col">difference</th>
            <th scope="col">
              p <small>Holm-adjusted</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ strategy, estimate, pAdjusted }) => (
            <tr key={strategy.name} className={strategy.name === ratio.recommended.name ? "is-chosen" : undefined}>
              <StrategyName strategy={strategy} ratio={ratio} data={data} />
              <td className="track-column">
                {isDefined(estimate) && (
                  <Track {...estimate} domain={[-reach, reach]} line={0} isFilled={isClear(pAdjusted)} />
                )}
              </td>
              <td>
                {isDefined(estimate) ? signed(estimate.value) : "–"}
                {isDefined(estimate) ? (
                  <small>{interval(estimate, signed)}</small>
                ) : (
                  <small className="reason">{estimate.undefinedBecause}</small>
                )}
              </td>
              <td>{pAdjusted === null ? "–" : showP(pAdjusted).replace(/^p\u00a0(=\u00a0)?/, "")}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <p className="aside">
        Lines: 95 % intervals, whole groups resampled, both strategies on the same draw. A full dot is clear of{" "}
        {data.control} after Holm's adjustment; an empty one does not show that there is no difference.
      </p>
    </section>
  );
}

const notMeasured = { estimate: { undefinedBecause: "not measured" }, p: null, pAdjusted: null };
