import type { DetectAnswer } from "../../src/server/answers.ts";
import { regionName, shownBox } from "./regions.ts";

/** The regions as numbered boxes over the picture; the list in the verdict card says the same in words. */
export function RegionBoxes({ answer, focus }: { answer: DetectAnswer; focus: number | undefined }) {
  const { regions = [], picture } = answer;
  return (
    <div className="overlay regions" aria-hidden="true">
      {regions.map((region, i) => {
        const { left, top, width, height } = shownBox(region, picture);
        const percent = (share: number) => `${100 * share}%`;
        return (
          <div
            key={`${region.x},${region.y}`}
            className={`region${i === focus ? " is-focus" : ""}${top < 0.06 ? " is-high" : ""}${left > 0.7 ? " is-right" : ""}`}
            style={{ left: percent(left), top: percent(top), width: percent(width), height: percent(height) }}
          >
            <span className="region-tag">
              {i + 1}
              {region.field !== undefined && ` ${regionName(region)}`}
            </span>
          </div>
        );
      })}
    </div>
  );
}
