import { useState } from "react";
import { Guide } from "./Guide.tsx";
import { guides } from "./guides.ts";
import { Heat } from "./Heat.tsx";
import { HoldButton } from "./HoldButton.tsx";
import { Slider } from "./Slider.tsx";
import { Stage } from "./Stage.tsx";
import type { Picture } from "./usePictures.ts";

export function HeatMapPane({ picture, onUnshowable }: { picture: Picture; onUnshowable: () => void }) {
  const [chosen, setChosen] = useState<number>();
  const [isHeld, setIsHeld] = useState(false);
  const { answer, state } = picture;
  // A map under any other verdict than "altered" means little: it starts faint.
  const opacity = chosen ?? (answer?.verdict === "fake" ? 70 : 35);
  return (
    <>
      <Stage picture={picture} onUnshowable={onUnshowable} isBusy={state !== "done"}>
        {answer?.heatMap !== undefined && <Heat url={answer.heatMap} opacity={isHeld ? 0 : opacity / 100} />}
      </Stage>
      {answer?.heatMap !== undefined ? (
        <div className="controls">
          <Slider label="Heat map" value={opacity} min={0} max={100} shown={`${opacity} %`} onChange={setChosen} />
          <HoldButton onHold={setIsHeld} />
        </div>
      ) : (
        state === "done" && (
          <p className="aside">
            {answer === undefined
              ? "Without a model there is no heat map. The other views work."
              : "This model makes no heat map."}
          </p>
        )
      )}
      {answer?.heatMap !== undefined && <Guide {...guides.heatMap} />}
    </>
  );
}
