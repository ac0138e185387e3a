import { type Estimate, isDefined } from "../../../src/core/estimate.ts";
import { wilson } from "../../../src/metrics/wilson.ts";
import type { ComparedStrategy } from "../../../src/report/compare/comparisonData.ts";
import { inOrder } from "../../../src/report/compare/order.ts";
import { reliabilityReach } from "../../../src/report/compare/reliabilityReach.ts";
import type { Part } from "./part.ts";

const size = 200;
const edge = { left: 28, bottom: 22, top: 6, right: 6 };

/** A small diagram for each strategy, all on the same axes. */
export function Reliability({ ratio, data }: Part) {
  const reach = reliabilityReach(ratio);
  return (
    <section className="compare-part">
      <h2>Whether the probabilities can be taken at their word</h2>
      <ul className="diagrams">
        {inOrder(ratio, data.control).map((strategy) => (
          <li key={strategy.name}>
            <h3>{strategy.name}</h3>
            <p>
              ECE {short(strategy.uncorrected.ece)} → {short(strategy.metrics.ece)}
            </p>
            <Diagram strategy={strategy} reach={reach} />
          </li>
        ))}
      </ul>
      <p className="aside">
        Share of fakes over the probability given; on the dotted line they agree. Areas grow with the pictures, bars are
        Wilson intervals. Calibration error (ECE) before prior correction and calibration, and after.
      </p>
    </section>
  );
}

function Diagram({ strategy: { name, reliability, metrics }, reach }: { strategy: ComparedStrategy; reach: number }) {
  if (reliability.length === 0)
    return (
      <p className="diagram-none">
        {isDefined(metrics.ece) ? "No pictures were measured." : metrics.ece.undefinedBecause}
      </p>
    );
  const x = (p: number) => edge.left + (p / reach) * (size - edge.left - edge.right);
  const y = (p: number) => size - edge.bottom - (Math.min(reach, p) / reach) * (size - edge.top - edge.bottom);
  const most = Math.max(...reliability.map(({ n }) => n));
  const ticks = [0, reach / 2, reach];
  return (
    <svg
      className="diagram"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={`Reliability of ${name}: calibration error ${short(metrics.ece)}`}
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <path className="grid-line" d={`M${x(0)} ${y(tick)}H${x(reach)}M${x(tick)} ${y(0)}V${y(reach)}`} />
          <text x={x(tick)} y={size - 6} textAnchor={tick === 0 ? "start" : tick === reach ? "end" : "middle"}>
            {tick}
          </text>
          {tick > 0 && (
            <text x={edge.left - 5} y={y(tick) + 4} textAnchor="end">
              {tick}
            </text>
          )}
        </g>
      ))}
      <path className="diagonal" d={`M${x(0)} ${y(0)}L${x(reach)} ${y(reach)}`} />
      {reliability.map(({ low, meanProbability, fakeShare, n }) => {
        const interval = wilson(fakeShare * n, n);
        return (
          <g key={low}>
            {isDefined(interval) && (
              <path className="interval" d={`M${x(meanProbability)} ${y(interval.low)}V${y(interval.high)}`} />
            )}
            <circle cx={x(meanProbability)} cy={y(fakeShare)} r={2 + 5 * Math.sqrt(n / most)} />
          </g>
        );
      })}
    </svg>
  );
}

function short(estimate: Estimate): string {
  return isDefined(estimate) ? estimate.value.toFixed(3) : "–";
}
