import { useState } from "react";
import { Guide } from "./Guide.tsx";
import { guides } from "./guides.ts";
import { HoldButton } from "./HoldButton.tsx";
import { Slider } from "./Slider.tsx";
import { Stage } from "./Stage.tsx";
import { fetchedGain, useElaPlanes } from "./useElaPlanes.ts";
import type { Picture } from "./usePictures.ts";

export function ElaPane({ picture, onUnshowable }: { picture: Picture; onUnshowable: () => void }) {
  const [quality, setQuality] = useState(90);
  const [gain, setGain] = useState(15);
  const [isHeld, setIsHeld] = useState(false);
  const { url, doubt, isBusy, error } = useElaPlanes(picture.file, quality);
  return (
    <>
      <Stage picture={picture} onUnshowable={onUnshowable} isBusy={isBusy}>
        {url !== undefined && (
          <img
            className="overlay"
            src={url}
            alt={`Error levels at quality ${quality}`}
            style={{ filter: `brightness(${gain / fetchedGain})`, visibility: isHeld ? "hidden" : "visible" }}
          />
        )}
      </Stage>
      {error !== undefined && <p className="notice notice-error">{error}</p>}
      {doubt !== undefined && <p className="notice">{doubt}</p>}
      <div className="controls">
        <Slider
          label="Quality of the extra save"
          value={quality}
          min={50}
          max={100}
          shown={String(quality)}
          onChange={setQuality}
        />
        <Slider label="Gain" value={gain} min={fetchedGain} max={100} shown={`× ${gain}`} onChange={setGain} />
        <HoldButton onHold={setIsHeld} />
      </div>
      <p className="aside">
        The picture is saved once more as JPEG; what you see is how much that save changed each place, times the gain.
      </p>
      <Guide {...guides.ela} />
    </>
  );
}
