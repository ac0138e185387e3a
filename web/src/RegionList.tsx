import type { DetectAnswer } from "../../src/server/answers.ts";
import { regionName } from "./regions.ts";

interface RegionListProps {
  readonly answer: DetectAnswer;
  readonly focus: number | undefined;
  /** Asked with undefined, the whole picture is shown again. */
  readonly onFocus: (region: number | undefined) => void;
}

/** The suspicious places, each a button that goes there in the viewer. */
export function RegionList({ answer, focus, onFocus }: RegionListProps) {
  const { regions = [], verdict } = answer;
  if (regions.length === 0) return null;
  return (
    <div className="places">
      <h2>{verdict === "fake" ? "Where to look" : "Somewhere to look: a hint at most"}</h2>
      <ol>
        {regions.map((region, i) => (
          <li key={`${region.x},${region.y}`}>
            <button
              type="button"
              className="place"
              aria-pressed={i === focus}
              onClick={() => onFocus(i === focus ? undefined : i)}
            >
              <span className="place-number">{i + 1}</span>
              <span className="place-name">{regionName(region)}</span>
              <span className="place-score">score {region.score.toFixed(2)}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
