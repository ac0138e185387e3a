import { useEffect, useRef, useState } from "react";
import { Guide } from "./Guide.tsx";
import { guides } from "./guides.ts";
import { HoldButton } from "./HoldButton.tsx";
import { heatColours } from "./heatColours.ts";
import { Slider } from "./Slider.tsx";
import { Stage } from "./Stage.tsx";
import type { Picture } from "./usePictures.ts";

export function HeatMapPane({ picture, onUnshowable }: { picture: Picture; onUnshowable: () => void }) {
  const [opacity, setOpacity] = useState(65);
  const [isHeld, setIsHeld] = useState(false);
  const heatMap = picture.answer?.heatMap;
  return (
    <>
      <Stage picture={picture} onUnshowable={onUnshowable} isBusy={picture.state !== "done"}>
        {heatMap !== undefined && <Heat url={heatMap} opacity={isHeld ? 0 : opacity / 100} />}
      </Stage>
      {heatMap !== undefined ? (
        <div className="controls">
          <Slider label="Heat map" value={opacity} min={0} max={100} shown={`${opacity} %`} onChange={setOpacity} />
          <HoldButton onHold={setIsHeld} />
        </div>
      ) : (
        picture.state === "done" && <p className="aside">{absence(picture)}</p>
      )}
      <Guide {...guides.heatMap} />
    </>
  );
}

function absence({ answer, error }: Picture): string {
  if (answer !== undefined) return "This model makes no heat map.";
  return error === undefined
    ? "Without a model there is no heat map. The other views work."
    : "There is no heat map, because the file could not be examined.";
}

/** The map in its own few pixels; the browser stretches it over the picture. */
function Heat({ url, opacity }: { url: string; opacity: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const grey = new Image();
    grey.onload = () => {
      const context = canvas.current?.getContext("2d");
      if (!context) return;
      context.canvas.width = grey.naturalWidth;
      context.canvas.height = grey.naturalHeight;
      context.drawImage(grey, 0, 0);
      const picture = context.getImageData(0, 0, grey.naturalWidth, grey.naturalHeight);
      heatColours(picture);
      context.putImageData(picture, 0, 0);
    };
    grey.src = url;
    return () => {
      grey.onload = null;
    };
  }, [url]);
  return (
    <canvas
      ref={canvas}
      className="overlay heat"
      style={{ opacity }}
      role="img"
      aria-label="Heat map over the picture"
    />
  );
}
