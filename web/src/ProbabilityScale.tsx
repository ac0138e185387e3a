import type { DetectAnswer } from "../../src/server/answers.ts";
import { percent } from "./words.ts";

const width = 320;

/** Where the probability lies between the two thresholds: three zones, and a mark that has a shape and not only a colour. */
export function ProbabilityScale({ probability, thresholds }: Pick<DetectAnswer, "probability" | "thresholds">) {
  const [real, fake, here] = [thresholds.real, thresholds.fake, probability].map(
    (p) => 6 + Math.min(1, Math.max(0, p)) * (width - 12),
  );
  return (
    <svg
      className="scale"
      viewBox={`0 0 ${width} 44`}
      role="img"
      aria-label={`Probability ${percent(probability)}. Below ${percent(thresholds.real)}: no evidence. From ${percent(thresholds.fake)}: altered.`}
    >
      <line className="zone-real" x1={6} x2={real} y1={18} y2={18} />
      <line className="zone-inconclusive" x1={real} x2={fake} y1={18} y2={18} />
      <line className="zone-fake" x1={fake} x2={width - 6} y1={18} y2={18} />
      <path className="scale-mark" d={`M${here} 14l-5-9h10zM${here} 12v12`} />
      <text x={6} y={40}>
        no evidence
      </text>
      <text x={width - 6} y={40} textAnchor="end">
        altered
      </text>
    </svg>
  );
}
