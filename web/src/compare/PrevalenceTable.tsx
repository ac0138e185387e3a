import { isDefined } from "../../../src/core/estimate.ts";
import { chosen, inOrder } from "../../../src/report/compare/order.ts";
import { precisionAt, restOf } from "../../../src/report/precisionAt.ts";
import { PrevalenceSlider } from "../PrevalenceSlider.tsx";
import { realPerFakeAt } from "../prevalence.ts";
import { perHundred } from "../words.ts";
import type { Part } from "./part.ts";
import { StrategyName } from "./StrategyName.tsx";
import { Track } from "./Track.tsx";
import { WideTable } from "./WideTable.tsx";
import { interval } from "./words.ts";

interface PrevalenceTableProps extends Part {
  readonly step: number;
  readonly onStep: (step: number) => void;
}

/** What an alarm is worth at the reader's own share of fakes, which a slider sets. */
export function PrevalenceTable({ ratio, data, step, onStep }: PrevalenceTableProps) {
  const realPerFake = realPerFakeAt(step);
  const rows = inOrder(ratio, data.control).map((strategy) => {
    const { recall, specificity } = strategy.metrics;
    const falseAlarmRate = restOf(specificity);
    const isKnown = isDefined(recall) && isDefined(falseAlarmRate);
    return {
      strategy,
      precision: precisionAt(recall, falseAlarmRate, realPerFake),
      // Of 10,000 pictures at that share.
      alarms: isKnown ? (10_000 * (recall.value + realPerFake * falseAlarmRate.value)) / (1 + realPerFake) : undefined,
    };
  });
  const first = rows.find(({ strategy }) => strategy === chosen(ratio, data.control)) ?? rows[0];
  return (
    <section className="compare-part">
      <h2>What an alarm is worth at your share of fakes</h2>
      <div className="prevalence-control">
        <PrevalenceSlider step={step} onStep={onStep} />
        <output className="prevalence-answer">
          {first === undefined || !isDefined(first.precision) ? (
            "No strategy raised alarms that could be counted."
          ) : (
            <>
              With {first.strategy.name}, of 100 alarms about <strong>{perHundred(first.precision.value)}</strong> are
              right ({interval(first.precision, perHundred)}).
            </>
          )}
        </output>
      </div>
      <WideTable label="Table of alarms" className="strategies prevalence">
        <thead>
          <tr>
            <th scope="col">strategy</th>
            <th scope="col">
              right alarms <small>of 100</small>
            </th>
            <th scope="col" className="track-column">
              <span className="unseen">drawn</span>
              <span className="track-axis" aria-hidden="true">
                <span>0</span>
                <span>100</span>
              </span>
            </th>
            <th scope="col">
              alarms <small>in 10,000 pictures</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ strategy, precision, alarms }) => (
            <tr key={strategy.name} className={strategy.name === ratio.recommended.name ? "is-chosen" : undefined}>
              <StrategyName strategy={strategy} ratio={ratio} data={data} />
              <td>
                {isDefined(precision) ? perHundred(precision.value) : "–"}
                {isDefined(precision) ? (
                  <small>{interval(precision, perHundred)}</small>
                ) : (
                  <small className="reason">{precision.undefinedBecause}</small>
                )}
              </td>
              <td className="track-column">{isDefined(precision) && <Track {...precision} domain={[0, 1]} />}</td>
              <td>{alarms === undefined ? "–" : Math.round(alarms).toLocaleString("en")}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <p className="aside">
        From each strategy's recall r and false-alarm rate f on the test folds: with k genuine pictures for each fake, r
        / (r + k f) of the alarms are right. The interval goes from the worst ends of both to the best.
      </p>
    </section>
  );
}
