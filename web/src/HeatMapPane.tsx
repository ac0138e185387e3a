import { useEffect, useState } from "react";
import { Guide } from "./Guide.tsx";
import { guides } from "./guides.ts";
import { Heat } from "./Heat.tsx";
import { HoldButton } from "./HoldButton.tsx";
import { RegionBoxes } from "./RegionBoxes.tsx";
import { shownBox } from "./regions.ts";
import { Slider } from "./Slider.tsx";
import { Stage } from "./Stage.tsx";
import type { Picture } from "./usePictures.ts";

interface HeatMapPaneProps {
  readonly picture: Picture;
  readonly onUnshowable: () => void;
  readonly focus: number | undefined;
  readonly onFocus: (region: number | undefined) => void;
}

/** Where the model looked: boxes around the suspicious places, and the whole map beneath them. */
export function HeatMapPane({ picture, onUnshowable, focus, onFocus }: HeatMapPaneProps) {
  const [chosen, setChosen] = useState<number>();
  const [isHeld, setIsHeld] = useState(false);
  const { answer, state } = picture;
  const isFake = answer?.verdict === "fake";
  const regions = answer?.outside === undefined ? (answer?.regions ?? []) : [];
  const [hasBoxes, toggleBoxes] = useBoxes(isFake);
  const near = focus === undefined ? undefined : regions[focus];
  // A map under any other verdict than "altered" means little: it starts faint. Beneath boxes it leaves more to see.
  const opacity = chosen ?? (near !== undefined ? 15 : isFake ? (regions.length > 0 ? 45 : 70) : 35);
  const heatMap = answer?.outside === undefined ? answer?.heatMap : undefined;
  const boxesShown = regions.length > 0 && (hasBoxes || near !== undefined) && !isHeld;
  return (
    <>
      <Stage
        picture={picture}
        onUnshowable={onUnshowable}
        isBusy={state !== "done"}
        {...(answer !== undefined && near !== undefined && { near: shownBox(near, answer.picture) })}
      >
        {heatMap !== undefined && <Heat url={heatMap} opacity={isHeld ? 0 : opacity / 100} />}
        {answer !== undefined && boxesShown && <RegionBoxes answer={answer} focus={focus} />}
      </Stage>
      {heatMap !== undefined || regions.length > 0 ? (
        <div className="controls">
          {heatMap !== undefined && (
            <Slider label="Heat map" value={opacity} min={0} max={100} shown={`${opacity} %`} onChange={setChosen} />
          )}
          {regions.length > 0 && (
            <button
              type="button"
              className="button"
              aria-pressed={hasBoxes}
              aria-keyshortcuts="r"
              title="Key R"
              onClick={toggleBoxes}
            >
              Regions
            </button>
          )}
          {near !== undefined && (
            <button type="button" className="button" onClick={() => onFocus(undefined)}>
              Whole picture
            </button>
          )}
          <HoldButton onHold={setIsHeld} />
        </div>
      ) : (
        state === "done" && (
          <p className="aside">
            {answer === undefined
              ? "Without a model there is no heat map. The other views work."
              : answer.outside === undefined
                ? "This model makes no heat map."
                : "The model was not made for pictures of this kind, so there is no heat map. The other views work."}
          </p>
        )
      )}
      {heatMap !== undefined && <Guide {...guides.heatMap} />}
    </>
  );
}

/** Whether boxes are shown, and what turns them on and off; so does the key R. */
function useBoxes(atFirst: boolean): [hasBoxes: boolean, toggle: () => void] {
  const [chosen, setChosen] = useState<boolean>();
  const hasBoxes = chosen ?? atFirst;
  useEffect(() => {
    const press = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent) => {
      if (key.toLowerCase() !== "r" || ctrlKey || metaKey || altKey) return;
      if (target instanceof HTMLInputElement && target.type !== "range") return;
      setChosen(!hasBoxes);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [hasBoxes]);
  return [hasBoxes, () => setChosen(!hasBoxes)];
}
