import { isDefined } from "../../../src/core/estimate.ts";
import type { CurvePoint } from "../../../src/report/compare/comparisonData.ts";

const [width, height] = [360, 230];
const edge = { left: 36, right: 22, top: 12, bottom: 26 };
const lines = [
  { metric: "rocAuc", name: "ROC-AUC", className: "curve curve-roc" },
  { metric: "prAuc", name: "PR-AUC", className: "curve" },
] as const;

/** ROC-AUC and PR-AUC with their intervals over the number of pictures learnt from, on a logarithmic axis. */
export function LearningCurve({ title, points }: { title: string; points: readonly CurvePoint[] }) {
  const shown = lines.map((line) => ({
    ...line,
    rows: points.flatMap(({ n, [line.metric]: estimate }) =>
      isDefined(estimate) && n > 0 ? [{ ...estimate, n: Math.round(n) }] : [],
    ),
  }));
  const rows = shown.flatMap((line) => line.rows);
  const counts = [...new Set(rows.map(({ n }) => n))].sort((a, b) => a - b);
  const [first, last] = [counts[0], counts.at(-1)];
  if (first === undefined || last === undefined || first === last)
    return (
      <figure>
        <figcaption>{title}</figcaption>
        <p className="diagram-none">Fewer than two sizes were measured: no curve.</p>
      </figure>
    );
  const bottom = Math.floor(Math.min(...rows.map(({ low }) => low)) * 10) / 10;
  const top = Math.ceil(Math.max(...rows.map(({ high }) => high)) * 10) / 10;
  const x = (n: number) =>
    edge.left + (Math.log(n / first) / Math.log(last / first)) * (width - edge.left - edge.right);
  const y = (value: number) => edge.top + ((top - value) / (top - bottom)) * (height - edge.top - edge.bottom);
  const ticks = [bottom, (bottom + top) / 2, top];
  const words = shown.map(
    ({ name, rows }) => `${name} ${rows.map(({ n, value }) => `${value.toFixed(3)} with ${n}`).join(", ")}`,
  );
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <svg
        className="diagram"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${title}: ${words.join("; ")}`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <path className="grid-line" d={`M${edge.left} ${y(tick)}H${width - edge.right}`} />
            <text x={edge.left - 6} y={y(tick) + 4} textAnchor="end">
              {Number(tick.toFixed(2))}
            </text>
          </g>
        ))}
        {counts.map((n) => (
          <g key={n}>
            <path className="grid-line" d={`M${x(n)} ${edge.top}V${height - edge.bottom}`} />
            <text x={x(n)} y={height - 8} textAnchor="middle">
              {n.toLocaleString("en")}
            </text>
          </g>
        ))}
        {shown.map(({ metric, name, className, rows: [start, ...rest] }) => {
          if (start === undefined) return null;
          const line = [start, ...rest];
          const upper = line.map(({ n, high }) => `${x(n)} ${y(high)}`);
          const lower = line.map(({ n, low }) => `${x(n)} ${y(low)}`).reverse();
          return (
            <g key={metric} className={className}>
              <path className="band" d={`M${[...upper, ...lower].join("L")}Z`} />
              <path d={`M${line.map(({ n, value }) => `${x(n)} ${y(value)}`).join("L")}`} />
              {line.map(({ n, value }) => (
                <circle key={n} cx={x(n)} cy={y(value)} r={3.5} />
              ))}
              <text x={x(start.n) + 8} y={y(start.value) - 9}>
                {name}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
