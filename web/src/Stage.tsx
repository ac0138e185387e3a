import { type CSSProperties, type ReactNode, useState } from "react";
import type { Picture } from "./usePictures.ts";

interface StageProps {
  readonly picture: Picture;
  readonly onUnshowable: () => void;
  /** Laid over the picture, edge to edge. */
  readonly children?: ReactNode;
  readonly isBusy?: boolean;
}

/** Small pictures are enlarged, but not so far that they turn into squares. */
const largestEnlargement = 2.5;

/** The picture upright on a neutral ground, with whatever a pane lays over it. */
export function Stage({ picture, onUnshowable, children, isBusy = false }: StageProps) {
  const [size, setSize] = useState({ width: 3, height: 2, isKnown: false });
  const box = {
    "--aspect": size.width / size.height,
    "--widest": `${size.width * largestEnlargement}px`,
    visibility: size.isKnown ? "visible" : "hidden",
  } as CSSProperties;
  return (
    <div className="stage" aria-busy={isBusy}>
      <div className="stage-picture" style={box}>
        <img
          src={picture.url}
          alt={picture.file.name}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
            setSize({ width, height, isKnown: true })
          }
          onError={onUnshowable}
        />
        {size.isKnown && children}
      </div>
    </div>
  );
}
